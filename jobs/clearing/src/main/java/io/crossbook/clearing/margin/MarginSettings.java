package io.crossbook.clearing.margin;

import io.crossbook.model.Decimal;
import java.util.List;
import java.util.Map;

/**
 * The model in force and what each of the three would compute with, as the margin file says.
 *
 * @param kind the model in force
 */
public record MarginSettings(MarginKind kind, FixedMargin fixed, ScanMargin scan, HistoricalVar historical) {
    public static final Decimal DEFAULT_CONFIDENCE = Decimal.of(99, 2);
    public static final int DEFAULT_HOLDING_DAYS = 1;
    public static final Decimal DEFAULT_FLOOR = Decimal.ZERO;

    private static final String BUILT_IN = "built-in margin settings";

    /** Without a file: ten percent of the value of every position. The other two models know no instrument. */
    public static final MarginSettings DEFAULT = new MarginSettings(
            MarginKind.FIXED,
            new FixedMargin(BUILT_IN, Decimal.of(1, 1), Map.of()),
            new ScanMargin(BUILT_IN, null, Map.of(), List.of()),
            new HistoricalVar(BUILT_IN, Returns.NONE, DEFAULT_CONFIDENCE, DEFAULT_HOLDING_DAYS, DEFAULT_FLOOR));

    /** The same file with another model in force: what if. */
    public MarginSettings with(MarginKind other) {
        return new MarginSettings(other, fixed, scan, historical);
    }

    /** The model in force. */
    public MarginModel model() {
        return switch (kind) {
            case FIXED -> fixed;
            case SCAN -> scan;
            case VAR -> historical;
        };
    }
}
