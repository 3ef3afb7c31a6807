package io.crossbook.store.rows;

import io.crossbook.model.Decimal;
import io.crossbook.model.MarketInput;
import io.crossbook.model.Timestamps;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of a command as text, by the words of the commands file and in its order; what it does not have is left out. */
public final class CommandFields {
    private final @Nullable String[] fields = new String[CommandColumn.values().length];

    private CommandFields() {}

    /** The fields of a readable command. */
    public static Map<String, String> of(MarketInput input) {
        CommandFields command = new CommandFields();
        MarketInput plain = input.plain();
        command.put(CommandColumn.TIMESTAMP, Timestamps.format(plain.transactTime()));
        command.put(CommandColumn.INSTRUMENT, plain.instrument());
        command.put(CommandColumn.IDEMPOTENCY_KEY, plain.header().idempotencyKey());
        command.putAction(plain);
        Map<String, String> fields = new LinkedHashMap<>();
        for (CommandColumn column : CommandColumn.values()) {
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
            put(CommandColumn.ACTION, "CANCEL");
            put(CommandColumn.ORDER_ID, cancel.orderId());
            put(CommandColumn.CLIENT_ID, cancel.clientId());
        } else if (input instanceof MarketInput.ReplaceOrder replace) {
            put(replace);
        } else if (input instanceof MarketInput.CancelAll cancelAll) {
            put(CommandColumn.ACTION, "CANCEL_ALL");
            put(CommandColumn.CLIENT_ID, cancelAll.clientId());
        } else if (input instanceof MarketInput.PhaseChange change) {
            put(CommandColumn.ACTION, "PHASE");
            put(CommandColumn.PHASE, change.phase());
        } else if (input instanceof MarketInput.MarkPrice mark) {
            put(CommandColumn.ACTION, "MARK");
            put(CommandColumn.PRICE, mark.price());
        } else if (input instanceof MarketInput.ExternalFill fill) {
            put(fill);
        } else if (input instanceof MarketInput.ClockTick) {
            put(CommandColumn.ACTION, "CLOCK");
        } else {
            throw new IllegalArgumentException("no command: " + input);
        }
    }

    private void put(MarketInput.NewOrder order) {
        put(CommandColumn.ACTION, "NEW");
        put(CommandColumn.ORDER_ID, order.orderId());
        put(CommandColumn.CLIENT_ID, order.clientId());
        put(CommandColumn.SIDE, order.side());
        put(CommandColumn.TYPE, order.type());
        put(CommandColumn.TIF, order.timeInForce());
        put(CommandColumn.PRICE, order.price());
        put(CommandColumn.QUANTITY, order.quantity());
        put(CommandColumn.STOP_PRICE, order.stopPrice());
        put(CommandColumn.DISPLAY_QUANTITY, order.displayQuantity());
        put(CommandColumn.EXPIRE_AT, order.expireAt() == null ? null : Timestamps.format(order.expireAt()));
        put(CommandColumn.POST_ONLY, order.postOnly() ? "true" : null);
        put(CommandColumn.STP, order.selfTradePrevention());
    }

    private void put(MarketInput.ReplaceOrder replace) {
        put(CommandColumn.ACTION, "REPLACE");
        put(CommandColumn.ORDER_ID, replace.orderId());
        put(CommandColumn.CLIENT_ID, replace.clientId());
        put(CommandColumn.PRICE, replace.price());
        put(CommandColumn.QUANTITY, replace.quantity());
        put(CommandColumn.STOP_PRICE, replace.stopPrice());
        put(CommandColumn.DISPLAY_QUANTITY, replace.displayQuantity());
    }

    private void put(MarketInput.ExternalFill fill) {
        put(CommandColumn.ACTION, "FILL");
        put(CommandColumn.ORDER_ID, fill.orderId());
        put(CommandColumn.CLIENT_ID, fill.clientId());
        put(CommandColumn.SIDE, fill.side());
        put(CommandColumn.PRICE, fill.price());
        put(CommandColumn.QUANTITY, fill.quantity());
        put(CommandColumn.TRADE_ID, fill.tradeId());
        put(CommandColumn.FEE, fill.fee().equals(Decimal.ZERO) ? null : fill.fee());
    }

    private void put(CommandColumn column, @Nullable Object value) {
        if (value != null) {
            fields[column.ordinal()] = value.toString();
        }
    }
}
