package io.crossbook.cli.database;

import io.crossbook.cli.console.Console;
import io.crossbook.cli.console.UsageException;
import io.crossbook.store.RunExport;
import io.crossbook.store.RunTable;
import io.crossbook.store.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A database in use by this command: reached and known to answer, or none at all. */
public final class DatabaseSession implements AutoCloseable {
    /** Where the embedded server listens if it can. */
    public static final int WISHED_PORT = 5433;

    private static final long LOOK_NANOS = 500_000_000;
    private static final long LONGEST_PAUSE_NANOS = 16_000_000_000L;
    private static final String UNDEFINED_TABLE = "42P01";
    private static final String SECONDS_TO_CONNECT = "10";

    private final @Nullable DatabaseAddress address;
    private final @Nullable EmbeddedPostgres server;
    private volatile boolean closed;

    private DatabaseSession(@Nullable DatabaseAddress address, @Nullable EmbeddedPostgres server) {
        this.address = address;
        this.server = server;
    }

    /**
     * Starts or joins the embedded server below the data directory, or tries the address that was given.
     *
     * @throws UsageException if the address does not answer
     */
    public static DatabaseSession open(DatabaseChoice choice, Path dataDir, Console console) {
        return open(choice, dataDir, WISHED_PORT, console);
    }

    /**
     * The same with the embedded server at another port, if it can.
     *
     * @throws UsageException if the address does not answer
     */
    public static DatabaseSession open(DatabaseChoice choice, Path dataDir, int wishedPort, Console console) {
        return switch (choice.kind()) {
            case NONE -> new DatabaseSession(null, null);
            case ELSEWHERE -> new DatabaseSession(answering(choice.elsewhere().orElseThrow()), null);
            case EMBEDDED -> embedded(dataDir, wishedPort, console);
        };
    }

    private static DatabaseSession embedded(Path dataDir, int wishedPort, Console console) {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.start(dataDir, wishedPort);
            console.say("database: " + server.jdbcUrl() + " (embedded, data in " + server.folder() + ")");
            return new DatabaseSession(new DatabaseAddress(server.jdbcUrl(), server.user(), server.password()), server);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the embedded Postgres does not start: " + e.getMessage()
                            + " Look with ./crossbook doctor, give another server with --db URL, or do without: --db none",
                    e);
        }
    }

    private static DatabaseAddress answering(DatabaseAddress address) {
        try {
            connect(address).close();
            return address;
        } catch (SQLException e) {
            throw new UsageException("--db: " + address + " does not answer: " + e.getMessage());
        }
    }

    private static Connection connect(DatabaseAddress address) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", address.user());
        properties.setProperty("password", address.password());
        properties.setProperty("connectTimeout", SECONDS_TO_CONNECT);
        return DriverManager.getConnection(address.jdbcUrl(), properties);
    }

    /** Sees to it from now on that the embedded server is started again if it ends without our doing. */
    public void keepRunning(Console console) {
        EmbeddedPostgres watched = server;
        if (watched == null) {
            return;
        }
        Thread watch = new Thread(() -> keepRunning(watched, console), "database watch");
        watch.setDaemon(true);
        watch.start();
    }

    private void keepRunning(EmbeddedPostgres watched, Console console) {
        long pauseNanos = LOOK_NANOS;
        while (!closed) {
            LockSupport.parkNanos(pauseNanos);
            try {
                if (!closed && watched.ensureRunning()) {
                    console.say("database: the embedded Postgres had ended; it was started again");
                }
                pauseNanos = LOOK_NANOS;
            } catch (IOException e) {
                console.say("database: the embedded Postgres has ended and does not start: " + e.getMessage());
                pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
            }
        }
    }

    /** The file with the password of the embedded server. */
    public Optional<Path> passwordFile() {
        return Optional.ofNullable(server).map(here -> here.folder().resolve("password"));
    }

    public Optional<DatabaseAddress> address() {
        return Optional.ofNullable(address);
    }

    /** Something that the store is asked. */
    public interface Question<R> {
        R ask(Connection connection) throws SQLException;
    }

    /**
     * Asks the store; a database that nothing of the kind was ever stored in has no answer.
     *
     * @param what is read, in words for messages
     */
    public <R> Optional<R> ask(String what, Question<R> question) throws IOException {
        try (Connection connection = connect(address().orElseThrow())) {
            return Optional.of(question.ask(connection));
        } catch (SQLException e) {
            if (UNDEFINED_TABLE.equals(e.getSQLState())) {
                return Optional.empty();
            }
            throw unreadable(what, e);
        }
    }

    /** A run as it is stored; a database that no run was ever stored in has none. */
    public Optional<RunTable.RunRow> findRun(String runId) throws IOException {
        return ask(named(runId), connection -> RunTable.find(connection, runId)).flatMap(run -> run);
    }

    /** Writes the files of a finished run into a folder. */
    public void exportRun(String runId, Path folder) throws IOException {
        try (Connection connection = connect(address().orElseThrow())) {
            RunExport.export(connection, runId, folder);
        } catch (SQLException e) {
            throw unreadable(named(runId), e);
        }
    }

    private static String named(String runId) {
        return "run \"" + runId + '"';
    }

    private IOException unreadable(String what, SQLException cause) {
        return new IOException(what + " cannot be read from " + address + ": " + cause.getMessage(), cause);
    }

    @Override
    public void close() {
        closed = true;
        if (server != null) {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException("the embedded Postgres does not stop", e);
            }
        }
    }
}
