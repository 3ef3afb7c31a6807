package io.crossbook.cli.backtest;

import io.crossbook.cli.console.UsageException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Run ids: what is one, and which one a run gets that was not given any. */
public final class RunNames {
    private static final Pattern RULE = Pattern.compile("[A-Za-z0-9._-]{1,100}");
    private static final int LONGEST_MADE = 60;
    private static final List<String> RUN_FILES =
            List.of("run.json", "trades.csv", "orders.csv", "realized.csv", "lots.csv", "positions.csv");

    private final Path dataDir;

    /** @param dataDir where the runs of this place are kept, below {@code runs} */
    public RunNames(Path dataDir) {
        this.dataDir = dataDir;
    }

    public static String checked(String runId) {
        if (!RULE.matcher(runId).matches() || runId.chars().allMatch(letter -> letter == '.')) {
            throw new UsageException(
                    "--run-id: a run id is up to 100 letters, digits, \".\", \"_\" and \"-\", was \"" + runId + "\"");
        }
        return runId;
    }

    /** The name a run is known by if it is called after its first file: {@code data/My orders.csv.gz} is {@code My-orders}. */
    static String after(Path file) {
        String name = file.getFileName()
                .toString()
                .replaceFirst("(?i)\\.gz$", "")
                .replaceFirst("(?i)\\.(csv|txt)$", "")
                .replaceAll("[^A-Za-z0-9._-]+", "-")
                .replaceAll("^[.-]+|[.-]+$", "");
        String cut = name.substring(0, Math.min(name.length(), LONGEST_MADE));
        return cut.isEmpty() ? "run" : cut;
    }

    /** Takes {@code base}, or {@code base-2}, {@code base-3} and so on, whichever no run has had yet. */
    String takeNew(String base, Path outParent) {
        try {
            Files.createDirectories(folder(base).getParent());
            for (int number = 1; ; number++) {
                String runId = numbered(base, number);
                if (!holdsRun(outParent.resolve(runId)) && tookFolder(runId)) {
                    return runId;
                }
            }
        } catch (IOException e) {
            throw new UsageException("--data-dir: cannot write to " + dataDir + ": " + e);
        }
    }

    /** The newest run that was called after {@code base}, or {@code base} if there was none. */
    String newest(String base) {
        int number = 1;
        while (Files.isDirectory(folder(numbered(base, number + 1)))) {
            number++;
        }
        return numbered(base, number);
    }

    /** Whether an attempt at this run was made here. */
    public boolean isKnown(String runId) {
        return Files.exists(folder(runId).resolve("request.json"));
    }

    /** Gives a name free again whose run was refused before it began. */
    void releaseIfUnused(String runId) {
        try {
            if (!isKnown(runId)) {
                Files.deleteIfExists(folder(runId).resolve("lock"));
                Files.deleteIfExists(folder(runId).resolve("replay.log"));
                Files.deleteIfExists(folder(runId));
            }
        } catch (IOException somethingIsKeptThere) {
            // Then the next run gets the next number, which harms nobody.
        }
    }

    public static boolean holdsRun(Path out) {
        return RUN_FILES.stream().anyMatch(file -> Files.exists(out.resolve(file)));
    }

    public Path folder(String runId) {
        return dataDir.resolve("runs").resolve(runId);
    }

    private boolean tookFolder(String runId) throws IOException {
        try {
            Files.createDirectory(folder(runId));
            return true;
        } catch (FileAlreadyExistsException takenByAnother) {
            return false;
        }
    }

    private static String numbered(String base, int number) {
        return number == 1 ? base : base + "-" + number;
    }
}
