package io.crossbook.cli.serve;

import com.fasterxml.jackson.core.type.TypeReference;
import io.crossbook.cli.backtest.RunNames;
import io.crossbook.cli.process.SettingsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which of the runs that came one after the other by resets goes on: {@code live} on {@code crossbook}, then {@code live-2} on
 * {@code crossbook-2} and so on. Kept in the data directory.
 *
 * @param name of the first run
 * @param prefix of the first run's topics
 * @param number 1 for the first run
 * @param instrumentsOf the run before, whose instruments this one has; {@code null} for the first
 */
record CurrentRun(
        String name, String prefix, int number, @Nullable String instrumentsOf) {
    private static final String FILE = "current-runs.json";

    /** As it stands in the file, by the name of the first run. */
    private record Kept(int number, @Nullable String instrumentsOf) {}

    static CurrentRun read(Path dataDir, String name, String prefix) throws IOException {
        Kept kept = all(dataDir).getOrDefault(name, new Kept(1, null));
        return new CurrentRun(name, prefix, kept.number, kept.instrumentsOf);
    }

    private static Map<String, Kept> all(Path dataDir) throws IOException {
        Path file = dataDir.resolve(FILE);
        return Files.exists(file)
                ? SettingsFile.JSON.readValue(Files.readString(file), new TypeReference<TreeMap<String, Kept>>() {})
                : new TreeMap<>();
    }

    void write(Path dataDir) throws IOException {
        Map<String, Kept> all = all(dataDir);
        all.put(name, new Kept(number, instrumentsOf));
        Path draft = Files.createTempFile(dataDir, FILE, ".part");
        Files.writeString(draft, SettingsFile.json(all));
        Files.move(draft, dataDir.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    }

    String runId() {
        return numbered(name);
    }

    String topicPrefix() {
        return numbered(prefix);
    }

    private String numbered(String first) {
        return number == 1 ? first : first + "-" + number;
    }

    /** The one to come after this: the next number whose name no run has had. */
    CurrentRun next(Predicate<String> isTaken) {
        CurrentRun next = new CurrentRun(name, prefix, number + 1, runId());
        while (isTaken.test(RunNames.checked(next.runId()))) {
            next = new CurrentRun(name, prefix, next.number + 1, runId());
        }
        return next;
    }
}
