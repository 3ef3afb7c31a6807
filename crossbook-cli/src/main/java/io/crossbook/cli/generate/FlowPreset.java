package io.crossbook.cli.generate;

/** The reference flows by name. {@link #DAY} is a whole trading day and has a generator of its own. */
public enum FlowPreset {
    /** Half new orders, a third cancels, some replaces. */
    BALANCED(FlowShape.ofPercent(4, 1, 34.3, 10, 2, 8.3, 2.45, 2_000, 64, 1, 0.35)),
    /** Quotes that move all the time. */
    MOVES(FlowShape.ofPercent(3, 0, 4.6, 82, 0, 3.7, 2.3, 1_000, 160, 1, 0.1)),
    /** A third of all commands trades. */
    TAKING(FlowShape.ofPercent(15, 5, 7.5, 3, 0, 35, 2.3, 4_800, 208, 1, 0.84)),
    /** As balanced, in a book of a hundred thousand orders. */
    DEEP(FlowShape.ofPercent(4, 1, 34, 10, 2, 8.4, 2.45, 99_000, 1_280, 1, 0.2)),
    /** As balanced, over five hundred instruments of unequal size. */
    MULTI(FlowShape.ofPercent(4, 1, 34.2, 10, 2, 8.1, 2.4, 199_000, 27, 500, 0.2)),
    /** A day with an opening auction, market makers, takers, stops, icebergs, a halt and a close. */
    DAY(FlowShape.ofPercent(10, 2, 20, 38, 2, 12, 2, 0, 1, 3, 0));

    private final FlowShape shape;

    FlowPreset(FlowShape shape) {
        this.shape = shape;
    }

    public FlowShape shape() {
        return shape;
    }
}
