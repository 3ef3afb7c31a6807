package io.crossbook.replay.input;

import io.crossbook.model.Decimal;
import io.crossbook.model.InputHeader;
import io.crossbook.model.MarketInput;
import io.crossbook.model.OrderType;
import io.crossbook.model.Origin;
import io.crossbook.model.Phase;
import io.crossbook.model.SelfTradePrevention;
import io.crossbook.model.Side;
import io.crossbook.model.TimeInForce;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a line as the action needs them and makes a command of them.
 *
 * <p>In two steps, since a line takes its number in the merged order only when its turn comes: {@link #decode} judges
 * the form and keeps what was read, {@link #command} makes the record. Columns that the action does not use are not
 * looked at.
 */
final class CommandDecoder {
    private static final Words<Action> ACTIONS = Words.of(Action.class);
    private static final Words<Side> SIDES = Words.of(Side.class);
    private static final Words<OrderType> TYPES = Words.of(OrderType.class);
    private static final Words<TimeInForce> TIMES_IN_FORCE = Words.of(TimeInForce.class);
    private static final Words<SelfTradePrevention> PREVENTIONS = Words.of(SelfTradePrevention.class);
    private static final Words<Phase> PHASES = Words.of(Phase.class);
    private static final Words<Flag> FLAGS = Words.of(Flag.class);

    private enum Flag {
        TRUE,
        FALSE
    }

    private final Fields fields;
    private final @Nullable Action onlyAction;
    private final int[] columns = new int[Column.values().length];

    private long time;
    private String instrument = "";
    private Action action = Action.CLOCK;
    private @Nullable String key;
    private @Nullable String orderId;
    private @Nullable String clientId;
    private @Nullable String tradeId;
    private @Nullable Side side;
    private @Nullable OrderType type;
    private TimeInForce timeInForce = TimeInForce.GTC;
    private @Nullable Decimal price;
    private @Nullable Decimal quantity;
    private @Nullable Decimal stopPrice;
    private @Nullable Decimal displayQuantity;
    private @Nullable Decimal fee;
    private @Nullable Long expireAt;
    private boolean postOnly;
    private @Nullable SelfTradePrevention prevention;
    private @Nullable Phase phase;

    /**
     * @param names the columns of the file; names without a meaning are passed over
     * @param onlyAction what every line asks for, {@code null} if column {@code action} says it
     */
    CommandDecoder(Fields fields, List<String> names, @Nullable Action onlyAction) {
        this.fields = fields;
        this.onlyAction = onlyAction;
        for (Column column : Column.values()) {
            columns[column.ordinal()] = names.indexOf(column.word());
        }
    }

    long time() {
        return time;
    }

    String instrument() {
        return instrument;
    }

    void decode() throws LineFault {
        requirePresent(Column.TIMESTAMP, "every action");
        time = fields.time(at(Column.TIMESTAMP));
        instrument = needed(name(Column.INSTRUMENT), Column.INSTRUMENT, "every action");
        action = onlyAction != null
                ? onlyAction
                : needed(fields.word(at(Column.ACTION), ACTIONS), Column.ACTION, "every line");
        key = fields.text(at(Column.IDEMPOTENCY_KEY));
        switch (action) {
            case NEW -> decodeNew();
            case CANCEL -> {
                orderId = needed(fields.text(at(Column.ORDER_ID)), Column.ORDER_ID, "CANCEL");
                clientId = name(Column.CLIENT_ID);
            }
            case REPLACE -> decodeReplace();
            case CANCEL_ALL -> clientId = needed(name(Column.CLIENT_ID), Column.CLIENT_ID, "CANCEL_ALL");
            case PHASE -> phase = needed(fields.word(at(Column.PHASE), PHASES), Column.PHASE, "PHASE");
            case MARK -> price = needed(decimal(Column.PRICE), Column.PRICE, "MARK");
            case FILL -> decodeFill();
            case CLOCK -> {
                // Time and instrument are all it has.
            }
        }
    }

    private void decodeNew() throws LineFault {
        orderId = needed(fields.text(at(Column.ORDER_ID)), Column.ORDER_ID, "NEW");
        clientId = needed(name(Column.CLIENT_ID), Column.CLIENT_ID, "NEW");
        side = needed(fields.word(at(Column.SIDE), SIDES), Column.SIDE, "NEW");
        type = needed(fields.word(at(Column.TYPE), TYPES), Column.TYPE, "NEW");
        TimeInForce given = fields.word(at(Column.TIF), TIMES_IN_FORCE);
        timeInForce = given == null ? TimeInForce.GTC : given;
        price = decimal(Column.PRICE);
        if (price == null && type.hasPrice()) {
            throw missing(Column.PRICE, "a " + type + " order");
        }
        quantity = needed(decimal(Column.QUANTITY), Column.QUANTITY, "NEW");
        stopPrice = decimal(Column.STOP_PRICE);
        displayQuantity = decimal(Column.DISPLAY_QUANTITY);
        expireAt = fields.optionalTime(at(Column.EXPIRE_AT));
        postOnly = fields.word(at(Column.POST_ONLY), FLAGS) == Flag.TRUE;
        prevention = fields.word(at(Column.STP), PREVENTIONS);
    }

    private void decodeReplace() throws LineFault {
        orderId = needed(fields.text(at(Column.ORDER_ID)), Column.ORDER_ID, "REPLACE");
        clientId = name(Column.CLIENT_ID);
        price = decimal(Column.PRICE);
        quantity = decimal(Column.QUANTITY);
        stopPrice = decimal(Column.STOP_PRICE);
        displayQuantity = decimal(Column.DISPLAY_QUANTITY);
    }

    private void decodeFill() throws LineFault {
        tradeId = needed(fields.text(at(Column.TRADE_ID)), Column.TRADE_ID, "FILL");
        clientId = needed(name(Column.CLIENT_ID), Column.CLIENT_ID, "FILL");
        side = needed(fields.word(at(Column.SIDE), SIDES), Column.SIDE, "FILL");
        price = needed(decimal(Column.PRICE), Column.PRICE, "FILL");
        quantity = needed(decimal(Column.QUANTITY), Column.QUANTITY, "FILL");
        Decimal given = decimal(Column.FEE);
        fee = given == null ? Decimal.ZERO : given;
        orderId = fields.text(at(Column.ORDER_ID));
    }

    private int at(Column column) {
        return columns[column.ordinal()];
    }

    private @Nullable String name(Column column) throws LineFault {
        return fields.name(at(column));
    }

    private @Nullable Decimal decimal(Column column) throws LineFault {
        return fields.decimal(at(column));
    }

    private void requirePresent(Column column, String whoNeedsIt) throws LineFault {
        if (fields.isEmpty(at(column))) {
            throw missing(column, whoNeedsIt);
        }
    }

    private static <T> T needed(@Nullable T value, Column column, String whoNeedsIt) throws LineFault {
        if (value == null) {
            throw missing(column, whoNeedsIt);
        }
        return value;
    }

    private static LineFault missing(Column column, String whoNeedsIt) {
        return new LineFault(InputFault.MISSING_FIELD, column.word() + " is missing, " + whoNeedsIt + " needs it");
    }

    /** The command that was decoded last. */
    MarketInput command(Origin origin) {
        InputHeader header = new InputHeader(instrument, time, origin, key);
        return switch (action) {
            case NEW ->
                new MarketInput.NewOrder(
                        header,
                        orderId,
                        clientId,
                        side,
                        type,
                        timeInForce,
                        price,
                        quantity,
                        stopPrice,
                        displayQuantity,
                        expireAt,
                        postOnly,
                        prevention);
            case CANCEL -> new MarketInput.CancelOrder(header, orderId, clientId);
            case REPLACE ->
                new MarketInput.ReplaceOrder(header, orderId, clientId, price, quantity, stopPrice, displayQuantity);
            case CANCEL_ALL -> new MarketInput.CancelAll(header, clientId);
            case PHASE -> new MarketInput.PhaseChange(header, phase);
            case MARK -> new MarketInput.MarkPrice(header, price);
            case FILL -> new MarketInput.ExternalFill(header, tradeId, clientId, side, price, quantity, fee, orderId);
            case CLOCK -> new MarketInput.ClockTick(header);
        };
    }
}
