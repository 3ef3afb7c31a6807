package io.crossbook.store;

import io.crossbook.store.rows.FillRow;
import java.util.List;

/** Table {@code fills}: trades made elsewhere that were booked, by the command that brought them. */
final class FillTable implements AppendTable<FillRow> {
    @Override
    public String name() {
        return "fills";
    }

    @Override
    public String columns() {
        return "instrument, sequence, timestamp, trade_id, client_id, side, price, quantity, fee, order_id";
    }

    @Override
    public String key() {
        return "instrument, sequence";
    }

    @Override
    public List<LiveIndex> indexes() {
        return List.of(
                new LiveIndex("by_trade", "(trade_id)"),
                new LiveIndex("by_client", "(client_id, timestamp, instrument, sequence)"),
                new LiveIndex("by_time", "(timestamp, instrument, sequence)"));
    }

    @Override
    public void write(FillRow row, CopyBuffer out) {
        row.writeFileColumns(out);
        out.endRow();
    }
}
