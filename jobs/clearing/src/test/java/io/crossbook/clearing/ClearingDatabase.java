package io.crossbook.clearing;

import io.crossbook.store.Database;
import io.crossbook.store.Statements;
import io.crossbook.store.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A database of the embedded server with our tables, or with all that another one holds. */
final class ClearingDatabase implements AutoCloseable {
    private static final Path DATA = Path.of("target/clearing-it").toAbsolutePath();

    private final EmbeddedPostgres postgres;
    private final String name;

    private ClearingDatabase(String name, String template) throws IOException, SQLException {
        this.postgres = EmbeddedPostgres.start(DATA, 0);
        this.name = name;
        try (Connection server = DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
                Statement statement = server.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
            statement.execute("CREATE DATABASE " + name + " TEMPLATE " + template);
        }
    }

    static ClearingDatabase create(String name) throws IOException, SQLException {
        ClearingDatabase database = new ClearingDatabase(name, "template0");
        Database.migrate(database.login().url(), database.login().user(), null);
        return database;
    }

    /** A copy; nobody may be connected to the one that is copied. */
    ClearingDatabase copy(String copy) throws IOException, SQLException {
        return new ClearingDatabase(copy, name);
    }

    /** With the password in it, since the environment of a test is not its own. */
    ClearingSettings.Login login() {
        return new ClearingSettings.Login(
                postgres.jdbcUrl().replaceFirst("[^/]*$", name) + "?password=" + postgres.password(), postgres.user());
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(login().url(), login().user(), null);
    }

    /** Runs statements that are set apart by semicolons. */
    void execute(String statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(statements);
        }
    }

    /** The rows of an answer, columns set apart by bars, absent values empty. */
    List<String> ask(String question, Object... parameters) throws SQLException {
        try (Connection connection = connect()) {
            return Statements.list(connection, question, ClearingDatabase::columns, parameters);
        }
    }

    private static String columns(ResultSet row) throws SQLException {
        List<String> columns = new ArrayList<>();
        for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
            String value = row.getString(column);
            columns.add(value == null ? "" : value);
        }
        return String.join("|", columns);
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
