package io.crossbook.replay;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * How to reach Postgres. The password comes by environment and is never shown.
 *
 * @param url of JDBC
 */
record DatabaseLogin(
        String url, @Nullable String user, @Nullable String password) implements Serializable {
    static final String PASSWORD_VARIABLE = "CROSSBOOK_DB_PASSWORD";

    static @Nullable DatabaseLogin of(BacktestSettings settings) {
        BacktestSettings.Database database = settings.database();
        return database == null ? null : of(database);
    }

    static DatabaseLogin of(BacktestSettings.Database database) {
        return new DatabaseLogin(database.url(), database.user(), System.getenv(PASSWORD_VARIABLE));
    }

    Connection connect() throws SQLException {
        Properties properties = new Properties();
        if (user != null) {
            properties.setProperty("user", user);
        }
        if (password != null) {
            properties.setProperty("password", password);
        }
        properties.setProperty("ApplicationName", "crossbook replay");
        return DriverManager.getConnection(url, properties);
    }

    @Override
    public String toString() {
        return "DatabaseLogin[" + url + "]";
    }
}
