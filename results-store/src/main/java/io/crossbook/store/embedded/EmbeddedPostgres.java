package io.crossbook.store.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Postgres server of our own, kept in a data directory and shared by every process that uses it.
 *
 * <p>The first user starts the server, or attaches to one that a killed process left behind; the last one to close stops
 * it. It listens on 127.0.0.1 only and keeps what it promised through power cuts ({@code fsync} and {@code
 * synchronous_commit} are on). It runs in a session of its own: only {@link #close} ends it.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);

    private static final String DATABASE = "crossbook";
    private static final String LOOPBACK = "127.0.0.1";
    private static final int PORTS_TRIED = 100;
    private static final int LARGEST_PORT = 65_535;
    private static final int START_ATTEMPTS = 20;
    private static final long RETRY_NANOS = 100_000_000L;
    private static final String NO_SUCH_DATABASE = "3D000";
    private static final String STARTING_UP = "57P03";

    /** One entry for each data directory that this JVM uses, since file locks belong to the JVM. */
    private static final Map<Path, Shared> SHARED = new HashMap<>();

    private final Shared shared;
    private boolean closed;

    private EmbeddedPostgres(Shared shared) {
        this.shared = shared;
    }

    /** The server as this JVM holds it, with the number of those who hold it. */
    private static final class Shared {
        private final ServerHome home;
        private final SharedUse use;
        private final Cluster cluster;
        private final int port;
        private final String password;
        private int holders;

        private Shared(ServerHome home, SharedUse use, Cluster cluster, int port, String password) {
            this.home = home;
            this.use = use;
            this.cluster = cluster;
            this.port = port;
            this.password = password;
        }
    }

    /**
     * Starts the server of a data directory, or attaches to it if it runs.
     *
     * @param dataDir created if absent; the server's files go into its folder {@code postgres} or, if we are root and
     *     the server's user cannot enter it, into {@code /var/tmp/crossbook-HASH}
     * @param wishedPort the port to listen on; the next free one if it is taken, any free one if 0; a server that runs
     *     already keeps its own
     * @throws IOException if there is no server for this machine or it does not start; the message says where its log
     *     is and what else can be done
     */
    public static EmbeddedPostgres start(Path dataDir, int wishedPort) throws IOException {
        synchronized (SHARED) {
            try {
                ServerHome home = ServerHome.in(dataDir);
                Shared shared = SHARED.get(home.locks());
                if (shared == null) {
                    shared = join(home, wishedPort);
                    SHARED.put(home.locks(), shared);
                }
                shared.holders++;
                return new EmbeddedPostgres(shared);
            } catch (AccessDeniedException denied) {
                throw new IOException(
                        "The embedded Postgres in " + dataDir + " belongs to another user: " + denied.getMessage()
                                + " cannot be opened. Run as that user, or use another --data-dir.",
                        denied);
            }
        }
    }

    private static Shared join(ServerHome home, int wishedPort) throws IOException {
        try (SharedUse.Turn turn = SharedUse.awaitTurn(home.locks())) {
            SharedUse use = turn.join();
            try {
                Cluster cluster = new Cluster(home, PostgresBinaries.unpackInto(home.folder()));
                cluster.createIfAbsent();
                Optional<Integer> running = cluster.runningPort();
                int port = running.isPresent() ? running.get() : startOnFreePort(cluster, wishedPort);
                Shared shared = new Shared(home, use, cluster, port, cluster.password());
                ensureDatabase(shared);
                LOG.info(
                        "Postgres {} on port {}, data in {}",
                        running.isPresent() ? "found" : "started",
                        port,
                        home.cluster());
                return shared;
            } catch (IOException | RuntimeException failed) {
                use.close();
                throw failed;
            }
        }
    }

    private static int startOnFreePort(Cluster cluster, int wishedPort) throws IOException {
        int wished = wishedPort;
        for (int attempt = 1; ; attempt++) {
            int port = freePort(wished);
            ServerUser.Outcome outcome = cluster.start(port);
            if (outcome.succeeded()) {
                return port;
            }
            String log = cluster.logTail();
            boolean portTaken = log.contains("could not bind") || log.contains("could not create any TCP/IP sockets");
            // A server killed a moment ago: its workers end as soon as they notice.
            boolean predecessorDying = log.contains("is still in use");
            if (attempt == START_ATTEMPTS || !(portTaken || predecessorDying)) {
                outcome.orFail("Starting the embedded Postgres", "It said:\n" + log + "\n" + cluster.wayOut());
            }
            LockSupport.parkNanos(RETRY_NANOS);
            wished = portTaken && wished != 0 ? port + 1 : wished;
        }
    }

    private static int freePort(int wished) throws IOException {
        if (wished == 0) {
            return bindable(0).orElseThrow(() -> new IOException("No port is free on " + LOOPBACK));
        }
        int last = Math.min(wished + PORTS_TRIED, LARGEST_PORT);
        for (int port = wished; port <= last; port++) {
            OptionalInt free = bindable(port);
            if (free.isPresent()) {
                return free.getAsInt();
            }
        }
        throw new IOException("No port from " + wished + " to " + last + " is free on " + LOOPBACK
                + " for the embedded Postgres. Name another with --postgres-port.");
    }

    private static OptionalInt bindable(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            // As Postgres does: connections of a server that ended a moment ago do not keep the port.
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getByName(LOOPBACK), port));
            return OptionalInt.of(probe.getLocalPort());
        } catch (IOException taken) {
            return OptionalInt.empty();
        }
    }

    /** Creates our database in a new cluster, and makes sure that the server we reach is the one of this cluster. */
    private static void ensureDatabase(Shared shared) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                checkCluster(shared);
                return;
            } catch (SQLException failed) {
                if (NO_SUCH_DATABASE.equals(failed.getSQLState()) && attempt == 1) {
                    createDatabase(shared);
                } else if (!STARTING_UP.equals(failed.getSQLState())) {
                    throw unusable(shared, failed);
                }
                LockSupport.parkNanos(STARTING_UP.equals(failed.getSQLState()) ? RETRY_NANOS : 0);
            }
        }
    }

    private static void checkCluster(Shared shared) throws SQLException, IOException {
        try (Connection connection = connect(shared, DATABASE);
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("SHOW data_directory")) {
            answer.next();
            Path served = Path.of(answer.getString(1));
            if (!served.equals(shared.home.cluster())) {
                throw new IOException("Port " + shared.port + " is answered by the Postgres of " + served
                        + ", not by that of " + shared.home.cluster() + ". " + shared.cluster.wayOut());
            }
        }
    }

    private static void createDatabase(Shared shared) throws IOException {
        try (Connection connection = connect(shared, "postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + DATABASE);
        } catch (SQLException failed) {
            throw unusable(shared, failed);
        }
    }

    private static IOException unusable(Shared shared, SQLException cause) {
        return new IOException(
                "The embedded Postgres on port " + shared.port + " cannot be used: " + cause.getMessage() + ". "
                        + shared.cluster.wayOut(),
                cause);
    }

    private static Connection connect(Shared shared, String database) throws SQLException {
        return DriverManager.getConnection(url(shared.port, database), Cluster.SUPERUSER, shared.password);
    }

    private static String url(int port, String database) {
        return "jdbc:postgresql://" + LOOPBACK + ":" + port + "/" + database;
    }

    public String jdbcUrl() {
        return url(shared.port, DATABASE);
    }

    public String user() {
        return Cluster.SUPERUSER;
    }

    public String password() {
        return shared.password;
    }

    /** The port that it listens on, which need not be the one that was wished for. */
    public int port() {
        return shared.port;
    }

    /** The folder with the server's files, its log and its password. */
    public Path folder() {
        return shared.home.folder();
    }

    /**
     * Starts the server again where it was, if it is gone without our doing.
     *
     * @return whether it was gone
     */
    public boolean ensureRunning() throws IOException {
        synchronized (SHARED) {
            if (closed || shared.cluster.runningPort().isPresent()) {
                return false;
            }
            try (SharedUse.Turn turn = SharedUse.awaitTurn(shared.home.locks())) {
                if (shared.cluster.runningPort().isPresent()) {
                    return false;
                }
                startAgain(turn);
                return true;
            }
        }
    }

    /** Its clients know its port, so it is that one or none. */
    private void startAgain(SharedUse.Turn turn) throws IOException {
        for (int attempt = 1; ; attempt++) {
            ServerUser.Outcome outcome = shared.cluster.start(shared.port);
            if (outcome.succeeded()) {
                LOG.info("Postgres started again on port {} in the turn of {}", shared.port, turn.folder());
                return;
            }
            if (attempt == START_ATTEMPTS) {
                outcome.orFail(
                        "Starting the embedded Postgres again",
                        "It said:\n" + shared.cluster.logTail() + "\n" + shared.cluster.wayOut());
            }
            LockSupport.parkNanos(RETRY_NANOS);
        }
    }

    /** Gives up this use; the last one on the machine stops the server. A second call does nothing. */
    @Override
    public void close() throws IOException {
        synchronized (SHARED) {
            if (closed) {
                return;
            }
            closed = true;
            if (--shared.holders > 0) {
                return;
            }
            SHARED.remove(shared.home.locks());
            try (SharedUse.Turn turn = SharedUse.awaitTurn(shared.home.locks());
                    SharedUse use = shared.use) {
                if (turn.leaveAsLast(use) && shared.cluster.runningPort().isPresent()) {
                    shared.cluster.stop();
                }
            }
        }
    }
}
