package io.crossbook.api;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.crossbook.store.Database;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** What the program is made of, for Spring: every component of this package and below, and these parts from elsewhere. */
@SpringBootApplication
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Crossbook",
                        version = "1",
                        description =
                                "Orders into the live run, and what is known of every run. Decimals and times are texts;"
                                        + " errors are problem details with a code and, for a wrong form, one entry for each field."
                                        + " docs/api.md in the repository says what each answer means, and has the WebSocket."))
public class ServeApplication {
    /** More would only wait for a core of the server. */
    private static final int CONNECTIONS = 10;

    private static final long PATIENCE_MILLIS = 3_000;

    /** Of the database; never shown. */
    public record Password(@Nullable String text) {
        @Override
        public String toString() {
            return "Password";
        }
    }

    /** Connections to the runs; a server that is away is met again when it is back. */
    @Bean
    HikariDataSource dataSource(ServeSettings settings, Password given) throws SQLException {
        String password = given.text();
        ServeSettings.Database database = settings.database();
        Database.migrate(database.jdbcUrl(), database.user(), password);
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("runs");
        pool.setJdbcUrl(database.jdbcUrl());
        pool.setUsername(database.user());
        pool.setPassword(password);
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setConnectionTimeout(PATIENCE_MILLIS);
        pool.setInitializationFailTimeout(-1);
        // The same few statements again and again: prepared on the server at the second use.
        pool.addDataSourceProperty("prepareThreshold", "2");
        pool.addDataSourceProperty("ApplicationName", "crossbook-api");
        pool.addDataSourceProperty("socketTimeout", "30");
        return new HikariDataSource(pool);
    }
}
