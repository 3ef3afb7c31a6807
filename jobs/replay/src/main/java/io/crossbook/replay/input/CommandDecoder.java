package io.crossbook.replay.input;

import io.crossbook.model.Decimal;
import io.crossbook.model.InputHeader;
import io.crossbook.model.MarketInput;
import io.crossbook.model.OrderCommand;
import io.crossbook.model.OrderId;
import io.crossbook.model.OrderType;
import io.crossbook.model.OrderWords;
import io.crossbook.model.Origin;
import io.crossbook.model.Phase;
import io.crossbook.model.SelfTradePrevention;
import io.crossbook.model.Side;
import io.crossbook.model.TimeInForce;
import io.crossbook.store.rows.CommandColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a line as the action needs them and makes a command of them.
 *
 * <p>In two steps, since a line takes its number in the merged order only when its turn comes: {@link #decode} judges
 * the form and keeps what was read, {@link #command} makes the record. Columns that the action does not use are not
 * looked at. A NEW, CANCEL or REPLACE is handed over in one of two places that take turns, so it is good until the
 * second {@link #decode} after it.
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
    private final int[] columns = new int[CommandColumn.values().length];

    private long time;
    private String instrument = "";
    private Action action = Action.CLOCK;
    private @Nullable String key;
    /** Where the present NEW, CANCEL or REPLACE is, and where the next will be. */
    private OrderCommand order = new OrderCommand();

    private OrderCommand spare = new OrderCommand();
    private @Nullable String clientId;
    private @Nullable Decimal price;
    private @Nullable Phase phase;
    private @Nullable String tradeId;
    private @Nullable Side side;
    private @Nullable Decimal quantity;
    private @Nullable Decimal fee;
    private @Nullable String orderId;

    /**
     * @param names the columns of the file; names without a meaning are passed over
     * @param onlyAction what every line asks for, {@code null} if column {@code action} says it
     */
    CommandDecoder(Fields fields, List<String> names, @Nullable Action onlyAction) {
        this.fields = fields;
        this.onlyAction = onlyAction;
        for (CommandColumn column : CommandColumn.values()) {
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
        requirePresent(CommandColumn.TIMESTAMP, "every action");
        time = fields.time(at(CommandColumn.TIMESTAMP));
        instrument = needed(name(CommandColumn.INSTRUMENT), CommandColumn.INSTRUMENT, "every action");
        action = onlyAction != null
                ? onlyAction
                : needed(fields.word(at(CommandColumn.ACTION), ACTIONS), CommandColumn.ACTION, "every line");
        key = fields.text(at(CommandColumn.IDEMPOTENCY_KEY));
        switch (action) {
            case NEW -> decodeNew(begin(OrderCommand.Action.NEW));
            case CANCEL -> decodeNames(begin(OrderCommand.Action.CANCEL));
            case REPLACE -> decodeReplace(begin(OrderCommand.Action.REPLACE));
            case CANCEL_ALL -> clientId = needed(name(CommandColumn.CLIENT_ID), CommandColumn.CLIENT_ID, "CANCEL_ALL");
            case PHASE -> phase = needed(fields.word(at(CommandColumn.PHASE), PHASES), CommandColumn.PHASE, "PHASE");
            case MARK -> price = needed(decimal(CommandColumn.PRICE), CommandColumn.PRICE, "MARK");
            case FILL -> decodeFill();
            case CLOCK -> {
                // Time and instrument are all it has.
            }
        }
    }

    private OrderCommand begin(OrderCommand.Action asked) {
        OrderCommand begun = spare;
        spare = order;
        order = begun;
        begun.begin(asked, instrument, time, key);
        return begun;
    }

    /** Of a CANCEL or REPLACE: which order, and optionally whose. */
    private void decodeNames(OrderCommand asked) throws LineFault {
        readId(asked.orderId(), asked.action().name());
        asked.setClientId(name(CommandColumn.CLIENT_ID));
    }

    private void readId(OrderId target, String whoNeedsIt) throws LineFault {
        if (!fields.id(at(CommandColumn.ORDER_ID), target)) {
            throw missing(CommandColumn.ORDER_ID, whoNeedsIt);
        }
    }

    private void decodeNew(OrderCommand asked) throws LineFault {
        readId(asked.orderId(), "NEW");
        asked.setClientId(needed(name(CommandColumn.CLIENT_ID), CommandColumn.CLIENT_ID, "NEW"));
        Side itsSide = needed(fields.word(at(CommandColumn.SIDE), SIDES), CommandColumn.SIDE, "NEW");
        OrderType type = needed(fields.word(at(CommandColumn.TYPE), TYPES), CommandColumn.TYPE, "NEW");
        TimeInForce given = fields.word(at(CommandColumn.TIF), TIMES_IN_FORCE);
        fields.decimal(at(CommandColumn.PRICE), asked.price());
        if (!asked.price().isPresent() && type.hasPrice()) {
            throw missing(CommandColumn.PRICE, "a " + type + " order");
        }
        fields.decimal(at(CommandColumn.QUANTITY), asked.quantity());
        if (!asked.quantity().isPresent()) {
            throw missing(CommandColumn.QUANTITY, "NEW");
        }
        fields.decimal(at(CommandColumn.STOP_PRICE), asked.stopPrice());
        fields.decimal(at(CommandColumn.DISPLAY_QUANTITY), asked.displayQuantity());
        if (!fields.isEmpty(at(CommandColumn.EXPIRE_AT))) {
            asked.setExpireAt(fields.time(at(CommandColumn.EXPIRE_AT)));
        }
        boolean postOnly = fields.word(at(CommandColumn.POST_ONLY), FLAGS) == Flag.TRUE;
        asked.setWords(OrderWords.of(
                itsSide,
                type,
                given == null ? TimeInForce.GTC : given,
                postOnly,
                fields.word(at(CommandColumn.STP), PREVENTIONS)));
    }

    private void decodeReplace(OrderCommand asked) throws LineFault {
        decodeNames(asked);
        fields.decimal(at(CommandColumn.PRICE), asked.price());
        fields.decimal(at(CommandColumn.QUANTITY), asked.quantity());
        fields.decimal(at(CommandColumn.STOP_PRICE), asked.stopPrice());
        fields.decimal(at(CommandColumn.DISPLAY_QUANTITY), asked.displayQuantity());
    }

    private void decodeFill() throws LineFault {
        tradeId = needed(fields.text(at(CommandColumn.TRADE_ID)), CommandColumn.TRADE_ID, "FILL");
        clientId = needed(name(CommandColumn.CLIENT_ID), CommandColumn.CLIENT_ID, "FILL");
        side = needed(fields.word(at(CommandColumn.SIDE), SIDES), CommandColumn.SIDE, "FILL");
        price = needed(decimal(CommandColumn.PRICE), CommandColumn.PRICE, "FILL");
        quantity = needed(decimal(CommandColumn.QUANTITY), CommandColumn.QUANTITY, "FILL");
        Decimal given = decimal(CommandColumn.FEE);
        fee = given == null ? Decimal.ZERO : given;
        orderId = fields.text(at(CommandColumn.ORDER_ID));
    }

    private int at(CommandColumn column) {
        return columns[column.ordinal()];
    }

    private @Nullable String name(CommandColumn column) throws LineFault {
        return fields.name(at(column));
    }

    private @Nullable Decimal decimal(CommandColumn column) throws LineFault {
        return fields.decimal(at(column));
    }

    private void requirePresent(CommandColumn column, String whoNeedsIt) throws LineFault {
        if (fields.isEmpty(at(column))) {
            throw missing(column, whoNeedsIt);
        }
    }

    private static <T> T needed(@Nullable T value, CommandColumn column, String whoNeedsIt) throws LineFault {
        if (value == null) {
            throw missing(column, whoNeedsIt);
        }
        return value;
    }

    private static LineFault missing(CommandColumn column, String whoNeedsIt) {
        return new LineFault(InputFault.MISSING_FIELD, column.word() + " is missing, " + whoNeedsIt + " needs it");
    }

    /** The command that was decoded last. */
    MarketInput command(int source, long line, long position) {
        switch (action) {
            case NEW, CANCEL, REPLACE:
                order.setOrigin(source, line, position, 1);
                return order;
            default:
                return other(new InputHeader(instrument, time, new Origin(source, line, position, 1), key));
        }
    }

    private MarketInput other(InputHeader header) {
        return switch (action) {
            case CANCEL_ALL -> new MarketInput.CancelAll(header, clientId);
            case PHASE -> new MarketInput.PhaseChange(header, phase);
            case MARK -> new MarketInput.MarkPrice(header, price);
            case FILL -> new MarketInput.ExternalFill(header, tradeId, clientId, side, price, quantity, fee, orderId);
            case CLOCK -> new MarketInput.ClockTick(header);
            case NEW, CANCEL, REPLACE -> throw new IllegalStateException("made elsewhere: " + action);
        };
    }
}
