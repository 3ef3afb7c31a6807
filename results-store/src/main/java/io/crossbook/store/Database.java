package io.crossbook.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings a database up to the tables and views of this version. */
public final class Database {
    private static final int OLDEST_MAJOR_VERSION = 15;

    private Database() {}

    /**
     * Applies the migrations that are missing; several processes may do so at once.
     *
     * @throws SQLException if the database cannot be reached, is no Postgres from version 15 in UTF-8, or a migration
     *     fails
     */
    public static void migrate(String jdbcUrl, String user, String password) throws SQLException {
        requireSuitable(jdbcUrl, user, password);
        try {
            Flyway.configure(Database.class.getClassLoader())
                    .dataSource(jdbcUrl, user, password)
                    .locations("classpath:db/migration")
                    .loggers("slf4j")
                    .load()
                    .migrate();
        } catch (FlywayException failed) {
            throw new SQLException(
                    "The tables of " + jdbcUrl + " cannot be brought up to date: " + failed.getMessage(), failed);
        }
    }

    private static void requireSuitable(String jdbcUrl, String user, String password) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl, user, password);
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("SHOW server_encoding")) {
            answer.next();
            int version = connection.getMetaData().getDatabaseMajorVersion();
            // Text is compared by its UTF-8 bytes; another encoding would sort files otherwise.
            if (version < OLDEST_MAJOR_VERSION || !"UTF8".equals(answer.getString(1))) {
                throw new SQLException(jdbcUrl + " must be Postgres " + OLDEST_MAJOR_VERSION
                        + " or newer with encoding UTF8, is version " + version + " with encoding "
                        + answer.getString(1));
            }
        }
    }
}
