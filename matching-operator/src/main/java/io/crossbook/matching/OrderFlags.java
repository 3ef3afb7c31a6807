package io.crossbook.matching;

import io.crossbook.model.OrderType;
import io.crossbook.model.OrderWords;
import io.crossbook.model.TimeInForce;

/**
 * What the slab keeps of an order as bits of an {@code int}: its {@link OrderWords}, the same in a ticket and in the slab, so
 * that an order is taken over with one store and most questions are one test; and what becomes of it.
 *
 * <pre>
 * 10 iceberg | 11 triggered | 12 indexed | 13-14 where the order is | 15 the text of its id is kept
 * </pre>
 */
final class OrderFlags {
    static final int ICEBERG_BIT = 1 << 10;
    static final int TRIGGERED_BIT = 1 << 11;
    static final int INDEXED_BIT = 1 << 12;
    static final int STATE_SHIFT = 13;
    static final int STATE_MASK = 3;
    static final int TEXT_BIT = 1 << 15;

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
                    kinds |= 1
                            << (type.ordinal() | timeInForce.ordinal() << OrderWords.TIF_SHIFT - OrderWords.TYPE_SHIFT);
                }
            }
        }
        return kinds;
    }

    /** Whether what is left of the order, once it runs, can rest: it has a price and time to wait. */
    static boolean canRest(int flags) {
        // A shift takes the lowest five bits of its distance.
        return (RESTING_KINDS >>> (flags >>> OrderWords.TYPE_SHIFT) & 1) != 0;
    }

    static int type(int flags) {
        return flags >>> OrderWords.TYPE_SHIFT & OrderWords.TYPE_MASK;
    }

    static int timeInForce(int flags) {
        return flags >>> OrderWords.TIF_SHIFT & OrderWords.TIF_MASK;
    }

    static boolean isGoodTillDate(int flags) {
        return timeInForce(flags) == GTD;
    }
}
