package io.crossbook.store;

import io.crossbook.store.rows.PhaseRow;

/** Table {@code phases}: session phases with the best prices before them, by the command that brought them. */
final class PhaseTable implements AppendTable<PhaseRow> {
    @Override
    public String name() {
        return "phases";
    }

    @Override
    public String columns() {
        return "instrument, sequence, timestamp, phase, best_bid, best_ask";
    }

    @Override
    public String key() {
        return "instrument, sequence";
    }

    @Override
    public void write(PhaseRow row, CopyBuffer out) {
        out.text(row.instrument())
                .number(row.sequence())
                .number(row.timestamp())
                .word(row.phase())
                .decimal(row.bestBid())
                .decimal(row.bestAsk())
                .endRow();
    }
}
