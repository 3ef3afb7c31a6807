package io.crossbook.model;

import org.jspecify.annotations.Nullable;

/**
 * The words of a NEW as bits of one {@code int}, so that they travel and are kept as a number.
 *
 * <pre>
 * 0 side | 1-2 type | 3-5 time in force | 6-8 self-trade prevention, 0 or ordinal + 1 | 9 post-only
 * </pre>
 */
public final class OrderWords {
    public static final int SIDE_BIT = 1;
    public static final int TYPE_SHIFT = 1;
    public static final int TYPE_MASK = 3;
    public static final int TIF_SHIFT = 3;
    public static final int TIF_MASK = 7;
    public static final int PREVENTION_SHIFT = 6;
    public static final int PREVENTION_MASK = 7;
    public static final int POST_ONLY_BIT = 1 << 9;

    private static final Side[] SIDES = Side.values();
    private static final OrderType[] TYPES = OrderType.values();
    private static final TimeInForce[] TIMES_IN_FORCE = TimeInForce.values();
    private static final SelfTradePrevention[] PREVENTIONS = SelfTradePrevention.values();

    private OrderWords() {}

    public static int of(
            Side side, OrderType type, TimeInForce timeInForce, boolean postOnly, @Nullable SelfTradePrevention mode) {
        return side.ordinal()
                | type.ordinal() << TYPE_SHIFT
                | timeInForce.ordinal() << TIF_SHIFT
                | (mode == null ? 0 : mode.ordinal() + 1) << PREVENTION_SHIFT
                | (postOnly ? POST_ONLY_BIT : 0);
    }

    public static Side side(int words) {
        return SIDES[words & SIDE_BIT];
    }

    public static OrderType type(int words) {
        return TYPES[words >>> TYPE_SHIFT & TYPE_MASK];
    }

    public static TimeInForce timeInForce(int words) {
        return TIMES_IN_FORCE[words >>> TIF_SHIFT & TIF_MASK];
    }

    public static @Nullable SelfTradePrevention selfTradePrevention(int words) {
        int mode = words >>> PREVENTION_SHIFT & PREVENTION_MASK;
        return mode == 0 ? null : PREVENTIONS[mode - 1];
    }

    public static boolean isPostOnly(int words) {
        return (words & POST_ONLY_BIT) != 0;
    }
}
