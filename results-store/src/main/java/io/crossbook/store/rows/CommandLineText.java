package io.crossbook.store.rows;

import io.crossbook.model.Decimal;
import io.crossbook.model.MarketInput;
import io.crossbook.model.Timestamps;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a command as a CSV line in the column order of the commands file; what it does not have stays empty. */
final class CommandLineText {
    /** The columns of the commands file, in order. */
    private enum Column {
        TIMESTAMP,
        INSTRUMENT,
        ACTION,
        ORDER_ID,
        CLIENT_ID,
        SIDE,
        TYPE,
        TIF,
        PRICE,
        QUANTITY,
        STOP_PRICE,
        DISPLAY_QUANTITY,
        EXPIRE_AT,
        POST_ONLY,
        STP,
        PHASE,
        TRADE_ID,
        FEE,
        IDEMPOTENCY_KEY
    }

    private final Map<Column, String> fields = new EnumMap<>(Column.class);

    private CommandLineText() {}

    static String of(MarketInput input) {
        CommandLineText line = new CommandLineText();
        line.put(Column.TIMESTAMP, Timestamps.format(input.transactTime()));
        line.put(Column.INSTRUMENT, input.instrument());
        line.put(Column.IDEMPOTENCY_KEY, input.header().idempotencyKey());
        line.putAction(input);
        return line.joined();
    }

    private void putAction(MarketInput input) {
        if (input instanceof MarketInput.NewOrder order) {
            put(order);
        } else if (input instanceof MarketInput.CancelOrder cancel) {
            put(Column.ACTION, "CANCEL");
            put(Column.ORDER_ID, cancel.orderId());
            put(Column.CLIENT_ID, cancel.clientId());
        } else if (input instanceof MarketInput.ReplaceOrder replace) {
            put(replace);
        } else if (input instanceof MarketInput.CancelAll cancelAll) {
            put(Column.ACTION, "CANCEL_ALL");
            put(Column.CLIENT_ID, cancelAll.clientId());
        } else if (input instanceof MarketInput.PhaseChange change) {
            put(Column.ACTION, "PHASE");
            put(Column.PHASE, change.phase());
        } else if (input instanceof MarketInput.MarkPrice mark) {
            put(Column.ACTION, "MARK");
            put(Column.PRICE, mark.price());
        } else if (input instanceof MarketInput.ExternalFill fill) {
            put(fill);
        } else if (input instanceof MarketInput.ClockTick) {
            put(Column.ACTION, "CLOCK");
        } else {
            throw new IllegalArgumentException("no command: " + input);
        }
    }

    private void put(MarketInput.NewOrder order) {
        put(Column.ACTION, "NEW");
        put(Column.ORDER_ID, order.orderId());
        put(Column.CLIENT_ID, order.clientId());
        put(Column.SIDE, order.side());
        put(Column.TYPE, order.type());
        put(Column.TIF, order.timeInForce());
        put(Column.PRICE, order.price());
        put(Column.QUANTITY, order.quantity());
        put(Column.STOP_PRICE, order.stopPrice());
        put(Column.DISPLAY_QUANTITY, order.displayQuantity());
        put(Column.EXPIRE_AT, order.expireAt() == null ? null : Timestamps.format(order.expireAt()));
        put(Column.POST_ONLY, order.postOnly() ? "true" : null);
        put(Column.STP, order.selfTradePrevention());
    }

    private void put(MarketInput.ReplaceOrder replace) {
        put(Column.ACTION, "REPLACE");
        put(Column.ORDER_ID, replace.orderId());
        put(Column.CLIENT_ID, replace.clientId());
        put(Column.PRICE, replace.price());
        put(Column.QUANTITY, replace.quantity());
        put(Column.STOP_PRICE, replace.stopPrice());
        put(Column.DISPLAY_QUANTITY, replace.displayQuantity());
    }

    private void put(MarketInput.ExternalFill fill) {
        put(Column.ACTION, "FILL");
        put(Column.ORDER_ID, fill.orderId());
        put(Column.CLIENT_ID, fill.clientId());
        put(Column.SIDE, fill.side());
        put(Column.PRICE, fill.price());
        put(Column.QUANTITY, fill.quantity());
        put(Column.TRADE_ID, fill.tradeId());
        put(Column.FEE, fill.fee().equals(Decimal.ZERO) ? null : fill.fee());
    }

    private void put(Column column, @Nullable Object value) {
        if (value != null) {
            fields.put(column, value.toString());
        }
    }

    private String joined() {
        StringBuilder line = new StringBuilder(120);
        for (Column column : Column.values()) {
            if (column.ordinal() > 0) {
                line.append(',');
            }
            appendField(line, fields.getOrDefault(column, ""));
        }
        return line.toString();
    }

    private static void appendField(StringBuilder line, String field) {
        if (field.indexOf(',') >= 0 || field.indexOf('"') >= 0) {
            line.append('"').append(field.replace("\"", "\"\"")).append('"');
        } else {
            line.append(field);
        }
    }
}
