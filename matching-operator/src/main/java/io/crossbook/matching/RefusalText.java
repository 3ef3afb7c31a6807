package io.crossbook.matching;

import io.crossbook.model.Decimal;
import io.crossbook.model.DecimalField;
import io.crossbook.model.Instrument;
import io.crossbook.model.MarketInput;
import io.crossbook.model.MarketInput.CancelOrder;
import io.crossbook.model.MarketInput.MarkPrice;
import io.crossbook.model.MarketInput.NewOrder;
import io.crossbook.model.MarketInput.ReplaceOrder;
import io.crossbook.model.OrderType;
import io.crossbook.model.Reason;
import io.crossbook.model.TimeInForce;
import io.crossbook.model.Timestamps;
import org.jspecify.annotations.Nullable;

/** Says in a sentence why a command was refused: what was asked, what stands against it. */
final class RefusalText {
    private final Instrument instrument;
    private final OrderBook book;

    RefusalText(Instrument instrument, OrderBook book) {
        this.instrument = instrument;
        this.book = book;
    }

    String of(MarketInput input, Reason reason) {
        if (input instanceof NewOrder order) {
            return order(reason, input, new Fields(order));
        } else if (input instanceof ReplaceOrder replace) {
            return order(reason, input, new Fields(replace));
        } else if (input instanceof CancelOrder cancel) {
            return identity(reason, cancel.orderId(), cancel.clientId());
        } else if (input instanceof MarkPrice mark) {
            return "price " + mark.price() + " has more than " + LiveBook.MARK_DIGITS + " digits behind the point";
        }
        throw new IllegalArgumentException("never refused with " + reason + ": " + input);
    }

    /** The fields that a NEW and a REPLACE share. */
    private record Fields(
            String orderId,
            @Nullable String clientId,
            @Nullable Decimal price,
            @Nullable Decimal stopPrice,
            @Nullable Decimal quantity,
            @Nullable Decimal displayQuantity) {
        Fields(NewOrder order) {
            this(
                    order.orderId(),
                    order.clientId(),
                    order.price(),
                    order.stopPrice(),
                    order.quantity(),
                    order.displayQuantity());
        }

        Fields(ReplaceOrder replace) {
            this(
                    replace.orderId(),
                    replace.clientId(),
                    replace.price(),
                    replace.stopPrice(),
                    replace.quantity(),
                    replace.displayQuantity());
        }
    }

    private String order(Reason reason, MarketInput input, Fields fields) {
        return switch (reason) {
            case DUPLICATE_ORDER_ID, UNKNOWN_ORDER, NOT_OWNER -> identity(reason, fields.orderId, fields.clientId);
            case MARKET_HALTED -> instrument.symbol() + " is halted; only cancels are accepted";
            case MARKET_CLOSED -> instrument.symbol() + " is closed; only cancels are accepted";
            case INVALID_COMBINATION -> input instanceof NewOrder order ? combination(order) : combination(fields);
            case INVALID_PRICE -> notPositive("price", fields.price, "stop_price", fields.stopPrice);
            case INVALID_QUANTITY ->
                notPositive("quantity", fields.quantity, "display_quantity", fields.displayQuantity);
            case OFF_TICK ->
                offGrid("price", fields.price, "stop_price", fields.stopPrice, "tick size", instrument.tickSize());
            case OFF_LOT ->
                offGrid(
                        "quantity",
                        fields.quantity,
                        "display_quantity",
                        fields.displayQuantity,
                        "lot size",
                        instrument.lotSize());
            case OUT_OF_RANGE -> tooLarge(fields);
            case PRICE_OUTSIDE_LIMITS -> outside("price", fields.price, instrument.minPrice(), instrument.maxPrice());
            case QUANTITY_OUTSIDE_LIMITS ->
                outside("quantity", fields.quantity, instrument.minQuantity(), instrument.maxQuantity());
            case PRICE_OUTSIDE_BAND ->
                "price " + fields.price + " is more than " + instrument.priceBandBps()
                        + " basis points from the last price " + lastPrice();
            case EXPIRY_IN_PAST -> expiry(input);
            case NOT_ALLOWED_IN_CALL ->
                "a call auction collects LIMIT orders with GTC, DAY or GTD and stops, none of them post_only";
            case POST_ONLY_WOULD_TRADE -> "order_id \"" + fields.orderId + "\" is post_only and would trade at once";
            case NOTHING_TO_REPLACE ->
                "a REPLACE needs a price, quantity, stop_price or display_quantity, none was given";
            default -> throw new IllegalArgumentException("no refusal of an order: " + reason);
        };
    }

    private String identity(Reason reason, String orderId, @Nullable String clientId) {
        String id = "order_id \"" + orderId + "\"";
        return switch (reason) {
            case DUPLICATE_ORDER_ID -> id + " is already used on " + instrument.symbol();
            case UNKNOWN_ORDER -> id + " names no live order on " + instrument.symbol();
            case NOT_OWNER ->
                id + " on " + instrument.symbol() + " belongs to another client than \"" + clientId + "\"";
            default -> throw new IllegalArgumentException("no refusal of an id: " + reason);
        };
    }

    private static String combination(NewOrder order) {
        OrderType type = order.type();
        TimeInForce timeInForce = order.timeInForce();
        if (type.hasPrice() != (order.price() != null)) {
            return type + (type.hasPrice() ? " needs a price" : " takes no price, was " + order.price());
        }
        if (type.isStop() != (order.stopPrice() != null)) {
            return type + (type.isStop() ? " needs a stop_price" : " takes no stop_price, was " + order.stopPrice());
        }
        if ((timeInForce == TimeInForce.GTD) != (order.expireAt() != null)) {
            return timeInForce == TimeInForce.GTD ? "GTD needs expire_at" : "expire_at needs GTD, was " + timeInForce;
        }
        String how = type == OrderType.MARKET ? "MARKET" : timeInForce.toString();
        if (timeInForce == TimeInForce.GTD && type == OrderType.MARKET) {
            return "MARKET never rests, so it cannot be GTD";
        }
        boolean cannotRest =
                type == OrderType.MARKET || timeInForce == TimeInForce.IOC || timeInForce == TimeInForce.FOK;
        if (order.postOnly() && cannotRest) {
            return how + " never rests, so it cannot be post_only";
        }
        if (cannotRest) {
            return how + " never rests, so it takes no display_quantity";
        }
        return displayAbove(order.displayQuantity(), order.quantity());
    }

    private static String combination(Fields fields) {
        String id = "order_id \"" + fields.orderId + "\"";
        if (fields.displayQuantity != null && fields.price == null && fields.stopPrice == null) {
            return id + " cannot take display_quantity " + fields.displayQuantity
                    + ": it is above the quantity or the order never rests";
        }
        return id + " cannot take these fields as it is now: a STOP has no price, only a waiting stop has a stop_price,"
                + " and display_quantity is at most the quantity of an order that can rest";
    }

    private static String displayAbove(@Nullable Decimal display, @Nullable Decimal quantity) {
        return "display_quantity " + display + " is above the quantity " + quantity;
    }

    private static String notPositive(String name, @Nullable Decimal value, String otherName, @Nullable Decimal other) {
        boolean first = value != null && value.signum() <= 0;
        return (first ? name : otherName) + " must be above zero, was " + (first ? value : other);
    }

    private static long units(@Nullable Decimal value, Decimal unit) {
        DecimalField field = new DecimalField();
        field.set(value);
        return OrderTicket.units(field, unit);
    }

    private static String offGrid(
            String name,
            @Nullable Decimal value,
            String otherName,
            @Nullable Decimal other,
            String unitName,
            Decimal unit) {
        boolean first = units(value, unit) == OrderTicket.OFF_GRID;
        return (first ? name + " " + value : otherName + " " + other) + " is no multiple of the " + unitName + " "
                + unit;
    }

    private String tooLarge(Fields fields) {
        @Nullable String text = tooLarge("price", fields.price, "ticks", instrument.tickSize());
        text = text != null ? text : tooLarge("stop_price", fields.stopPrice, "ticks", instrument.tickSize());
        text = text != null ? text : tooLarge("quantity", fields.quantity, "lots", instrument.lotSize());
        text = text != null ? text : tooLarge("display_quantity", fields.displayQuantity, "lots", instrument.lotSize());
        return text != null
                ? text
                : "quantity " + fields.quantity + " would bring the open orders of its side above " + Long.MAX_VALUE
                        + " lots";
    }

    private static @Nullable String tooLarge(String name, @Nullable Decimal value, String units, Decimal unit) {
        return units(value, unit) == OrderTicket.TOO_LARGE
                ? name + " " + value + " is more than " + OrderTicket.LARGEST + " " + units
                : null;
    }

    private static String outside(
            String name, @Nullable Decimal value, @Nullable Decimal smallest, @Nullable Decimal largest) {
        return value != null && smallest != null && value.compareTo(smallest) < 0
                ? name + " " + value + " is below the smallest allowed, " + smallest
                : name + " " + value + " is above the largest allowed, " + largest;
    }

    private @Nullable Decimal lastPrice() {
        return book.last().hasTraded() ? instrument.price(book.last().traded()) : instrument.referencePrice();
    }

    private static String expiry(MarketInput input) {
        Long expireAt = input instanceof NewOrder order ? order.expireAt() : null;
        return "expire_at " + (expireAt == null ? "" : Timestamps.format(expireAt)) + " is not after the command, "
                + Timestamps.format(input.transactTime());
    }

    /** Why a key that was used for another command is refused. */
    static String keyReused(@Nullable String key, String client) {
        return "idempotency_key \"" + key + "\" came with other content before"
                + (client.isEmpty() ? "" : " from client \"" + client + "\"");
    }
}
