package io.crossbook.store.files;

import io.crossbook.store.rows.FileRow;
import io.crossbook.store.rows.LotRow;
import io.crossbook.store.rows.PositionRow;
import io.crossbook.store.rows.RejectRow;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The place of a row in its file as bytes: unsigned byte order of keys is the order of the file.
 *
 * <p>Text ends with a zero byte, which no text holds, so a text sorts before those it begins. Numbers are eight bytes with
 * the sign turned.
 */
final class SortKey {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);

    private SortKey() {}

    /** Of a row whose file {@link SpoolFormat#isSorted is sorted}. */
    static byte[] of(FileRow row) {
        if (row instanceof LotRow lot) {
            return of(lot);
        } else if (row instanceof PositionRow position) {
            return of(position);
        } else if (row instanceof RejectRow reject) {
            return of(reject);
        }
        throw new IllegalArgumentException("no sort key for " + row);
    }

    private static byte[] of(LotRow row) {
        return new SortKey()
                .text(row.clientId())
                .text(row.instrument())
                .number(row.lotNo())
                .toBytes();
    }

    private static byte[] of(PositionRow row) {
        return new SortKey().text(row.clientId()).text(row.instrument()).toBytes();
    }

    /** Unreadable lines by file and line, then refused commands by instrument and sequence. */
    private static byte[] of(RejectRow row) {
        String instrument = row.instrument();
        if (instrument == null) {
            return new SortKey()
                    .number(0)
                    .number(row.source())
                    .number(row.line())
                    .toBytes();
        }
        return new SortKey().number(1).text(instrument).number(row.sequence()).toBytes();
    }

    private SortKey text(String text) {
        bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        bytes.write(0);
        return this;
    }

    private SortKey number(long number) {
        long turned = number ^ Long.MIN_VALUE;
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes.write((int) (turned >>> shift));
        }
        return this;
    }

    private byte[] toBytes() {
        return bytes.toByteArray();
    }
}
