package io.crossbook.model;

import org.jspecify.annotations.Nullable;

/**
 * A NEW, CANCEL or REPLACE in a place that is filled anew for each: nearly all commands pass from file to book in a few
 * of these, so that none is made of them. What has no meaning for the action is of no meaning here. Whoever keeps a
 * command keeps its {@link #plain} form.
 */
public final class OrderCommand implements MarketInput {
    /** What the command asks for. */
    public enum Action {
        NEW,
        CANCEL,
        REPLACE
    }

    private final OrderId orderId = new OrderId();
    private final DecimalField price = new DecimalField();
    private final DecimalField quantity = new DecimalField();
    private final DecimalField stopPrice = new DecimalField();
    private final DecimalField displayQuantity = new DecimalField();

    private Action action = Action.NEW;
    private String instrument = "";
    private long transactTime;
    private int source;
    private long line;
    private long position;
    private int rows;
    private @Nullable String idempotencyKey;
    private @Nullable String clientId;
    private int words;
    private boolean expires;
    private long expireAt;

    /** Begins a command: everything but its header is absent until it is set. */
    public void begin(Action anAction, String anInstrument, long aTransactTime, @Nullable String aKey) {
        action = anAction;
        instrument = anInstrument;
        transactTime = aTransactTime;
        idempotencyKey = aKey;
        clientId = null;
        words = 0;
        expires = false;
        price.clear();
        quantity.clear();
        stopPrice.clear();
        displayQuantity.clear();
    }

    /** Says where the command came from, see {@link Origin}. */
    public void setOrigin(int aSource, long aLine, long aPosition, int manyRows) {
        source = aSource;
        line = aLine;
        position = aPosition;
        rows = manyRows;
    }

    public void setClientId(@Nullable String id) {
        clientId = id;
    }

    /** Side, type and the like of a NEW, as {@link OrderWords}. */
    public void setWords(int someWords) {
        words = someWords;
    }

    /** ExpireTime(126), nanoseconds since 1970 UTC. */
    public void setExpireAt(long time) {
        expires = true;
        expireAt = time;
    }

    public Action action() {
        return action;
    }

    public OrderId orderId() {
        return orderId;
    }

    @Override
    public InputHeader header() {
        return new InputHeader(instrument, transactTime, new Origin(source, line, position, rows), idempotencyKey);
    }

    @Override
    public String instrument() {
        return instrument;
    }

    @Override
    public long transactTime() {
        return transactTime;
    }

    public int source() {
        return source;
    }

    public long line() {
        return line;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public int inputRows() {
        return rows;
    }

    @Override
    public @Nullable String idempotencyKey() {
        return idempotencyKey;
    }

    /** The owner; of a CANCEL or REPLACE {@code null} if none is named. */
    public @Nullable String clientId() {
        return clientId;
    }

    public int words() {
        return words;
    }

    public DecimalField price() {
        return price;
    }

    public DecimalField quantity() {
        return quantity;
    }

    public DecimalField stopPrice() {
        return stopPrice;
    }

    public DecimalField displayQuantity() {
        return displayQuantity;
    }

    public boolean expires() {
        return expires;
    }

    public long expireAt() {
        return expireAt;
    }

    /** Takes a plain NEW, CANCEL or REPLACE; {@code false} if the command is none of them. */
    public boolean set(MarketInput plain) {
        if (plain instanceof NewOrder order) {
            beginPlain(Action.NEW, order.header(), order.orderId(), order.clientId());
            setWords(OrderWords.of(
                    order.side(), order.type(), order.timeInForce(), order.postOnly(), order.selfTradePrevention()));
            setNumbers(order.price(), order.quantity(), order.stopPrice(), order.displayQuantity());
            if (order.expireAt() != null) {
                setExpireAt(order.expireAt());
            }
        } else if (plain instanceof CancelOrder cancel) {
            beginPlain(Action.CANCEL, cancel.header(), cancel.orderId(), cancel.clientId());
        } else if (plain instanceof ReplaceOrder replace) {
            beginPlain(Action.REPLACE, replace.header(), replace.orderId(), replace.clientId());
            setNumbers(replace.price(), replace.quantity(), replace.stopPrice(), replace.displayQuantity());
        } else {
            return false;
        }
        return true;
    }

    private void beginPlain(Action anAction, InputHeader header, String id, @Nullable String client) {
        begin(anAction, header.instrument(), header.transactTime(), header.idempotencyKey());
        Origin origin = header.origin();
        setOrigin(origin.source(), origin.line(), origin.position(), origin.rows());
        orderId.set(OrderId.of(id));
        setClientId(client);
    }

    private void setNumbers(
            @Nullable Decimal aPrice,
            @Nullable Decimal aQuantity,
            @Nullable Decimal aStop,
            @Nullable Decimal aDisplay) {
        price.set(aPrice);
        quantity.set(aQuantity);
        stopPrice.set(aStop);
        displayQuantity.set(aDisplay);
    }

    @Override
    public MarketInput plain() {
        InputHeader header = header();
        String id = orderId.toString();
        return switch (action) {
            case NEW ->
                new NewOrder(
                        header,
                        id,
                        clientId,
                        OrderWords.side(words),
                        OrderWords.type(words),
                        OrderWords.timeInForce(words),
                        price.toDecimal(),
                        quantity.toDecimal(),
                        stopPrice.toDecimal(),
                        displayQuantity.toDecimal(),
                        expires ? Long.valueOf(expireAt) : null,
                        OrderWords.isPostOnly(words),
                        OrderWords.selfTradePrevention(words));
            case CANCEL -> new CancelOrder(header, id, clientId);
            case REPLACE ->
                new ReplaceOrder(
                        header,
                        id,
                        clientId,
                        price.toDecimal(),
                        quantity.toDecimal(),
                        stopPrice.toDecimal(),
                        displayQuantity.toDecimal());
        };
    }

    @Override
    public String toString() {
        return plain().toString();
    }
}
