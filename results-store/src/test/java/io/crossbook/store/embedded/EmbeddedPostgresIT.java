package io.crossbook.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EmbeddedPostgresIT {
    private static final Path DATA = Path.of("target/embedded-it").toAbsolutePath();

    @BeforeAll
    static void startFromNothing() throws IOException {
        FileTrees.delete(DATA);
    }

    @AfterAll
    static void leaveNothing() throws IOException {
        FileTrees.delete(DATA);
    }

    @Test
    void listensOnThisMachineOnlyAndKeepsWhatACommitPromised() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(DATA, 0)) {
            assertThat(ask(postgres, "SHOW server_version")).startsWith(PostgresBinaries.VERSION);
            assertThat(ask(postgres, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(ask(postgres, "SHOW unix_socket_directories")).isEmpty();
            assertThat(ask(postgres, "SHOW fsync")).isEqualTo("on");
            assertThat(ask(postgres, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(ask(postgres, "SHOW full_page_writes")).isEqualTo("on");
            assertThat(ask(postgres, "SHOW server_encoding")).isEqualTo("UTF8");
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(postgres.folder().resolve("password"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void refusesAWrongPassword() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(DATA, 0)) {
            assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), "guess"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password");
        }
    }

    @Test
    void keepsItsDataOverARestart() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(DATA, 0)) {
            tell(postgres, "DROP TABLE IF EXISTS kept");
            tell(postgres, "CREATE TABLE kept AS SELECT 42 AS answer");
        }
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(DATA, 0)) {
            assertThat(ask(postgres, "SELECT answer FROM kept")).isEqualTo("42");
        }
    }

    @Test
    void takesTheNextPortWhenTheWishedOneIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                EmbeddedPostgres postgres = EmbeddedPostgres.start(DATA, taken.getLocalPort())) {
            assertThat(postgres.port()).isGreaterThan(taken.getLocalPort());
            assertThat(ask(postgres, "SHOW port")).isEqualTo(String.valueOf(postgres.port()));
        }
    }

    @Test
    void attachesToAServerWhoseOwnerWasKilled() throws Exception {
        Process owner = startUser();
        int port = portOf(owner);
        String server = serverProcess();
        owner.destroyForcibly().waitFor();

        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(DATA, 0)) {
            assertThat(postgres.port()).isEqualTo(port);
            assertThat(serverProcess()).isEqualTo(server);
            assertThat(ask(postgres, "SELECT 1")).isEqualTo("1");
        }
        assertThat(pidFile()).doesNotExist();
    }

    @Test
    void runsUntilTheLastOfTwoProcessesHasClosed() throws Exception {
        Process other = startUser();
        int port = portOf(other);
        EmbeddedPostgres postgres = EmbeddedPostgres.start(DATA, 0);
        assertThat(postgres.port()).isEqualTo(port);

        postgres.close();
        assertThat(ask(postgres, "SELECT 1")).isEqualTo("1");

        other.getOutputStream().close();
        assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(pidFile()).doesNotExist();
        assertThatThrownBy(() -> ask(postgres, "SELECT 1")).isInstanceOf(SQLException.class);
    }

    @Test
    void isSharedWithinAProcessToo() throws Exception {
        EmbeddedPostgres first = EmbeddedPostgres.start(DATA, 0);
        EmbeddedPostgres second = EmbeddedPostgres.start(DATA, 0);
        first.close();
        first.close();
        assertThat(ask(second, "SELECT 1")).isEqualTo("1");
        second.close();
        assertThat(pidFile()).doesNotExist();
    }

    @Test
    void recoversWhatWasCommittedWhenTheServerItselfIsKilled() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(DATA, 0)) {
            tell(postgres, "DROP TABLE IF EXISTS survivor");
            tell(postgres, "CREATE TABLE survivor (answer integer)");
            tell(postgres, "INSERT INTO survivor VALUES (7)");
            killServer();
        }
        assertThat(pidFile()).doesNotExist();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(DATA, 0)) {
            assertThat(ask(postgres, "SELECT answer FROM survivor")).isEqualTo("7");
        }
    }

    @Test
    void startsBesideALeftoverWhoseProcessNumberNowBelongsToAnotherProgram() throws Exception {
        EmbeddedPostgres.start(DATA, 0).close();
        Files.write(
                pidFile(),
                (ProcessHandle.current().pid() + "\n" + cluster() + "\n1\n5433\n\n127.0.0.1\n0 0\nready\n")
                        .getBytes(StandardCharsets.UTF_8));
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(DATA, 0)) {
            assertThat(ask(postgres, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void saysWhereTheLogIsWhenTheServerDoesNotStart() throws Exception {
        Path home;
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(DATA, 0)) {
            home = postgres.folder();
        }
        Path local = cluster().resolve("local.conf");
        Files.writeString(local, "no_such_setting = 1\n");
        Files.setPosixFilePermissions(local, PosixFilePermissions.fromString("rw-r--r--"));
        try {
            assertThatThrownBy(() -> EmbeddedPostgres.start(DATA, 0))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no_such_setting")
                    .hasMessageContaining(home.resolve("postgres.log").toString())
                    .hasMessageContaining("--db URL");
        } finally {
            Files.delete(local);
        }
        EmbeddedPostgres.start(DATA, 0).close();
    }

    @Test
    void refusesAClusterOfAnotherVersionByName() throws Exception {
        EmbeddedPostgres.start(DATA, 0).close();
        Path version = cluster().resolve("PG_VERSION");
        String right = Files.readString(version);
        Files.writeString(version, "14\n");
        try {
            assertThatThrownBy(() -> EmbeddedPostgres.start(DATA, 0)).hasMessageContaining("written by Postgres 14");
        } finally {
            Files.writeString(version, right);
        }
    }

    @Test
    void asRootMovesOutOfAFolderThatTheServersUserCannotEnter() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root starts the server as another user");
        Path closed = DATA.resolveSibling("embedded-it-closed");
        FileTrees.delete(closed);
        Files.createDirectory(
                closed, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path fallback;
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(closed, 0)) {
            fallback = postgres.folder();
            assertThat(fallback.toString()).startsWith("/var/tmp/crossbook-");
            assertThat(ask(postgres, "SHOW data_directory")).startsWith(fallback.toString());
        }
        FileTrees.delete(closed);
        FileTrees.delete(fallback);
    }

    /** Another process that uses the server until its input ends. */
    private static Process startUser() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServerUserProcess.class.getName(),
                        DATA.toString(),
                        "0")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static int portOf(Process user) throws IOException {
        BufferedReader said = new BufferedReader(new InputStreamReader(user.getInputStream(), StandardCharsets.UTF_8));
        String line = said.readLine();
        assertThat(line).startsWith("port ");
        return Integer.parseInt(line.split(" ")[1]);
    }

    private static Path cluster() throws IOException {
        return ServerHome.in(DATA).cluster();
    }

    private static Path pidFile() throws IOException {
        return cluster().resolve("postmaster.pid");
    }

    private static String serverProcess() throws IOException {
        return Files.readAllLines(pidFile()).get(0);
    }

    private static void killServer() throws Exception {
        ProcessHandle server =
                ProcessHandle.of(Long.parseLong(serverProcess().strip())).orElseThrow();
        server.destroyForcibly();
        server.onExit().get(30, TimeUnit.SECONDS);
    }

    private static String ask(EmbeddedPostgres postgres, String question) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(question)) {
            answer.next();
            return answer.getString(1);
        }
    }

    private static void tell(EmbeddedPostgres postgres, String command) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
    }
}
