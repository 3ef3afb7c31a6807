package io.crossbook.store.rows;

import io.crossbook.model.Decimal;
import io.crossbook.model.MarketEvent;
import io.crossbook.model.Phase;
import org.jspecify.annotations.Nullable;

/** One row of {@code phases}: a session phase with the best prices before it. */
public record PhaseRow(
        String instrument,
        long sequence,
        long timestamp,
        Phase phase,
        @Nullable Decimal bestBid,
        @Nullable Decimal bestAsk) {
    public static PhaseRow of(MarketEvent.PhaseBegun begun) {
        return new PhaseRow(
                begun.instrument(),
                begun.sequence(),
                begun.transactTime(),
                begun.phase(),
                begun.bestBid(),
                begun.bestAsk());
    }
}
