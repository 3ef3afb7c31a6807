package io.crossbook.store.files;

import java.nio.charset.StandardCharsets;

/**
 * The bytes of a spool: a magic word with the version of the format, then blocks.
 *
 * <p>A block is {@code int file, int keyLength, int length, key, lines}: the ordinal of its {@link RunFile}, the instrument
 * as UTF-8, and whole lines. Files that are not in the order of instruments are sorted at the end; their blocks have an
 * empty key and hold records {@code int keyLength, int lineLength, sort key, line} instead of lines. Numbers are big-endian.
 */
final class SpoolFormat {
    static final byte[] MAGIC = "CBSPOOL1".getBytes(StandardCharsets.US_ASCII);
    static final int BLOCK_HEADER_BYTES = 12;
    static final int RECORD_HEADER_BYTES = 8;

    private SpoolFormat() {}

    /** Whether a file is sorted at the end, rather than strung together by instrument. */
    static boolean isSorted(RunFile file) {
        return switch (file) {
            case LOTS, POSITIONS, REJECTS -> true;
            case TRADES, ORDERS, REALIZED, BOOK, EXECUTIONS, FILLS, PNL_SNAPSHOTS -> false;
        };
    }
}
