package io.crossbook.api.web;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;

/** The database of the runs. */
@Component
public final class Store {
    private final DataSource connections;

    Store(DataSource connections) {
        this.connections = connections;
    }

    /** Something to ask. */
    public interface Question<T> {
        T ask(Connection connection) throws SQLException;
    }

    public <T> T ask(Question<T> question) throws SQLException {
        try (Connection connection = connections.getConnection()) {
            return question.ask(connection);
        }
    }
}
