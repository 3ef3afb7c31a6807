package io.crossbook.replay.input;

import io.crossbook.model.Decimal;
import io.crossbook.model.Side;
import io.crossbook.model.Timestamps;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a LOBSTER file, one line at a time: time in seconds after midnight, type, order id, size, price in
 * 1/10000 dollar, and the side of the resting order as 1 or −1.
 */
final class LobsterLine {
    static final int NEW = 1;
    static final int REDUCE = 2;
    static final int DELETE = 3;
    static final int EXECUTE = 4;
    static final int EXECUTE_HIDDEN = 5;
    static final int CROSS = 6;
    static final int HALT = 7;

    private static final String[] NAMES = {"time", "type", "order_id", "size", "price", "direction"};
    private static final int TIME = 0;
    private static final int TYPE = 1;
    private static final int ORDER_ID = 2;
    private static final int SIZE = 3;
    private static final int PRICE = 4;
    private static final int DIRECTION = 5;

    private static final int PRICE_DECIMALS = 4;
    /** Sizes have 32 bits in the feed; a sum of them stays far below 63. */
    private static final int SIZE_DIGITS = 10;

    private static final int MOST_DIGITS = 18;
    /** A day has 25 hours at most. */
    private static final Decimal LONGEST_DAY_SECONDS = Decimal.of(90_000);

    private static final int NANO_DECIMALS = 9;
    private static final Decimal NANOSECOND = Decimal.of(1, NANO_DECIMALS);

    private final LineSource lines;
    private final Fields fields = new Fields(NAMES);
    private final long midnight;

    private @Nullable LineFault fault;
    private long time;
    private int type;
    private long orderId;
    private long size;
    private long price;
    private Side side = Side.BUY;

    /** @param midnight from which times count, seconds since 1970 UTC */
    LobsterLine(LineSource lines, long midnight) {
        this.lines = lines;
        this.midnight = midnight;
    }

    /** Goes to the next line; false at the end. */
    boolean advance() throws IOException {
        if (!lines.advance()) {
            return false;
        }
        fault = null;
        try {
            decode();
        } catch (LineFault wrong) {
            fault = wrong;
        }
        return true;
    }

    private void decode() throws LineFault {
        fields.split(lines);
        for (int column = 0; column < NAMES.length; column++) {
            if (fields.isEmpty(column)) {
                throw new LineFault(InputFault.MISSING_FIELD, NAMES[column] + " is missing, every message needs it");
            }
        }
        time = readTime();
        type = (int) fields.whole(TYPE, 1);
        orderId = fields.whole(ORDER_ID, MOST_DIGITS);
        size = fields.whole(SIZE, SIZE_DIGITS);
        price = fields.whole(PRICE, MOST_DIGITS);
        long direction = fields.whole(DIRECTION, 1);
        if (type < NEW || type > HALT) {
            throw fields.fault(InputFault.UNKNOWN_WORD, TYPE, "must be 1 to 7");
        }
        if (direction != 1 && direction != -1) {
            throw fields.fault(InputFault.UNKNOWN_WORD, DIRECTION, "must be 1 or -1");
        }
        if (type == HALT && (price < -1 || price > 1)) {
            throw fields.fault(InputFault.UNKNOWN_WORD, PRICE, "of a halt message must be -1, 0 or 1");
        }
        if (size < 0) {
            throw fields.fault(InputFault.NOT_A_NUMBER, SIZE, "must be zero or more");
        }
        side = direction == 1 ? Side.BUY : Side.SELL;
    }

    /** The provider's files carry traces of binary fractions, 35821.088778456004 for ...456: rounded to nanoseconds. */
    private long readTime() throws LineFault {
        Decimal seconds = fields.decimal(TIME);
        boolean inDay = seconds != null && seconds.signum() >= 0 && seconds.compareTo(LONGEST_DAY_SECONDS) < 0;
        if (!inDay) {
            throw fields.fault(InputFault.NOT_A_TIME, TIME, "must be seconds after midnight");
        }
        return midnight * Timestamps.NANOS_PER_SECOND
                + seconds.rounded(NANO_DECIMALS).inUnitsOf(NANOSECOND);
    }

    /** What is wrong with the line, {@code null} if it is a message. */
    @Nullable
    LineFault fault() {
        return fault;
    }

    /** Nanoseconds since 1970 UTC. */
    long time() {
        return time;
    }

    int type() {
        return type;
    }

    long orderId() {
        return orderId;
    }

    /** Shares. */
    long size() {
        return size;
    }

    /** In 1/10000 dollar. */
    long price() {
        return price;
    }

    /** Side of the resting order, of executions too. */
    Side side() {
        return side;
    }

    /** A price of a file in dollars. */
    static Decimal dollars(long price) {
        return Decimal.of(price, PRICE_DECIMALS);
    }
}
