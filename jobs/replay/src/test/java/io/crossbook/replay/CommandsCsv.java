package io.crossbook.replay;

import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import io.crossbook.model.MarketInput;
import io.crossbook.model.MarketInput.CancelAll;
import io.crossbook.model.MarketInput.CancelOrder;
import io.crossbook.model.MarketInput.ClockTick;
import io.crossbook.model.MarketInput.ExternalFill;
import io.crossbook.model.MarketInput.MarkPrice;
import io.crossbook.model.MarketInput.NewOrder;
import io.crossbook.model.MarketInput.PhaseChange;
import io.crossbook.model.MarketInput.ReplaceOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Commands and instruments as the lines of files that a user would write. */
final class CommandsCsv {
    /** Not the order of the documentation: columns are found by their names. */
    private static final String[] COLUMNS = {
        "action",
        "instrument",
        "timestamp",
        "idempotency_key",
        "order_id",
        "client_id",
        "trade_id",
        "side",
        "type",
        "tif",
        "quantity",
        "price",
        "stop_price",
        "display_quantity",
        "expire_at",
        "post_only",
        "stp",
        "fee",
        "phase"
    };

    static final String HEADER = String.join(",", COLUMNS);
    static final String INSTRUMENTS_HEADER = "instrument,kind,currency,tick_size,lot_size,min_price,max_price,"
            + "min_quantity,max_quantity,price_band_bps,reference_price";

    private CommandsCsv() {}

    static String line(MarketInput input) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("action", action(input));
        fields.put("instrument", input.instrument());
        fields.put("timestamp", input.transactTime());
        put(fields, "idempotency_key", input.header().idempotencyKey());
        if (input instanceof NewOrder order) {
            putOrder(fields, order);
        } else if (input instanceof CancelOrder cancel) {
            put(fields, "order_id", cancel.orderId());
            put(fields, "client_id", cancel.clientId());
        } else if (input instanceof ReplaceOrder replace) {
            put(fields, "order_id", replace.orderId());
            put(fields, "client_id", replace.clientId());
            put(fields, "price", replace.price());
            put(fields, "quantity", replace.quantity());
            put(fields, "stop_price", replace.stopPrice());
            put(fields, "display_quantity", replace.displayQuantity());
        } else if (input instanceof CancelAll all) {
            put(fields, "client_id", all.clientId());
        } else if (input instanceof PhaseChange change) {
            put(fields, "phase", change.phase());
        } else if (input instanceof MarkPrice mark) {
            put(fields, "price", mark.price());
        } else if (input instanceof ExternalFill fill) {
            put(fields, "trade_id", fill.tradeId());
            put(fields, "order_id", fill.orderId());
            put(fields, "client_id", fill.clientId());
            put(fields, "side", fill.side());
            put(fields, "price", fill.price());
            put(fields, "quantity", fill.quantity());
            put(fields, "fee", fill.fee());
        }
        return joined(fields);
    }

    private static String action(MarketInput input) {
        if (input instanceof NewOrder) {
            return "NEW";
        } else if (input instanceof CancelOrder) {
            return "CANCEL";
        } else if (input instanceof ReplaceOrder) {
            return "REPLACE";
        } else if (input instanceof CancelAll) {
            return "CANCEL_ALL";
        } else if (input instanceof PhaseChange) {
            return "PHASE";
        } else if (input instanceof MarkPrice) {
            return "MARK";
        } else if (input instanceof ExternalFill) {
            return "FILL";
        } else if (input instanceof ClockTick) {
            return "CLOCK";
        }
        throw new IllegalArgumentException("no line for " + input);
    }

    private static void putOrder(Map<String, Object> fields, NewOrder order) {
        put(fields, "order_id", order.orderId());
        put(fields, "client_id", order.clientId());
        put(fields, "side", order.side());
        put(fields, "type", order.type());
        put(fields, "tif", order.timeInForce());
        put(fields, "quantity", order.quantity());
        put(fields, "price", order.price());
        put(fields, "stop_price", order.stopPrice());
        put(fields, "display_quantity", order.displayQuantity());
        put(fields, "expire_at", order.expireAt());
        put(fields, "post_only", order.postOnly());
        put(fields, "stp", order.selfTradePrevention());
    }

    private static void put(Map<String, Object> fields, String column, @Nullable Object value) {
        if (value != null) {
            fields.put(column, value);
        }
    }

    private static String joined(Map<String, Object> fields) {
        StringBuilder line = new StringBuilder();
        for (String column : COLUMNS) {
            line.append(line.length() == 0 ? "" : ",").append(fields.getOrDefault(column, ""));
        }
        return line.toString();
    }

    /** One line of an instruments file under {@link #INSTRUMENTS_HEADER}. */
    static String line(String symbol, Instrument instrument) {
        return Stream.of(
                        symbol,
                        instrument.kind(),
                        instrument.currency(),
                        instrument.tickSize(),
                        instrument.lotSize(),
                        text(instrument.minPrice()),
                        text(instrument.maxPrice()),
                        text(instrument.minQuantity()),
                        text(instrument.maxQuantity()),
                        text(instrument.priceBandBps()),
                        text(instrument.referencePrice()))
                .map(Object::toString)
                .collect(Collectors.joining(","));
    }

    private static String text(@Nullable Decimal number) {
        return number == null ? "" : number.toString();
    }
}
