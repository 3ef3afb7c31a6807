package io.crossbook.benchmarks;

import io.crossbook.store.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * How fast {@code COPY} alone takes the rows of a run: what bounds a backtest that stores all of them.
 *
 * <p>Takes the rows of a finished run out of its partitions into files, and loads them from there, again and again, into
 * empty copies of the partitions on the same server: one connection, one {@code COPY} for each table, one commit, no keys,
 * as a run does while it matches. Prints a table row: rows, bytes, the median of the seconds, and the commands of the run
 * over them.
 */
public final class CopyAlone {
    private static final int MESSAGE_BYTES = 1 << 16;
    private static final int ANY_PORT = 0;

    private final Connection connection;
    private final CopyManager copies;
    private final Path folder;

    /** The rows of a table of the run, in the text format of COPY. */
    private record Rows(String partition, String columns, long count, Path file) {
        String copyOfPartition() {
            return "copy_alone_" + partition;
        }
    }

    private CopyAlone(Connection connection, Path folder) throws SQLException {
        this.connection = connection;
        this.copies = connection.unwrap(PGConnection.class).getCopyAPI();
        this.folder = folder;
    }

    /**
     * Measures.
     *
     * @param args data directory of the embedded server, run id, how often
     */
    public static void main(String[] args) throws Exception {
        if (args.length != 3) {
            throw new IllegalArgumentException("wanted: DATA_DIR RUN_ID TIMES");
        }
        Path dataDir = Path.of(args[0]);
        Path folder = Files.createTempDirectory(dataDir, "copy-alone");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(dataDir, ANY_PORT);
                Connection connection =
                        DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password())) {
            new CopyAlone(connection, folder).measure(args[1], Integer.parseInt(args[2]));
        } finally {
            for (Path file : filesOf(folder)) {
                Files.delete(file);
            }
            Files.delete(folder);
        }
    }

    private static List<Path> filesOf(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.toList();
        }
    }

    private void measure(String runId, int times) throws SQLException, IOException {
        long commands = ask("SELECT input_rows FROM runs WHERE run_id = ? AND state = 'FINISHED'", runId);
        List<Rows> tables = takeOut(ask("SELECT run_no FROM runs WHERE run_id = ?", runId));
        double[] seconds = new double[times];
        for (int i = 0; i < times; i++) {
            seconds[i] = load(tables);
        }
        Arrays.sort(seconds);
        double median = (seconds[(times - 1) / 2] + seconds[times / 2]) / 2;
        long bytes = 0;
        for (Rows table : tables) {
            bytes += Files.size(table.file());
        }
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %d | %.2f | %.0f |%n",
                runId,
                tables.stream().mapToLong(Rows::count).sum(),
                bytes,
                median,
                commands / median);
    }

    private long ask(String question, String runId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(question)) {
            select.setString(1, runId);
            try (ResultSet answer = select.executeQuery()) {
                if (!answer.next()) {
                    throw new IllegalStateException("No finished run \"" + runId + "\" in the database");
                }
                return answer.getLong(1);
            }
        }
    }

    private List<Rows> takeOut(long runNo) throws SQLException, IOException {
        List<Rows> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT relname, string_agg(attname, ', ' ORDER BY attnum)
                        FROM pg_class
                        JOIN pg_inherits ON inhrelid = pg_class.oid
                        JOIN pg_attribute ON attrelid = pg_class.oid
                        WHERE relkind = 'r' AND relname ~ ('_r%d$') AND attnum > 0 AND attname <> 'run_id'
                        GROUP BY relname
                        ORDER BY relname
                        """.formatted(runNo))) {
            while (row.next()) {
                Path file = folder.resolve(row.getString(1));
                try (OutputStream out = Files.newOutputStream(file)) {
                    String command = "COPY (SELECT " + row.getString(2) + " FROM " + row.getString(1) + ") TO STDOUT";
                    tables.add(new Rows(row.getString(1), row.getString(2), copies.copyOut(command, out), file));
                }
            }
        }
        return tables;
    }

    private double load(List<Rows> tables) throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            for (Rows table : tables) {
                statement.execute("CREATE TABLE " + table.copyOfPartition() + " (LIKE " + table.partition()
                        + " INCLUDING DEFAULTS)");
            }
            try {
                // What came before is not to be written out while we measure.
                statement.execute("CHECKPOINT");
                long begin = System.nanoTime();
                connection.setAutoCommit(false);
                for (Rows table : tables) {
                    try (InputStream in = Files.newInputStream(table.file())) {
                        String command = "COPY " + table.copyOfPartition() + " (" + table.columns() + ") FROM STDIN";
                        copies.copyIn(command, in, MESSAGE_BYTES);
                    }
                }
                connection.commit();
                return (System.nanoTime() - begin) / 1e9;
            } finally {
                connection.setAutoCommit(true);
                for (Rows table : tables) {
                    statement.execute("DROP TABLE " + table.copyOfPartition());
                }
            }
        }
    }
}
