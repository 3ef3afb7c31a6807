package io.crossbook.replay.input;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The data of a gzip file of any number of members (RFC 1952), up to the byte where it breaks off.
 *
 * <p>{@link java.util.zip.GZIPInputStream} takes a damaged second member for the end of the file, so that data
 * vanishes without a word. This one hands out everything in front of a fault, checks every member's checksum and
 * length, and then throws {@link BrokenInputException}. Zero bytes behind a member are padding.
 */
final class GzipStream extends InputStream {
    private static final int MAGIC_1 = 0x1f;
    private static final int MAGIC_2 = 0x8b;
    private static final int DEFLATE = 8;
    private static final int HAS_HEADER_CHECKSUM = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;
    private static final int RESERVED = 0xe0;

    private final InputStream in;
    private final byte[] compressed = new byte[64 * 1024];
    private int next;
    private int limit;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private boolean insideMember;
    private boolean afterMember;
    private boolean ended;

    GzipStream(InputStream in) {
        this.in = in;
    }

    /** Whether a file that begins so is gzip. */
    static boolean begins(byte[] start, int length) {
        return length >= 2 && (start[0] & 0xff) == MAGIC_1 && (start[1] & 0xff) == MAGIC_2;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        while (!ended && length > 0) {
            if (!insideMember && !openMember()) {
                ended = true;
                break;
            }
            int count = inflate(target, offset, length);
            if (count > 0) {
                checksum.update(target, offset, count);
                return count;
            }
            if (inflater.finished()) {
                closeMember();
            }
        }
        return length == 0 ? 0 : -1;
    }

    /** Reads to the first data of the next member; false at the end of the file. */
    private boolean openMember() throws IOException {
        int first = readByte();
        while (afterMember && first == 0) {
            first = readByte();
        }
        if (first < 0 && afterMember) {
            return false;
        }
        if (first != MAGIC_1 || requireByte() != MAGIC_2 || requireByte() != DEFLATE) {
            throw new BrokenInputException(
                    afterMember ? "there is something else behind the compressed data" : "its gzip header is damaged");
        }
        int flags = requireByte();
        if ((flags & RESERVED) != 0) {
            throw new BrokenInputException("its gzip header is damaged");
        }
        skip(6);
        if ((flags & HAS_EXTRA) != 0) {
            skip(requireByte() | requireByte() << 8);
        }
        skipText((flags & HAS_NAME) != 0);
        skipText((flags & HAS_COMMENT) != 0);
        skip((flags & HAS_HEADER_CHECKSUM) != 0 ? 2 : 0);
        inflater.reset();
        checksum.reset();
        insideMember = true;
        return true;
    }

    private int inflate(byte[] target, int offset, int length) throws IOException {
        long before = inflater.getBytesWritten();
        try {
            int count = inflater.inflate(target, offset, length);
            while (count == 0 && inflater.needsInput() && !inflater.finished()) {
                if (next == limit && !fill()) {
                    throw new BrokenInputException("the compressed data is cut off");
                }
                inflater.setInput(compressed, next, limit - next);
                next = limit;
                count = inflater.inflate(target, offset, length);
            }
            if (inflater.needsDictionary()) {
                throw new BrokenInputException("the compressed data is damaged");
            }
            return count;
        } catch (DataFormatException damaged) {
            int good = (int) (inflater.getBytesWritten() - before);
            if (good > 0) {
                return good;
            }
            throw new BrokenInputException("the compressed data is damaged");
        }
    }

    private void closeMember() throws IOException {
        next = limit - inflater.getRemaining();
        long length = inflater.getBytesWritten() & 0xffffffffL;
        if (requireInt() != checksum.getValue()) {
            throw new BrokenInputException("the checksum of the compressed data is wrong");
        }
        if (requireInt() != length) {
            throw new BrokenInputException("the length of the compressed data is wrong");
        }
        insideMember = false;
        afterMember = true;
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            requireByte();
        }
    }

    private void skipText(boolean present) throws IOException {
        int read = present ? requireByte() : 0;
        while (read != 0) {
            read = requireByte();
        }
    }

    private long requireInt() throws IOException {
        long value = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            value |= (long) requireByte() << shift;
        }
        return value;
    }

    private int requireByte() throws IOException {
        int read = readByte();
        if (read < 0) {
            throw new BrokenInputException("the compressed data is cut off");
        }
        return read;
    }

    private int readByte() throws IOException {
        return next == limit && !fill() ? -1 : compressed[next++] & 0xff;
    }

    private boolean fill() throws IOException {
        int count = in.read(compressed, 0, compressed.length);
        next = 0;
        limit = Math.max(count, 0);
        return count > 0;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }
}
