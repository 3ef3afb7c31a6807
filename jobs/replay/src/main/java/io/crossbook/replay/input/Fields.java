package io.crossbook.replay.input;

import io.crossbook.model.Decimal;
import io.crossbook.model.DecimalField;
import io.crossbook.model.NameTable;
import io.crossbook.model.OrderId;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One line taken apart into fields (RFC 4180), and the fields read as text, numbers, words and times.
 *
 * <p>A field is named by the number of its column, from 0; {@link #ABSENT} is a column that the file does not have.
 * Readers answer {@code null} for an absent or empty field and refuse one of the wrong form, naming column, rule and
 * what was found.
 */
final class Fields {
    static final int ABSENT = -1;
    static final int LONGEST_TEXT = 64;
    private static final int FAST_DIGITS = 18;

    private final String[] names;
    private final int[] from;
    private final int[] to;
    private final NameTable cache = new NameTable();
    private final DecimalField number = new DecimalField();
    private final Times times = new Times();
    private byte[] text = new byte[0];
    private byte[] unquoted = new byte[0];
    private int count;
    /** Bytes taken of a record whose fields come one by one. */
    private int written;

    private boolean ascii;

    /** @param names the columns, for messages */
    Fields(String[] names) {
        this.names = names;
        this.from = new int[names.length];
        this.to = new int[names.length];
    }

    /** For lines of any number of fields, up to {@code most}. */
    static Fields upTo(int most) {
        String[] names = new String[most];
        for (int i = 0; i < most; i++) {
            names[i] = "field " + (i + 1);
        }
        return new Fields(names);
    }

    /** Takes a line apart and refuses it if it is no such line at all. */
    void split(LineSource line) throws LineFault {
        takeApart(line);
        if (count != names.length) {
            throw new LineFault(
                    InputFault.FIELD_COUNT, "a line must have " + names.length + " fields, this one has " + count);
        }
    }

    /** The same without asking for all fields, but refuses more than there are names for. */
    void splitFreely(LineSource line) throws LineFault {
        takeApart(line);
        if (count > names.length) {
            throw new LineFault(
                    InputFault.FIELD_COUNT,
                    "a line must have no more than " + names.length + " fields, this one has " + count);
        }
    }

    private void takeApart(LineSource line) throws LineFault {
        if (line.isTooLong()) {
            throw new LineFault(
                    InputFault.LINE_TOO_LONG,
                    "a line has at most " + LineSource.MAX_LINE + " bytes, this one has " + line.length());
        }
        splitPlain(line.buffer(), line.start(), line.end());
        if (!ascii) {
            requireUtf8();
        }
    }

    /** Begins a record whose fields come one by one, in any order, of {@link LineSource#MAX_LINE} bytes together at most. */
    void begin() {
        if (unquoted.length == 0) {
            unquoted = new byte[LineSource.MAX_LINE];
        }
        text = unquoted;
        written = 0;
        ascii = true;
        Arrays.fill(from, 0);
        Arrays.fill(to, 0);
    }

    /** Takes the text of a field, without the spaces around it. */
    void set(int column, char[] characters, int start, int length) throws LineFault {
        int first = written;
        boolean plain = true;
        for (int i = start; i < start + length && plain; i++) {
            plain = characters[i] < 0x80;
            unquoted[written++] = (byte) characters[i];
        }
        if (!plain) {
            ascii = false;
            written = encode(column, characters, start, length, first);
        }
        trim(column, first, written);
    }

    private int encode(int column, char[] characters, int start, int length, int first) throws LineFault {
        try {
            ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(characters, start, length));
            int count = utf8.remaining();
            utf8.get(unquoted, first, count);
            return first + count;
        } catch (CharacterCodingException halfACharacter) {
            throw new LineFault(InputFault.BAD_UTF8, names[column] + " must be UTF-8, has half of a surrogate pair");
        }
    }

    private void splitPlain(byte[] line, int start, int end) throws LineFault {
        text = line;
        count = 0;
        int first = start;
        int seen = 0;
        for (int i = start; i < end; i++) {
            byte b = line[i];
            seen |= b;
            if (b == ',') {
                add(first, i);
                first = i + 1;
            } else if (b == '"') {
                splitQuoted(line, start, end);
                return;
            }
        }
        add(first, end);
        ascii = seen >= 0;
    }

    /** The same for a line with quotes, into a buffer of its own since doubled quotes become one. */
    private void splitQuoted(byte[] line, int start, int end) throws LineFault {
        if (unquoted.length == 0) {
            unquoted = new byte[LineSource.MAX_LINE];
        }
        text = unquoted;
        count = 0;
        int seen = 0;
        int written = 0;
        int i = start;
        while (true) {
            int fieldStart = written;
            while (i < end && line[i] == ' ') {
                i++;
            }
            boolean quoted = i < end && line[i] == '"';
            if (quoted) {
                i++;
                while (i < end && (line[i] != '"' || (i + 1 < end && line[i + 1] == '"'))) {
                    i += line[i] == '"' ? 1 : 0;
                    seen |= line[i];
                    unquoted[written++] = line[i++];
                }
                if (i == end) {
                    throw new LineFault(
                            InputFault.OPEN_QUOTE, column() + " has a quote that does not close on its line");
                }
                i++;
                while (i < end && line[i] == ' ') {
                    i++;
                }
                if (i < end && line[i] != ',') {
                    throw new LineFault(InputFault.MISPLACED_QUOTE, column() + " has text behind its closing quote");
                }
                place(fieldStart, written);
            } else {
                while (i < end && line[i] != ',') {
                    if (line[i] == '"') {
                        throw new LineFault(
                                InputFault.MISPLACED_QUOTE, column() + " has a quote inside, but is not quoted");
                    }
                    seen |= line[i];
                    unquoted[written++] = line[i++];
                }
                add(fieldStart, written);
            }
            if (i == end) {
                break;
            }
            i++;
        }
        ascii = seen >= 0;
    }

    private String column() {
        return count < names.length ? names[count] : "field " + (count + 1);
    }

    /** Adds a field without the spaces around it. */
    private void add(int first, int behind) {
        if (count < names.length) {
            trim(count, first, behind);
        }
        count++;
    }

    private void trim(int column, int first, int behind) {
        int start = first;
        int end = behind;
        while (start < end && text[start] == ' ') {
            start++;
        }
        while (end > start && text[end - 1] == ' ') {
            end--;
        }
        from[column] = start;
        to[column] = end;
    }

    private void place(int start, int end) {
        if (count < names.length) {
            from[count] = start;
            to[count] = end;
        }
        count++;
    }

    private void requireUtf8() throws LineFault {
        for (int column = 0; column < Math.min(count, names.length); column++) {
            if (!Utf8.isValid(text, from[column], to[column])) {
                throw fault(InputFault.BAD_UTF8, column, "must be UTF-8");
            }
        }
    }

    boolean isEmpty(int column) {
        return column == ABSENT || from[column] == to[column];
    }

    /** Text that comes once. */
    @Nullable
    String text(int column) throws LineFault {
        if (isEmpty(column)) {
            return null;
        }
        requireText(column);
        return new String(text, from[column], to[column] - from[column], StandardCharsets.UTF_8);
    }

    /** Text that is new on most lines; false for an absent or empty field. */
    boolean id(int column, OrderId target) throws LineFault {
        if (isEmpty(column)) {
            return false;
        }
        requireText(column);
        target.set(text, from[column], to[column]);
        return true;
    }

    private void requireText(int column) throws LineFault {
        if (to[column] - from[column] > LONGEST_TEXT) {
            throw fault(InputFault.TEXT_TOO_LONG, column, "must have at most " + LONGEST_TEXT + " bytes");
        }
        for (int i = from[column]; i < to[column]; i++) {
            if ((text[i] >= 0 && text[i] < ' ') || text[i] == 0x7f) {
                throw fault(InputFault.CONTROL_CHARACTER, column, "must have no control characters");
            }
        }
        if (!ascii
                && new String(text, from[column], to[column] - from[column], StandardCharsets.UTF_8)
                        .chars()
                        .anyMatch(Character::isISOControl)) {
            throw fault(InputFault.CONTROL_CHARACTER, column, "must have no control characters");
        }
    }

    /** Text that comes again and again, like a client. */
    @Nullable
    String name(int column) throws LineFault {
        if (isEmpty(column)) {
            return null;
        }
        String known = cache.find(text, from[column], to[column]);
        if (known == null) {
            known = text(column);
            if (known != null) {
                cache.add(known);
            }
        }
        return known;
    }

    <E extends Enum<E>> @Nullable E word(int column, Words<E> words) throws LineFault {
        if (isEmpty(column)) {
            return null;
        }
        E word = words.find(text, from[column], to[column]);
        if (word == null) {
            throw fault(InputFault.UNKNOWN_WORD, column, "must be " + words);
        }
        return word;
    }

    @Nullable
    Decimal decimal(int column) throws LineFault {
        decimal(column, number);
        return number.toDecimal();
    }

    /** Reads a number, absent for an absent or empty field. */
    void decimal(int column, DecimalField target) throws LineFault {
        if (isEmpty(column)) {
            target.clear();
            return;
        }
        int start = from[column];
        int end = to[column];
        boolean negative = text[start] == '-';
        int i = negative ? start + 1 : start;
        if (end - i > FAST_DIGITS) {
            target.set(longDecimal(column));
            return;
        }
        long value = 0;
        int digits = 0;
        int point = -1;
        for (; i < end; i++) {
            int digit = text[i] - '0';
            if (digit >= 0 && digit <= 9) {
                value = value * 10 + digit;
                digits++;
            } else if (text[i] == '.' && point < 0 && digits > 0) {
                point = digits;
            } else {
                throw notANumber(column);
            }
        }
        if (digits == 0 || point == digits) {
            throw notANumber(column);
        }
        target.set(negative ? -value : value, point < 0 ? 0 : digits - point);
    }

    private Decimal longDecimal(int column) throws LineFault {
        String digits = new String(text, from[column], to[column] - from[column], StandardCharsets.UTF_8);
        Decimal value = Decimal.parseOrNull(digits);
        if (value == null) {
            throw notANumber(column);
        }
        return value;
    }

    private LineFault notANumber(int column) {
        return fault(
                InputFault.NOT_A_NUMBER, column, "must be a number of digits like 12 or -0.5, without an exponent");
    }

    /**
     * A whole number of at most {@code mostDigits} digits, no more than 18, possibly negative.
     *
     * @return 0 for an empty field
     */
    long whole(int column, int mostDigits) throws LineFault {
        int start = from[column];
        boolean negative = start < to[column] && text[start] == '-';
        int first = negative ? start + 1 : start;
        long value = 0;
        for (int i = first; i < to[column]; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9 || i - first >= mostDigits) {
                throw notWhole(column, mostDigits);
            }
            value = value * 10 + digit;
        }
        if (negative && first == to[column]) {
            throw notWhole(column, mostDigits);
        }
        return negative ? -value : value;
    }

    private LineFault notWhole(int column, int mostDigits) {
        return fault(InputFault.NOT_A_NUMBER, column, "must be a whole number of at most " + mostDigits + " digits");
    }

    /** A time; the field must not be empty. */
    long time(int column) throws LineFault {
        long time = times.read(text, from[column], to[column]);
        if (time == Times.NONE) {
            throw fault(
                    InputFault.NOT_A_TIME,
                    column,
                    "must be a time from 1970 to 2262 like 2024-01-02T03:04:05.000000006Z, or nanoseconds since 1970");
        }
        return time;
    }

    /** {@code side must be BUY or SELL, was "Buy?"}. */
    LineFault fault(InputFault code, int column, String rule) {
        return new LineFault(
                code, names[column] + ' ' + rule + ", was " + RawLine.quoted(text, from[column], to[column]));
    }

    /** What stands in a column, as it can be shown. */
    String shown(int column) {
        return RawLine.printable(text, from[column], to[column], to[column] - (long) from[column]);
    }

    int count() {
        return count;
    }
}
