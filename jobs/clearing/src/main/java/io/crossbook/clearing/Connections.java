package io.crossbook.clearing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.crossbook.store.Database;
import java.sql.SQLException;

/** How Postgres is reached. The password comes by environment and is never shown. */
final class Connections {
    private static final String PASSWORD_VARIABLE = "CROSSBOOK_DB_PASSWORD";

    /** One for the lock, one for the step, one for what it reads beside, one for the job's account of itself, one for the heartbeat. */
    private static final int MOST = 5;

    private Connections() {}

    /** Brings the tables up to date and opens a pool. */
    static HikariDataSource open(ClearingSettings.Login login) throws SQLException {
        String password = System.getenv(PASSWORD_VARIABLE);
        Database.migrate(login.url(), login.user(), password);
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(login.url());
        config.setUsername(login.user());
        config.setPassword(password);
        config.setMaximumPoolSize(MOST);
        config.setPoolName("clearing");
        config.addDataSourceProperty("ApplicationName", "crossbook clearing");
        return new HikariDataSource(config);
    }
}
