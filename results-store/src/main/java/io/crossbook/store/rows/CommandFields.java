package io.crossbook.store.rows;

import io.crossbook.model.Decimal;
import io.crossbook.model.MarketInput;
import io.crossbook.model.Timestamps;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of a command as text, by the words of the commands file and in its order; what it does not have is left out. */
public final class CommandFields {
    /** The columns of the commands file, in order. */
    public static final List<String> COLUMNS =
            Arrays.stream(Column.values()).map(Column::word).toList();

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
        IDEMPOTENCY_KEY;

        private final String word = name().toLowerCase(Locale.ROOT);

        String word() {
            return word;
        }
    }

    private final @Nullable String[] fields = new String[Column.values().length];

    private CommandFields() {}

    /** The fields of a readable command. */
    public static Map<String, String> of(MarketInput input) {
        CommandFields command = new CommandFields();
        MarketInput plain = input.plain();
        command.put(Column.TIMESTAMP, Timestamps.format(plain.transactTime()));
        command.put(Column.INSTRUMENT, plain.instrument());
        command.put(Column.IDEMPOTENCY_KEY, plain.header().idempotencyKey());
        command.putAction(plain);
        Map<String, String> fields = new LinkedHashMap<>();
        for (Column column : Column.values()) {
            String text = command.fields[column.ordinal()];
            if (text != null) {
                fields.put(column.word(), text);
            }
        }
        return fields;
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
            fields[column.ordinal()] = value.toString();
        }
    }
}
