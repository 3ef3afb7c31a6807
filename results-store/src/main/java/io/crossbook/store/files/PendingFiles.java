package io.crossbook.store.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.Map;

/**
 * Files that are written under temporary names, each from its header on, and take their own names together once all are
 * whole. Closed without {@link #commit} they leave nothing behind.
 */
final class PendingFiles implements Closeable {
    private static final String SUFFIX = ".part";

    private final Map<RunFile, Path> targets = new EnumMap<>(RunFile.class);
    private final Map<RunFile, FileChannel> channels = new EnumMap<>(RunFile.class);

    /** Begins a file in a folder, which is made if it is not there. */
    FileChannel begin(RunFile file, Path folder) throws IOException {
        Files.createDirectories(folder);
        Path target = folder.resolve(file.fileName());
        FileChannel channel = FileChannel.open(
                part(target),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        targets.put(file, target);
        channels.put(file, channel);
        writeFully(channel, ByteBuffer.wrap(headerLine(file)));
        return channel;
    }

    /** Gives every file its own name. */
    void commit() throws IOException {
        for (FileChannel channel : channels.values()) {
            channel.close();
        }
        for (Path target : targets.values()) {
            Files.move(part(target), target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        }
        channels.clear();
        targets.clear();
    }

    /** Removes what was not committed. */
    @Override
    public void close() throws IOException {
        for (FileChannel channel : channels.values()) {
            channel.close();
        }
        for (Path target : targets.values()) {
            Files.deleteIfExists(part(target));
        }
    }

    static byte[] headerLine(RunFile file) {
        return (file.header() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static Path part(Path target) {
        return target.resolveSibling(target.getFileName() + SUFFIX);
    }
}
