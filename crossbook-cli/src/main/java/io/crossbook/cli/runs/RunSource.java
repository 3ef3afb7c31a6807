package io.crossbook.cli.runs;

import io.crossbook.cli.console.NearestWord;
import io.crossbook.cli.console.Surroundings;
import io.crossbook.cli.console.UsageException;
import io.crossbook.cli.database.DatabaseChoice;
import io.crossbook.cli.database.DatabaseSession;
import io.crossbook.store.RunTable.RunRow;
import io.crossbook.store.RunTable.State;
import io.crossbook.store.files.RunManifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the runs that a command line names: by the folder of their files, or by their id in Postgres, whose rows are then
 * written to a folder of their own. The database is opened when it is first needed.
 */
final class RunSource implements AutoCloseable {
    private final Surroundings surroundings;
    private final DatabaseOptions options;
    private final DatabaseChoice choice;
    private final List<Path> temporary = new ArrayList<>();
    private @Nullable DatabaseSession session;

    RunSource(Surroundings surroundings, DatabaseOptions options) {
        this.surroundings = surroundings;
        this.options = options;
        this.choice = DatabaseChoice.parse(options.db, surroundings.environment());
    }

    /**
     * The folder with the files of a run, {@code run.json} among them.
     *
     * @param run a folder, or an id
     * @throws UsageException if there is no such run
     */
    Path folderOf(String run) throws IOException {
        Path folder = surroundings.resolve(Path.of(run));
        if (Files.isDirectory(folder)) {
            if (!Files.exists(folder.resolve(RunManifest.FILE_NAME))) {
                throw new UsageException(run + ": holds no finished run, " + RunManifest.FILE_NAME + " is missing");
            }
            return folder;
        }
        Path copy = Files.createTempDirectory("crossbook-run");
        temporary.add(copy);
        export(run, copy);
        return copy;
    }

    /**
     * Writes the files of a stored run and its {@code run.json}.
     *
     * @throws UsageException if the database has no such run, or it is not finished
     */
    void export(String runId, Path folder) throws IOException {
        DatabaseSession database = database(runId);
        RunRow run = database.findRun(runId).orElseThrow(() -> unknown(runId));
        if (run.state() != State.FINISHED || run.summary() == null) {
            throw new UsageException("run \"" + runId + "\" is not finished");
        }
        database.exportRun(runId, folder);
        Files.writeString(folder.resolve(RunManifest.FILE_NAME), run.summary(), StandardCharsets.UTF_8);
    }

    private DatabaseSession database(String runId) {
        if (session == null) {
            boolean neverMade = choice.kind() == DatabaseChoice.Kind.EMBEDDED
                    && !Files.isDirectory(dataDir().resolve("postgres"));
            if (choice.isNone() || neverMade) {
                throw unknown(runId);
            }
            session = DatabaseSession.open(choice, dataDir(), surroundings.console());
        }
        return session;
    }

    private Path dataDir() {
        return surroundings.resolve(options.dataDir);
    }

    /** There is no such run; a folder of that name below {@code out} is probably what was meant. */
    private UsageException unknown(String run) {
        Path out = surroundings.workingDirectory().resolve("out");
        String where = choice.isNone()
                ? "there is no folder of that name, and --db none has no runs"
                : "neither a folder nor a run of the database";
        return new UsageException(
                "no run \"" + run + "\": " + where + NearestWord.hint("out/" + run, foldersWithRuns(out)));
    }

    private static List<String> foldersWithRuns(Path out) {
        String[] names = out.toFile().list();
        return names == null
                ? List.of()
                : Stream.of(names)
                        .filter(name -> Files.exists(out.resolve(name).resolve(RunManifest.FILE_NAME)))
                        .map(name -> "out/" + name)
                        .toList();
    }

    /** Reading the files of a run. */
    interface Reading<T> {
        T read() throws IOException;
    }

    /**
     * Reads, and blames the folder and not the program if that fails.
     *
     * @throws UsageException if a file is missing or is not what it should be
     */
    static <T> T read(Reading<T> reading) {
        try {
            return reading.read();
        } catch (NoSuchFileException e) {
            throw new UsageException(e.getFile() + " is missing; the folder does not hold a whole run");
        } catch (IOException e) {
            throw new UsageException(e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        if (session != null) {
            session.close();
        }
        for (Path folder : temporary) {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path entry : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(entry);
            }
        }
    }
}
