package io.crossbook.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An order id (ClOrdID 11): its text, and two words that stand for it wherever equality is asked. An instance is a place
 * that can be filled anew; whoever keeps an id keeps a {@link #copy}.
 *
 * <p>Most systems count their orders. An id of up to {@value #PREFIX_CHARS} ASCII characters before up to
 * {@value #DIGITS} digits is serial: {@code high} holds what stands before the number and how wide it is if it begins
 * with zeros, {@code low} the number, so nothing is lost, neighbours stay neighbours, and the text need not be kept. The
 * words of any other id are a 128-bit {@link Fingerprint}. That one of those equals a serial id is as unlikely as that
 * it equals another.
 *
 * <pre>
 * high of a serial id: 10 bits set | 5 bits width, 0 without leading zeros | 7 × 7 bits of prefix
 * </pre>
 */
public final class OrderId {
    /** Longest text of an id in a command, in UTF-8 bytes. */
    public static final int MOST_BYTES = 64;

    static final int PREFIX_CHARS = 7;
    static final int DIGITS = 18;

    private static final int BITS_PER_CHAR = 7;
    private static final int MARK_SHIFT = 54;
    private static final long MARK = 0x3ff;
    private static final int WIDTH_SHIFT = PREFIX_CHARS * BITS_PER_CHAR;
    private static final int WIDTH_MASK = 31;
    /** 10^18 fits. */
    private static final int NUMBER_BITS = 60;

    private static final int SERIAL = -1;

    private final Fingerprint fingerprint = new Fingerprint();
    private long high = MARK << MARK_SHIFT;
    private long low;
    private byte[] text = {};
    /** Bytes of text; {@link #SERIAL} if the words are all there is. */
    private int length = SERIAL;

    /** An id of this text in a place of its own. */
    public static OrderId of(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return new OrderId().set(utf8, 0, utf8.length);
    }

    /** Takes an id from UTF-8. */
    public OrderId set(byte[] utf8, int from, int to) {
        int digitsFrom = to;
        while (digitsFrom > from && isDigit(utf8[digitsFrom - 1])) {
            digitsFrom--;
        }
        if (setIfSerial(utf8, from, digitsFrom, to)) {
            length = SERIAL;
        } else {
            fingerprint.clear().bytes(utf8, from, to).finish();
            setText(fingerprint.high(), fingerprint.low(), utf8, from, to - from);
        }
        return this;
    }

    public OrderId set(OrderId other) {
        if (other.length == SERIAL) {
            return setSerial(other.high, other.low);
        }
        return setText(other.high, other.low, other.text, 0, other.length);
    }

    /** Takes a serial id by its words. */
    public OrderId setSerial(long serialHigh, long serialLow) {
        high = serialHigh;
        low = serialLow;
        length = SERIAL;
        return this;
    }

    /** Takes an id that is not serial, whose words are known. */
    public OrderId setText(long textHigh, long textLow, byte[] utf8, int from, int count) {
        high = textHigh;
        low = textLow;
        if (text.length < count) {
            text = new byte[Math.max(count, MOST_BYTES)];
        }
        System.arraycopy(utf8, from, text, 0, count);
        length = count;
        return this;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private boolean setIfSerial(byte[] utf8, int from, int digitsFrom, int to) {
        int width = to - digitsFrom;
        if (width == 0 || width > DIGITS || digitsFrom - from > PREFIX_CHARS) {
            return false;
        }
        long prefix = 0;
        for (int i = from; i < digitsFrom; i++) {
            byte b = utf8[i];
            if (b <= 0) {
                return false;
            }
            prefix = prefix << BITS_PER_CHAR | b;
        }
        long number = 0;
        for (int i = digitsFrom; i < to; i++) {
            number = number * 10 + (utf8[i] - '0');
        }
        boolean padded = width > 1 && utf8[digitsFrom] == '0';
        high = MARK << MARK_SHIFT | (padded ? (long) width << WIDTH_SHIFT : 0) | prefix;
        low = number;
        return true;
    }

    /** Whether the words are those of a serial id; about one fingerprint in 16,000 looks like one. */
    public static boolean isSerial(long high, long low) {
        return high >>> MARK_SHIFT == MARK && isNumber(low);
    }

    /** Whether the second word can be that of a serial id. */
    public static boolean isNumber(long low) {
        return low >>> NUMBER_BITS == 0;
    }

    public boolean isSerial() {
        return length == SERIAL;
    }

    public long high() {
        return high;
    }

    public long low() {
        return low;
    }

    /** Bytes of the text of an id that is not serial; what stands behind them is of no meaning. */
    public byte[] text() {
        return text;
    }

    /** Length of {@link #text}, below zero for a serial id. */
    public int textLength() {
        return length;
    }

    /** Writes the text as UTF-8 and returns where it ends; there must be room for it. */
    public int writeTo(byte[] target, int at) {
        if (length != SERIAL) {
            System.arraycopy(text, 0, target, at, length);
            return at + length;
        }
        int end = at;
        long prefix = high & (1L << WIDTH_SHIFT) - 1;
        int chars = (Long.SIZE - Long.numberOfLeadingZeros(prefix) + BITS_PER_CHAR - 1) / BITS_PER_CHAR;
        for (int shift = (chars - 1) * BITS_PER_CHAR; shift >= 0; shift -= BITS_PER_CHAR) {
            target[end++] = (byte) (prefix >>> shift & (1 << BITS_PER_CHAR) - 1);
        }
        int width = (int) (high >>> WIDTH_SHIFT) & WIDTH_MASK;
        int padding = width - AsciiNumbers.digits(low);
        while (padding-- > 0) {
            target[end++] = '0';
        }
        return AsciiNumbers.write(low, target, end);
    }

    /** Room that {@link #writeTo} needs, more than it fills. */
    public int mostBytes() {
        return length == SERIAL ? PREFIX_CHARS + DIGITS + AsciiNumbers.MOST_BYTES : length;
    }

    public OrderId copy() {
        return new OrderId().set(this);
    }

    /** A serial id as its words, any other as its text. */
    public void write(DataOutput out) throws IOException {
        if (length > Byte.MAX_VALUE) {
            throw new IOException("an order id has at most " + MOST_BYTES + " bytes, was " + this);
        }
        out.writeByte(length);
        if (length == SERIAL) {
            out.writeLong(high);
            out.writeLong(low);
        } else {
            out.write(text, 0, length);
        }
    }

    /** Takes what {@link #write} wrote. */
    public OrderId read(DataInput in) throws IOException {
        int count = in.readByte();
        if (count == SERIAL) {
            return setSerial(in.readLong(), in.readLong());
        }
        byte[] utf8 = text.length < count ? new byte[MOST_BYTES] : text;
        in.readFully(utf8, 0, count);
        text = utf8;
        return set(utf8, 0, count);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OrderId that
                && high == that.high
                && low == that.low
                && length == that.length
                && (length == SERIAL || Arrays.equals(text, 0, length, that.text, 0, length));
    }

    @Override
    public int hashCode() {
        return Long.hashCode(high ^ low);
    }

    @Override
    public String toString() {
        byte[] utf8 = new byte[mostBytes()];
        return new String(utf8, 0, writeTo(utf8, 0), StandardCharsets.UTF_8);
    }
}
