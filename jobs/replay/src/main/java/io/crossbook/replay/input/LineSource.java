package io.crossbook.replay.input;

import java.io.Closeable;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a file, one at a time, in one reused buffer.
 *
 * <p>LF or CRLF ends a line, blank lines are passed over, a byte order mark in front of the first one too. Of a line of
 * more than {@value #MAX_LINE} bytes only the beginning is kept. Data that breaks off ends the lines; what stood of the
 * last one is still there to be shown.
 */
final class LineSource implements Closeable {
    static final int MAX_LINE = 64 * 1024;
    /** What is kept of a line that is too long: enough to show it. */
    private static final int KEPT = RawLine.LIMIT;

    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long NEWLINES = 0x0a0a0a0a0a0a0a0aL;
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final FileBytes bytes;
    private final byte[] buffer = new byte[256 * 1024];
    private int next;
    private int limit;
    /** Place in the data of {@code buffer[0]}. */
    private long bufferOffset;

    private int start;
    private int end;
    private long length;
    private long line;
    private @Nullable String breakage;

    /**
     * @param consumed bytes of data before the first line to read
     * @param line number of the line before it
     */
    LineSource(String path, long consumed, long line) throws IOException {
        this.bytes = new FileBytes(path, consumed);
        this.bufferOffset = consumed;
        this.line = line;
        if (consumed == 0) {
            passOverByteOrderMark();
        }
    }

    private void passOverByteOrderMark() throws IOException {
        try {
            while (limit < BYTE_ORDER_MARK.length && fill()) {
                // Until there is enough to compare, or no more.
            }
        } catch (BrokenInputException broken) {
            breakage = broken.fault();
        }
        if (limit >= BYTE_ORDER_MARK.length && Arrays.equals(buffer, 0, 3, BYTE_ORDER_MARK, 0, 3)) {
            next = BYTE_ORDER_MARK.length;
        }
    }

    /** Goes to the next line that is not blank; false at the end of the data or where it breaks off. */
    boolean advance() throws IOException {
        try {
            while (readLine()) {
                if (!isBlank()) {
                    return true;
                }
            }
        } catch (BrokenInputException broken) {
            breakage = broken.fault();
        }
        return false;
    }

    private boolean readLine() throws IOException {
        start = next;
        line++;
        int scan = start;
        while (true) {
            int newline = indexOfNewline(scan);
            if (newline >= 0) {
                next = newline + 1;
                endAt(newline);
                return true;
            }
            end = limit;
            length = end - start;
            if (length > MAX_LINE + 1) {
                return passOverLongLine();
            }
            scan = limit;
            if (limit == buffer.length) {
                scan -= start;
                moveToFront();
            }
            if (!fill()) {
                next = limit;
                endAt(limit);
                return start < limit;
            }
        }
    }

    /** Eight bytes at a time: one that is a newline becomes zero, and a zero is where the borrow shows. */
    private int indexOfNewline(int from) {
        int i = from;
        for (; i + Long.BYTES <= limit; i += Long.BYTES) {
            long bytes = (long) EIGHT_BYTES.get(buffer, i) ^ NEWLINES;
            long zeros = (bytes - LOW_BITS) & ~bytes & HIGH_BITS;
            if (zeros != 0) {
                return i + Long.numberOfTrailingZeros(zeros) / Byte.SIZE;
            }
        }
        for (; i < limit; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private void endAt(int newline) {
        end = newline > start && buffer[newline - 1] == '\r' ? newline - 1 : newline;
        length = end - start;
    }

    private void moveToFront() {
        System.arraycopy(buffer, start, buffer, 0, limit - start);
        bufferOffset += start;
        limit -= start;
        start = 0;
        end = limit;
    }

    /** Keeps the beginning in front of the buffer and reads the rest of the line through what is behind it. */
    private boolean passOverLongLine() throws IOException {
        moveToFront();
        end = KEPT;
        while (true) {
            bufferOffset += limit - KEPT;
            limit = KEPT;
            if (!fill()) {
                next = limit;
                return true;
            }
            int newline = indexOfNewline(KEPT);
            if (newline >= 0) {
                length += newline - KEPT;
                next = newline + 1;
                return true;
            }
            length += limit - KEPT;
        }
    }

    private boolean fill() throws IOException {
        if (breakage != null) {
            throw new BrokenInputException(breakage);
        }
        int count = bytes.read(buffer, limit, buffer.length - limit);
        limit += Math.max(count, 0);
        return count > 0;
    }

    private boolean isBlank() {
        for (int i = start; i < end; i++) {
            if (buffer[i] != ' ') {
                return false;
            }
        }
        return true;
    }

    byte[] buffer() {
        return buffer;
    }

    /** Where the line begins in the buffer. */
    int start() {
        return start;
    }

    /** Where it ends, without its line end. */
    int end() {
        return end;
    }

    /** Bytes of the line without its line end; more than the buffer shows if it is too long. */
    long length() {
        return length;
    }

    boolean isTooLong() {
        return length > MAX_LINE;
    }

    /** Number of the line, the first of the file being 1. */
    long line() {
        return line;
    }

    /** Bytes of data up to and with the line end. */
    long consumed() {
        return bufferOffset + next;
    }

    /** Why the data broke off, {@code null} if it did not. */
    @Nullable
    String breakage() {
        return breakage;
    }

    boolean isPacked() {
        return bytes.isPacked();
    }

    /** Bytes of the file taken from the disk so far. */
    long bytesRead() throws IOException {
        return bytes.position();
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
