package io.crossbook.store.rows;

import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import io.crossbook.model.MarketEvent;
import io.crossbook.model.Trade;

/** One row of {@code marks}: a price that values positions from its sequence on. */
public record MarkRow(String instrument, long sequence, long timestamp, Decimal price) {
    public static MarkRow of(MarketEvent.Marked mark) {
        return new MarkRow(mark.instrument(), mark.sequence(), mark.transactTime(), mark.price());
    }

    /** The price of a trade, which values positions while there was no MARK. */
    public static MarkRow of(Trade trade, Instrument instrument) {
        return new MarkRow(trade.instrument(), trade.sequence(), trade.transactTime(), instrument.price(trade.price()));
    }
}
