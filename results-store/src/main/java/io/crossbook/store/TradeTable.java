package io.crossbook.store;

import io.crossbook.store.rows.TradeRow;
import java.util.List;

/** Table {@code trades}: matches, by instrument and trade number. */
final class TradeTable implements AppendTable<TradeRow> {
    @Override
    public String name() {
        return "trades";
    }

    @Override
    public String columns() {
        return """
                instrument, trade_no, trade_id, sequence, timestamp, price, quantity, aggressor_side,
                maker_order_id, taker_order_id, buy_order_id, sell_order_id, buy_client_id, sell_client_id""";
    }

    @Override
    public String key() {
        return "instrument, trade_no";
    }

    @Override
    public List<LiveIndex> indexes() {
        return List.of(
                new LiveIndex("by_instrument", "(instrument, timestamp, trade_no)"),
                new LiveIndex("by_time", "(timestamp, instrument, trade_no)"),
                new LiveIndex("by_buyer", "(buy_client_id, timestamp, instrument, trade_no)"),
                new LiveIndex("by_seller", "(sell_client_id, timestamp, instrument, trade_no)"));
    }

    @Override
    public void write(TradeRow row, CopyBuffer out) {
        row.writeFileColumns(out);
        out.endRow();
    }
}
