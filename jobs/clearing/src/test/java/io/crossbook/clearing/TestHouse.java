package io.crossbook.clearing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossbook.clearing.ClearingSettings.Action;
import io.crossbook.clearing.ClearingSettings.NamedFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A clearing house in one process: a database of its own on the embedded server, and the whole program on it. */
final class TestHouse implements AutoCloseable {
    private static final Path TARGET = Path.of("target").toAbsolutePath();

    private final ClearingDatabase database;
    private final Path folder;
    private int asked;

    private TestHouse(ClearingDatabase database, Path folder) {
        this.database = database;
        this.folder = folder;
    }

    /** @param name of the database, and of the folder below target that the files go to */
    static TestHouse open(String name) throws IOException, SQLException {
        Path folder = Files.createDirectories(TARGET.resolve(name));
        return new TestHouse(ClearingDatabase.create(name), folder);
    }

    Connection connect() throws SQLException {
        return database.connect();
    }

    /** As {@link ClearingDatabase#ask}. */
    List<String> ask(String question, Object... parameters) throws SQLException {
        return database.ask(question, parameters);
    }

    Request clear(String runId, String date) {
        return new Request(runId, date);
    }

    @Override
    public void close() throws IOException {
        database.close();
    }

    /** What came of a clearing, and of those that it brought behind it. */
    record Cleared(int exitCode, String messages, List<JsonNode> manifests, Path outRoot) {
        /** The lines of a published file below its header. */
        List<String> lines(String file) throws IOException {
            return lines(0, file);
        }

        /** @param number of the clearing, the one that was asked for is 0 */
        List<String> lines(int number, String file) throws IOException {
            JsonNode run = manifests.get(number).path("run");
            Path folder = outRoot.resolve(run.path("run_id").asText())
                    .resolve(run.path("business_date").asText()
                            + '-'
                            + run.path("run_no").asInt());
            List<String> lines = Files.readAllLines(folder.resolve(file));
            return lines.subList(1, lines.size());
        }
    }

    /** A clearing that is asked for as on the command line. */
    final class Request {
        private final String runId;
        private final String date;
        private final Map<String, NamedFile> files = new LinkedHashMap<>();
        private String calendar = "24-7";
        private @Nullable String reason;
        private boolean cascade;

        private Request(String runId, String date) {
            this.runId = runId;
            this.date = date;
        }

        Request calendar(String calendar) {
            this.calendar = calendar;
            return this;
        }

        Request because(String reason) {
            this.reason = reason;
            return this;
        }

        Request cascade() {
            this.cascade = true;
            return this;
        }

        /** @param option word of the option, without the dashes */
        Request with(String option, List<String> lines) throws IOException {
            String typed = option + (option.equals(ClearingInputs.MARGIN) ? ".yaml" : ".csv");
            Path file = Files.createDirectories(folder.resolve("in-" + ++asked)).resolve(typed);
            Files.write(file, lines);
            files.put(option, new NamedFile(typed, file.toString()));
            return this;
        }

        Request settlementPrices(String... lines) throws IOException {
            return with(ClearingInputs.SETTLEMENT_FILE, below("instrument,price,reason", lines));
        }

        Request corrections(String... lines) throws IOException {
            return with(ClearingInputs.CORRECTIONS, below("trade_id,version,action,price,quantity,reason", lines));
        }

        Request deliveries(String... lines) throws IOException {
            return with(ClearingInputs.DELIVERIES, below("member,instrument,settlement_date,quantity", lines));
        }

        Request margin(String... lines) throws IOException {
            return with(ClearingInputs.MARGIN, List.of(lines));
        }

        private static List<String> below(String header, String... lines) {
            List<String> all = new ArrayList<>(List.of(header));
            all.addAll(List.of(lines));
            return all;
        }

        /** Clears, and all checks hold. */
        Cleared cleared() throws IOException {
            Cleared cleared = run();
            assertThat(cleared.exitCode()).as(cleared.messages()).isZero();
            assertThat(cleared.manifests()).allSatisfy(manifest -> assertThat(manifest.path("checks"))
                    .hasSizeGreaterThanOrEqualTo(15)
                    .allSatisfy(breaks -> assertThat(breaks.asLong(-1)).isZero()));
            return cleared;
        }

        /** Is refused; the answer is what is said about it. */
        List<String> refused() throws IOException {
            Cleared refused = run();
            assertThat(refused.exitCode()).as(refused.messages()).isEqualTo(2);
            assertThat(refused.manifests()).isEmpty();
            return refused.messages()
                    .lines()
                    .filter(line -> line.startsWith("clear: "))
                    .map(line -> line.substring("clear: ".length()))
                    .filter(line -> !line.startsWith(runId + ' ' + date))
                    .toList();
        }

        Cleared run() throws IOException {
            Path outRoot = folder.resolve("out");
            Path result = folder.resolve("result.json");
            Path settings = folder.resolve("settings.json");
            Files.deleteIfExists(result);
            Files.writeString(
                    settings,
                    Manifest.JSON.writeValueAsString(new ClearingSettings(
                            Action.CLEAR,
                            runId,
                            date,
                            calendar,
                            120_000_000_000L,
                            1,
                            null,
                            null,
                            files,
                            reason,
                            cascade,
                            null,
                            null,
                            outRoot.toString(),
                            database.login(),
                            result.toString(),
                            folder.resolve("clearing.log").toString(),
                            false,
                            "test")));
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            int exitCode = ClearingMain.run(settings, new PrintStream(said, true, StandardCharsets.UTF_8));
            List<JsonNode> manifests = new ArrayList<>();
            if (Files.exists(result)) {
                Manifest.JSON
                        .readTree(Files.readString(result))
                        .path("clearings")
                        .forEach(clearing -> manifests.add(clearing.path("manifest")));
            }
            return new Cleared(exitCode, said.toString(StandardCharsets.UTF_8), manifests, outRoot);
        }
    }
}
