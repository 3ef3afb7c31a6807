package io.crossbook.store;

import io.crossbook.store.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A database of the embedded server with our tables and no runs, for one test class. */
public final class TestDatabase implements AutoCloseable {
    private static final Path DATA = Path.of("target/store-it").toAbsolutePath();

    private final EmbeddedPostgres postgres;
    private final String name;

    private TestDatabase(EmbeddedPostgres postgres, String name) {
        this.postgres = postgres;
        this.name = name;
    }

    public static TestDatabase create(String name) throws IOException, SQLException {
        TestDatabase database = empty(name);
        Database.migrate(database.url(), database.user(), database.password());
        return database;
    }

    public static TestDatabase empty(String name) throws IOException, SQLException {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(DATA, 0);
        TestDatabase database = new TestDatabase(postgres, name);
        database.onServer("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
        database.onServer("CREATE DATABASE " + name);
        return database;
    }

    private void onServer(String command) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
                Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    public String url() {
        return postgres.jdbcUrl().replaceFirst("[^/]*$", name);
    }

    public String user() {
        return postgres.user();
    }

    public String password() {
        return postgres.password();
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), user(), password());
    }

    /** Opens a run and a writer in its first place. */
    public RunWriter openRun(String runId) throws SQLException {
        try (Connection connection = connect()) {
            RunTable.insert(
                    connection, new RunTable.NewRun(runId, "backtest", "0.1.0", "{\"parallelism\": 1}", true, 1_000));
        }
        return RunWriter.open(connect(), runId, 0);
    }

    /** Opens a run that goes on, with its keys and indexes, and a writer in its first place. */
    public RunWriter openLive(String runId) throws SQLException {
        try (Connection connection = connect()) {
            RunTable.insert(connection, new RunTable.NewRun(runId, "live", "0.1.0", "{}", true, 2_000));
            RunTable.prepareToGrow(connection, runId);
        }
        return RunWriter.openLive(connect(), runId, 0);
    }

    public void finish(String runId) throws SQLException {
        try (Connection connection = connect()) {
            RunTable.finish(
                    connection,
                    runId,
                    new RunTable.Outcome("abc", 10, 8, 1, 1, 2, 1L, 2L, "{\"b\":1, \"a\":2}", 2_000_001_000L));
        }
    }

    /** The rows of an answer, columns set apart by bars, absent values empty. */
    public List<String> ask(String question, Object... parameters) throws SQLException {
        List<String> answer = new ArrayList<>();
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(question)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    List<String> columns = new ArrayList<>();
                    for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                        String value = rows.getString(column);
                        columns.add(value == null ? "" : value);
                    }
                    answer.add(String.join("|", columns));
                }
            }
        }
        return answer;
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
