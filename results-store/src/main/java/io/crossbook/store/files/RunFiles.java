package io.crossbook.store.files;

import io.crossbook.store.rows.FileRow;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the files of a run's folder from rows that come in the order of their file; the files may be fed in any order.
 *
 * <p>The files appear together at {@link #commit}; closed without it, none does and older ones stay.
 */
public final class RunFiles implements Closeable {
    private static final int FLUSH_BYTES = 64 * 1024;

    private final PendingFiles pending = new PendingFiles();
    private final Map<RunFile, FileChannel> channels = new EnumMap<>(RunFile.class);
    private final Map<RunFile, CsvLines> lines = new EnumMap<>(RunFile.class);

    /**
     * Begins the files.
     *
     * @param executions whether {@code executions.csv} is among them
     */
    public RunFiles(Path folder, boolean executions) throws IOException {
        this(folder, RunFile.ofFolder(executions));
    }

    /** Begins those that {@link RunHash} is of. */
    public static RunFiles hashed(Path folder) throws IOException {
        return new RunFiles(folder, RunHash.FILES);
    }

    /** Begins the files that a run keeps for itself. */
    public static RunFiles internal(Path folder) throws IOException {
        return new RunFiles(folder, RunFile.INTERNAL);
    }

    private RunFiles(Path folder, List<RunFile> files) throws IOException {
        for (RunFile file : files) {
            channels.put(file, pending.begin(file, folder));
            lines.put(file, new CsvLines());
        }
    }

    /** Appends a row; an execution only if the files were begun with executions. */
    public void append(FileRow row) throws IOException {
        CsvLines lines = linesOf(RunFile.of(row));
        row.writeFileColumns(lines);
        lines.endRow();
    }

    /** Appends lines that are made already, to the end of the last. */
    public void append(RunFile file, byte[] made, int from, int count) throws IOException {
        linesOf(file).bytes(made, from, count);
    }

    /** Finishes the files and gives them their names. */
    public void commit() throws IOException {
        for (RunFile file : channels.keySet()) {
            flush(file);
        }
        pending.commit();
    }

    @Override
    public void close() throws IOException {
        pending.close();
    }

    /** The lines of a file, with room: what they held is written once it is enough. */
    private CsvLines linesOf(RunFile file) throws IOException {
        CsvLines of = lines.get(file);
        if (of == null) {
            throw new IllegalStateException(file.fileName() + " is not among the files that were begun");
        }
        if (of.length() >= FLUSH_BYTES) {
            flush(file);
        }
        return of;
    }

    private void flush(RunFile file) throws IOException {
        CsvLines of = lines.get(file);
        PendingFiles.writeFully(channels.get(file), ByteBuffer.wrap(of.array(), 0, of.length()));
        of.clear();
    }
}
