package io.crossbook.matching;

/**
 * Two words that stand for an order id wherever equality is asked.
 *
 * <p>Most systems count their orders. An id of up to {@value #PREFIX_CHARS} ASCII characters before up to
 * {@value #DIGITS} digits is serial: {@code high} holds what stands before the number and how wide it is if it begins
 * with zeros, {@code low} the number, so nothing is lost and neighbours stay neighbours. Any other id is a 128-bit
 * {@link Fingerprint}. That one of those equals a serial id is as unlikely as that it equals another.
 *
 * <pre>
 * high of a serial id: 10 bits set | 5 bits width, 0 without leading zeros | 7 × 7 bits of prefix
 * </pre>
 *
 * <p>An instance is reusable: {@link #of}, then read {@link #high} and {@link #low}.
 */
public final class OrderKey {
    static final int PREFIX_CHARS = 7;
    static final int DIGITS = 18;

    private static final int BITS_PER_CHAR = 7;
    private static final int MARK_SHIFT = 54;
    private static final long MARK = 0x3ff;
    private static final int WIDTH_SHIFT = PREFIX_CHARS * BITS_PER_CHAR;
    /** 10^18 fits. */
    private static final int NUMBER_BITS = 60;

    private final Fingerprint fingerprint = new Fingerprint();
    private long high;
    private long low;

    public OrderKey of(CharSequence orderId) {
        int digitsFrom = orderId.length();
        while (digitsFrom > 0 && isDigit(orderId.charAt(digitsFrom - 1))) {
            digitsFrom--;
        }
        if (!serial(orderId, digitsFrom)) {
            fingerprint.of(orderId);
            high = fingerprint.high();
            low = fingerprint.low();
        }
        return this;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private boolean serial(CharSequence orderId, int digitsFrom) {
        int width = orderId.length() - digitsFrom;
        if (width == 0 || width > DIGITS || digitsFrom > PREFIX_CHARS) {
            return false;
        }
        long prefix = 0;
        for (int i = 0; i < digitsFrom; i++) {
            char c = orderId.charAt(i);
            if (c == 0 || c >>> BITS_PER_CHAR != 0) {
                return false;
            }
            prefix = prefix << BITS_PER_CHAR | c;
        }
        long number = 0;
        for (int i = digitsFrom; i < orderId.length(); i++) {
            number = number * 10 + (orderId.charAt(i) - '0');
        }
        boolean padded = width > 1 && orderId.charAt(digitsFrom) == '0';
        high = MARK << MARK_SHIFT | (padded ? (long) width << WIDTH_SHIFT : 0) | prefix;
        low = number;
        return true;
    }

    /** Whether the words are of a serial id; about one fingerprint in 16,000 looks like one. */
    static boolean isSerial(long high, long low) {
        return high >>> MARK_SHIFT == MARK && isNumber(low);
    }

    /** Whether the second word can be that of a serial id. */
    static boolean isNumber(long low) {
        return low >>> NUMBER_BITS == 0;
    }

    public long high() {
        return high;
    }

    public long low() {
        return low;
    }
}
