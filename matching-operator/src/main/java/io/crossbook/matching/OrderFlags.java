package io.crossbook.matching;

import io.crossbook.model.OrderType;
import io.crossbook.model.TimeInForce;

/**
 * The words of an order as bits of an {@code int}, the same in a ticket and in the slab, so that an order is taken over
 * with one store and most questions are one test.
 *
 * <pre>
 * 0 side | 1-2 type | 3-5 time in force | 6-8 self-trade prevention, 0 or ordinal + 1 | 9 post-only
 * in the slab also: 10 iceberg | 11 triggered | 12 indexed | 13-14 where the order is
 * </pre>
 */
final class OrderFlags {
    static final int SIDE_BIT = 1;
    static final int TYPE_SHIFT = 1;
    static final int TYPE_MASK = 3;
    static final int TIF_SHIFT = 3;
    static final int TIF_MASK = 7;
    static final int PREVENTION_SHIFT = 6;
    static final int PREVENTION_MASK = 7;
    static final int POST_ONLY_BIT = 1 << 9;
    static final int ICEBERG_BIT = 1 << 10;
    static final int TRIGGERED_BIT = 1 << 11;
    static final int INDEXED_BIT = 1 << 12;
    static final int STATE_SHIFT = 13;
    static final int STATE_MASK = 3;

    private static final int GTD = TimeInForce.GTD.ordinal();

    /** Bit {@code n} is set if an order whose type and time in force, bits 1 to 5, are {@code n} can rest. */
    private static final int RESTING_KINDS = restingKinds();

    private OrderFlags() {}

    private static int restingKinds() {
        int kinds = 0;
        for (OrderType type : OrderType.values()) {
            for (TimeInForce timeInForce : TimeInForce.values()) {
                boolean immediate = timeInForce == TimeInForce.IOC || timeInForce == TimeInForce.FOK;
                if (type.hasPrice() && !immediate) {
                    kinds |= 1 << (type.ordinal() | timeInForce.ordinal() << TIF_SHIFT - TYPE_SHIFT);
                }
            }
        }
        return kinds;
    }

    /** Whether what is left of the order, once it runs, can rest: it has a price and time to wait. */
    static boolean canRest(int flags) {
        // A shift takes the lowest five bits of its distance.
        return (RESTING_KINDS >>> (flags >>> TYPE_SHIFT) & 1) != 0;
    }

    static int type(int flags) {
        return flags >>> TYPE_SHIFT & TYPE_MASK;
    }

    static int timeInForce(int flags) {
        return flags >>> TIF_SHIFT & TIF_MASK;
    }

    static boolean isGoodTillDate(int flags) {
        return timeInForce(flags) == GTD;
    }
}
