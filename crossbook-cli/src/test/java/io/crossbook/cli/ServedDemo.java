package io.crossbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ./crossbook demo} as it goes on to serve its results, and its database; one for all tests of a JVM. */
final class ServedDemo {
    private static @Nullable ServedDemo served;

    private final Path folder;
    private final String address;

    private ServedDemo(Path folder, CommandProcess demo) throws Exception {
        this.folder = folder;
        String said = RunningStack.await(demo, RunningStack.out(demo), text -> text.contains("metrics "));
        this.address = Arrays.stream(said.split("\\s+"))
                .filter(word -> word.endsWith("/healthz"))
                .map(word -> word.substring(0, word.indexOf("/healthz")))
                .findFirst()
                .orElseThrow();
    }

    static synchronized ServedDemo get() throws Exception {
        if (served == null) {
            Path folder = CommandProcess.newFolder("demo");
            CommandProcess demo =
                    CommandProcess.crossbook(folder, folder, "demo", "1g", List.of("demo", "--api-port", "18180"));
            Runtime.getRuntime().addShutdownHook(new Thread(demo.process()::destroy));
            served = new ServedDemo(folder, demo);
        }
        return served;
    }

    /** Where its API answers. */
    String address() {
        return address;
    }

    /** Its report, as a page of its own. */
    String report() {
        return folder.resolve("out/demo/report.html").toUri().toString();
    }

    private Connection connect() throws Exception {
        return DriverManager.getConnection("jdbc:postgresql:" + database(), "crossbook", password());
    }

    private String database() throws IOException {
        return "//127.0.0.1:"
                + Files.readAllLines(folder.resolve(".crossbook/postgres/data/postmaster.pid"))
                        .get(3)
                + "/crossbook";
    }

    private String password() throws IOException {
        return Files.readString(folder.resolve(".crossbook/postgres/password")).strip();
    }

    /** Another run of the demo's day beside it. */
    void backtest(String name, String... options) throws Exception {
        List<String> words = new ArrayList<>(List.of("backtest", DayOnTopic.COMMANDS.toString(), "--run-id", name));
        words.addAll(List.of("--instruments", DayOnTopic.INSTRUMENTS.toString(), "--db", "postgres:" + database()));
        words.addAll(List.of(options));
        Map<String, String> environment = Map.of("PGUSER", "crossbook", "PGPASSWORD", password());
        CommandProcess.Ended ended = CommandProcess.crossbook(folder, folder, name, "1g", environment, words)
                .ended();
        assertThat(ended.exitCode()).as(ended.err()).isZero();
    }

    /** The first column of what a query finds. */
    List<String> ask(String sql) throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }
}
