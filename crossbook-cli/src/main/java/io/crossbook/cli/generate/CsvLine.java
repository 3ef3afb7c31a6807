package io.crossbook.cli.generate;

import io.crossbook.model.Timestamps;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Builds CSV lines as bytes and hands each finished one to a stream; fields must not need quoting. */
final class CsvLine {
    private static final int SECOND_DIGITS = 19;
    private static final int MICROS_PER_SECOND = 1_000_000;

    private final OutputStream out;
    private final byte[] digits = new byte[20];
    private final byte[] secondText = new byte[SECOND_DIGITS];
    private byte[] line = new byte[256];
    private int length;
    private long second = Long.MIN_VALUE;

    CsvLine(OutputStream out) {
        this.out = out;
    }

    /** Adds ASCII or UTF-8 text as it is. */
    CsvLine text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        room(bytes.length);
        System.arraycopy(bytes, 0, line, length, bytes.length);
        length += bytes.length;
        return this;
    }

    CsvLine comma() {
        room(1);
        line[length++] = ',';
        return this;
    }

    CsvLine number(long value) {
        room(20);
        if (value < 0) {
            line[length++] = '-';
        }
        long rest = Math.abs(value);
        int count = 0;
        do {
            digits[count++] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
        while (count > 0) {
            line[length++] = digits[--count];
        }
        return this;
    }

    /** A price in hundredths, always with two digits behind the point. */
    CsvLine hundredths(long value) {
        number(value / 100);
        room(3);
        line[length++] = '.';
        line[length++] = (byte) ('0' + value / 10 % 10);
        line[length++] = (byte) ('0' + value % 10);
        return this;
    }

    /** RFC 3339 with microseconds; the second's text is kept, since most lines share it with the line before. */
    CsvLine time(long nanos) {
        long itsSecond = Math.floorDiv(nanos, Timestamps.NANOS_PER_SECOND);
        if (itsSecond != second) {
            second = itsSecond;
            byte[] whole = Timestamps.format(nanos).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(whole, 0, secondText, 0, SECOND_DIGITS);
        }
        room(SECOND_DIGITS + 8);
        System.arraycopy(secondText, 0, line, length, SECOND_DIGITS);
        length += SECOND_DIGITS;
        line[length++] = '.';
        int micros = (int) (Math.floorMod(nanos, Timestamps.NANOS_PER_SECOND) / 1_000);
        for (int ten = MICROS_PER_SECOND / 10; ten > 0; ten /= 10) {
            line[length++] = (byte) ('0' + micros / ten % 10);
        }
        line[length++] = 'Z';
        return this;
    }

    void end() throws IOException {
        room(1);
        line[length++] = '\n';
        out.write(line, 0, length);
        length = 0;
    }

    private void room(int bytes) {
        if (length + bytes > line.length) {
            line = Arrays.copyOf(line, Math.max(line.length * 2, length + bytes));
        }
    }
}
