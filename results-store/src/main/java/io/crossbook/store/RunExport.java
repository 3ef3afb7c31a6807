package io.crossbook.store;

import io.crossbook.store.files.CopiedLines;
import io.crossbook.store.files.RunFiles;
import io.crossbook.store.files.RunHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Writes the files of a stored run again, byte for byte. Memory does not grow with the run.
 *
 * <p>Rows come by {@code COPY}, and those of the long files in the order in which they lie in their table: a run writes
 * the rows of an instrument in the order of the file, and the server puts nearly all of them one behind the other (now
 * and then one fits into an older page). Where more than that lie out of order, because a run was resumed and
 * rows went where removed ones had been, the server sorts after all.
 */
public final class RunExport {
    private static final int BYTES_IN_MEMORY = 32 << 20;

    private final Connection connection;
    private final RunFiles files;
    private final Path folder;
    private final int bytesInMemory;

    private RunExport(Connection connection, RunFiles files, Path folder, int bytesInMemory) {
        this.connection = connection;
        this.files = files;
        this.folder = folder;
        this.bytesInMemory = bytesInMemory;
    }

    /** Takes a row with its line feed. */
    private interface RowSink {
        /** Returns whether there may be more. */
        boolean accept(byte[] row) throws IOException;
    }

    /**
     * Writes the CSV files of a finished run.
     *
     * @param connection used for one read-only transaction, so that all files show the same moment
     * @param folder where the files go; older ones of their names are replaced once all are written
     * @throws IllegalStateException if there is no such run, or it is not finished
     */
    public static void export(Connection connection, String runId, Path folder) throws SQLException, IOException {
        export(connection, runId, folder, BYTES_IN_MEMORY);
    }

    /** Does so with so many bytes of lines in memory. */
    static void export(Connection connection, String runId, Path folder, int bytesInMemory)
            throws SQLException, IOException {
        inOneMoment(connection, () -> {
            RunTable.RunRow run = RunTable.require(connection, runId);
            if (run.state() != RunTable.State.FINISHED) {
                throw new IllegalStateException(
                        "Run \"" + runId + "\" is " + run.state() + "; only a finished run can be exported");
            }
            writeAll(connection, run, folder, bytesInMemory);
        });
    }

    /** Writes those files of {@link RunHash} of a run whose rows are all stored, but which is not summed up yet. */
    public static void exportHashed(Connection connection, String runId, Path folder) throws SQLException, IOException {
        inOneMoment(connection, () -> {
            RunTable.RunRow run = RunTable.require(connection, runId);
            try (RunFiles files = RunFiles.hashed(folder)) {
                List<ExportQuery> queries = ExportQuery.of(run, quoted(connection, runId)).stream()
                        .filter(query -> RunHash.FILES.contains(query.file()))
                        .toList();
                write(connection, queries, files, folder, BYTES_IN_MEMORY);
            }
        });
    }

    /**
     * Writes the files of a run whose rows are all stored, but which is not summed up yet, and what it keeps for itself.
     *
     * @param internal folder for the latter: the P&amp;L of every interval, the external fills
     */
    public static void exportForClosing(Connection connection, String runId, Path folder, Path internal)
            throws SQLException, IOException {
        inOneMoment(connection, () -> {
            RunTable.RunRow run = RunTable.require(connection, runId);
            writeAll(connection, run, folder, BYTES_IN_MEMORY);
            try (RunFiles files = RunFiles.internal(internal)) {
                write(connection, ExportQuery.internal(run), files, internal, BYTES_IN_MEMORY);
            }
        });
    }

    /**
     * The hash of a finished run as its rows give it, see {@link RunHash}; no file is written.
     *
     * @throws IllegalStateException if there is no such run
     */
    public static String hash(Connection connection, String runId) throws SQLException {
        MessageDigest digest = RunHash.sha256();
        try {
            inOneMoment(connection, () -> {
                RunTable.RunRow run = RunTable.require(connection, runId);
                for (ExportQuery query : ExportQuery.of(run, quoted(connection, runId))) {
                    if (RunHash.FILES.contains(query.file())) {
                        digest.update((query.file().header() + '\n').getBytes(StandardCharsets.UTF_8));
                        each(connection, query, lines -> digest.update(lines.line(), 0, lines.length()));
                    }
                }
            });
        } catch (IOException impossible) {
            throw new UncheckedIOException("a digest cannot fail", impossible);
        }
        return RunHash.text(digest);
    }

    private interface Work {
        void run() throws SQLException, IOException;
    }

    private static void inOneMoment(Connection connection, Work work) throws SQLException, IOException {
        boolean autoCommitBefore = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try {
            begin(connection);
            work.run();
        } finally {
            connection.rollback();
            connection.setAutoCommit(autoCommitBefore);
        }
    }

    private static void writeAll(Connection connection, RunTable.RunRow run, Path folder, int bytesInMemory)
            throws SQLException, IOException {
        try (RunFiles files = new RunFiles(folder, run.keepsExecutions())) {
            write(connection, ExportQuery.of(run, quoted(connection, run.runId())), files, folder, bytesInMemory);
        }
    }

    private static void write(
            Connection connection, List<ExportQuery> queries, RunFiles files, Path folder, int bytesInMemory)
            throws SQLException, IOException {
        RunExport export = new RunExport(connection, files, folder, bytesInMemory);
        for (ExportQuery query : queries) {
            export.write(query);
        }
        files.commit();
    }

    private static void begin(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            // If there is a sort it is one big one; parallel workers, each with its own files, took longer.
            statement.execute("SET LOCAL work_mem = '128MB'");
            statement.execute("SET LOCAL max_parallel_workers_per_gather = 0");
        }
    }

    private static String quoted(Connection connection, String runId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT quote_literal(?)")) {
            select.setString(1, runId);
            try (ResultSet answer = select.executeQuery()) {
                answer.next();
                return answer.getString(1);
            }
        }
    }

    private void write(ExportQuery query) throws SQLException, IOException {
        if (query.keys().isEmpty() || !writeAsStored(query)) {
            each(connection, query, lines -> files.append(query.file(), lines.line(), 0, lines.length()));
        }
    }

    /** Writes nothing and says so if the rows of an instrument lie in no order. */
    private boolean writeAsStored(ExportQuery query) throws SQLException, IOException {
        CopiedLines rows = new CopiedLines(query.file(), query.keys().size());
        try (InstrumentLines lines = new InstrumentLines(rows, folder, bytesInMemory)) {
            if (!each(connection, query.asStored(), lines::add)) {
                return false;
            }
            lines.writeTo(files, query.file());
            return true;
        }
    }

    /** Takes a line of a file. */
    private interface LineSink {
        void accept(CopiedLines line) throws IOException;
    }

    /** Hands over the lines of a query in the order of the file. */
    private static void each(Connection connection, ExportQuery query, LineSink sink) throws SQLException, IOException {
        CopiedLines lines = new CopiedLines(query.file(), query.keys().size());
        each(connection, query.inOrder(), row -> {
            lines.read(row);
            sink.accept(lines);
            return true;
        });
    }

    /** Hands over the rows of a query, until there are no more or the sink wants no more. */
    private static boolean each(Connection connection, String copySql, RowSink sink) throws SQLException, IOException {
        CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(copySql);
        try {
            boolean wanted = true;
            // To its end even then: a COPY that is cancelled takes its transaction with it.
            for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
                wanted = wanted && sink.accept(row);
            }
            return wanted;
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }
}
