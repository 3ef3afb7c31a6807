package io.crossbook.replay.input;

import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The data of a file, unpacked if its first bytes say gzip, from any place on. */
final class FileBytes extends InputStream {
    private final FileInputStream file;
    private final @Nullable GzipStream unpacked;

    /**
     * @param from bytes of data to pass over; plain files jump there, packed ones are unpacked up to there
     * @throws EOFException if the data is shorter, that is if the file has changed
     */
    FileBytes(String path, long from) throws IOException {
        file = new FileInputStream(path);
        try {
            byte[] start = new byte[2];
            boolean packed = GzipStream.begins(start, file.readNBytes(start, 0, 2));
            file.getChannel().position(packed ? 0 : from);
            unpacked = packed ? new GzipStream(file) : null;
            if (packed) {
                passOver(from);
            } else if (from > file.getChannel().size()) {
                throw shorter(from);
            }
        } catch (IOException | RuntimeException failed) {
            file.close();
            throw failed;
        }
    }

    private void passOver(long count) throws IOException {
        byte[] sink = new byte[64 * 1024];
        for (long left = count; left > 0; ) {
            int read = read(sink, 0, (int) Math.min(left, sink.length));
            if (read < 0) {
                throw shorter(count);
            }
            left -= read;
        }
    }

    private static EOFException shorter(long from) {
        return new EOFException("the file is shorter than the " + from + " bytes that were read before");
    }

    boolean isPacked() {
        return unpacked != null;
    }

    /** Bytes of the file taken from the disk so far. */
    long position() throws IOException {
        return file.getChannel().position();
    }

    @Override
    public int read() throws IOException {
        return unpacked != null ? unpacked.read() : file.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        return unpacked != null ? unpacked.read(target, offset, length) : file.read(target, offset, length);
    }

    @Override
    public void close() throws IOException {
        if (unpacked != null) {
            unpacked.close();
        } else {
            file.close();
        }
    }
}
