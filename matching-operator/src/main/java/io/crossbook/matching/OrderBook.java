package io.crossbook.matching;

import io.crossbook.model.MarketEvent.BookLevel;
import io.crossbook.model.Phase;
import io.crossbook.model.Reason;
import io.crossbook.model.Side;
import io.crossbook.model.TimeInForce;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The price-time matcher of one instrument, with every rule of docs/decisions/0001. Prices are ticks, quantities lots.
 *
 * <p>Layout: an order is a slot of an {@link OrderSlab}. Resting orders queue in the {@link PriceLevels} of their side,
 * waiting stops in {@link StopOrders}; an {@link IdIndex} finds live orders by the key of their id, an
 * {@link ExpiryQueue} those that end by time, and {@link UsedIds} remembers the ids of the trading day. In steady state
 * a command allocates nothing.
 *
 * <p>Use: {@link #begin} tells sequence and time of a command and expires what is due; then comes one of
 * {@link #enter}, {@link #cancel}, {@link #replace}, {@link #cancelAll}, {@link #changePhase}, or nothing. Each returns
 * why it was refused, or {@code null}. What happens is said to the {@link BookListener} in order.
 */
public final class OrderBook {
    /** Stands for a CANCEL or REPLACE that names no client. */
    public static final int ANY_CLIENT = -1;

    /** A client that has no order in this book. */
    public static final int UNKNOWN_CLIENT = -2;

    private final BookListener listener;
    private final boolean remembersIds;
    private final OrderSlab orders;
    private final IdIndex live;
    private final UsedIds usedIds = new UsedIds();
    private final ExpiryQueue expiries;
    private final StopOrders stops;
    private final PriceLevels bids;
    private final PriceLevels asks;
    /** Bids and asks by ordinal of the side: an index is never guessed wrong. */
    private final PriceLevels[] sides;

    private final LastPrice last;
    private final OrderRules rules;
    private final Auction auction;
    private final SelfTrades selfTrades;
    private final Replacement replacement;
    private final MassEndings endings;

    private Phase phase = Phase.CONTINUOUS;
    /** Whether every live order came in on this trading day, so that its id is among those used. */
    private boolean liveIdsAreUsed;

    private boolean mayBeCrossed;
    private boolean stopsAreTriggered;
    private long sequence;
    private long time;
    private long entries;
    private long tradeNo;
    /** The earliest in {@link #expiries}, beside what each command looks at. */
    private long nextExpiry = ExpiryQueue.NEVER;

    private long lowestTraded;
    private long highestTraded;

    /** @param remembersIds whether an id stays taken for the trading day after its order has ended */
    public OrderBook(MarketRules market, boolean remembersIds, BookListener listener) {
        this(market, remembersIds, listener, new OrderSlab(), null);
    }

    /** @param changes told of each level before it changes, or {@code null} */
    OrderBook(
            MarketRules market,
            boolean remembersIds,
            BookListener listener,
            OrderSlab orders,
            @Nullable LevelChanges changes) {
        this.listener = listener;
        this.remembersIds = remembersIds;
        liveIdsAreUsed = remembersIds;
        this.orders = orders;
        live = new IdIndex(orders);
        expiries = new ExpiryQueue(orders);
        stops = new StopOrders(orders);
        bids = new PriceLevels(orders, Side.BUY, true, changes);
        asks = new PriceLevels(orders, Side.SELL, false, changes);
        sides = new PriceLevels[] {bids, asks};
        last = new LastPrice(market);
        rules = new OrderRules(market, last, orders);
        auction = new Auction(this, orders, bids, asks, last);
        selfTrades = new SelfTrades(this, orders, listener);
        endings = new MassEndings(this, orders, expiries);
        replacement = new Replacement(this, orders, rules, stops, listener);
    }

    /** Starts a command: GTD orders that are due expire, by sequence of their NEW. */
    public void begin(long commandSequence, long transactTime) {
        sequence = commandSequence;
        time = transactTime;
        if (nextExpiry <= transactTime) {
            endings.expireDue(transactTime);
        }
    }

    /** NEW. A refused one uses up its id too, unless that is taken. */
    public @Nullable Reason enter(OrderTicket ticket) {
        if (!takeId(ticket.idHigh, ticket.idLow)) {
            return Reason.DUPLICATE_ORDER_ID;
        }
        boolean plain = ticket.isPlainLimit();
        @Nullable Reason refusal = judge(ticket, plain);
        if (refusal != null) {
            return refusal;
        }
        if (plain) {
            PriceLevels side = sides[ticket.side()];
            long key = side.key(ticket.price);
            if (restsAt(ticket.side(), key)) {
                restAtOnce(ticket, side, key);
                return null;
            }
        }
        int order = accept(ticket);
        if (ticket.isStop()) {
            holdOrTrigger(order);
        } else if (phase == Phase.CALL) {
            rest(order);
        } else {
            match(order);
        }
        runTriggeredStops();
        return null;
    }

    /** Uses up an order id; {@code false} if it is taken, on this trading day or by a live order. */
    boolean takeId(long idHigh, long idLow) {
        if (!liveIdsAreUsed && live.find(idHigh, idLow) != OrderSlab.NONE) {
            return false;
        }
        return !remembersIds || usedIds.add(idHigh, idLow);
    }

    private @Nullable Reason judge(OrderTicket ticket, boolean plain) {
        if (phase == Phase.HALTED || phase == Phase.CLOSED) {
            return closedReason();
        }
        @Nullable Reason refusal = rules.judgeNew(ticket, plain, hasRoom(ticket.side(), ticket.quantity));
        if (refusal != null) {
            return refusal;
        }
        if (plain) {
            return null;
        }
        if (ticket.isGoodTillDate() && ticket.expireAt <= time) {
            return Reason.EXPIRY_IN_PAST;
        }
        if (phase == Phase.CALL && !ticket.isCollectedInCall()) {
            return Reason.NOT_ALLOWED_IN_CALL;
        }
        boolean wouldTake = ticket.isPostOnly()
                && ticket.isLimit()
                && phase == Phase.CONTINUOUS
                && wouldTrade(ticket.side(), sides[ticket.side()].key(ticket.price));
        return wouldTake ? Reason.POST_ONLY_WOULD_TRADE : null;
    }

    private Reason closedReason() {
        return phase == Phase.HALTED ? Reason.MARKET_HALTED : Reason.MARKET_CLOSED;
    }

    /** Whether a limit order, by the key of its price, would trade at once: in CONTINUOUS, at the opposite best price. */
    private boolean wouldTrade(int side, long key) {
        return sides[1 - side].bestKey() >= -key;
    }

    /** Whether a live order at this price would trade at once. */
    boolean wouldTradeAt(int order, long price) {
        int side = orders.sideNumber(order);
        return wouldTrade(side, sides[side].key(price));
    }

    /** What most orders do: a plain limit order that meets nothing waits at the back of its level. */
    private void restAtOnce(OrderTicket ticket, PriceLevels side, long key) {
        int level = side.levelFor(key);
        int order = orders.take();
        int chained = live.add(order, ticket.idHigh, ticket.idLow);
        orders.setResting(order, ticket, level, chained, sequence, time, ++entries);
        side.addLots(ticket.quantity);
        listener.accepted(order);
        side.append(order, level, ticket.quantity, 0);
    }

    /** Whether a limit order that is accepted waits at its price without trading first. */
    private boolean restsAt(int side, long key) {
        return phase == Phase.CALL || !wouldTrade(side, key);
    }

    private int accept(OrderTicket ticket) {
        int order = orders.add(ticket, sequence, time, ++entries);
        sides[ticket.side()].addLots(ticket.quantity);
        if (ticket.isGoodTillDate()) {
            awaitExpiry(order);
        }
        listener.accepted(order);
        return order;
    }

    private void awaitExpiry(int order) {
        expiries.add(order);
        nextExpiry = expiries.earliest();
    }

    /** A stop waits unless the last price is through already. */
    void holdOrTrigger(int order) {
        if (phase == Phase.CONTINUOUS && last.reaches(orders.isBuy(order), orders.stopPrice(order))) {
            startStop(order);
        } else {
            settle(order, OrderSlab.WAITING);
            stops.add(order);
        }
    }

    private void startStop(int order) {
        orders.setTriggered(order);
        orders.setState(order, OrderSlab.RUNNING);
        orders.setEntry(order, ++entries);
        orders.setChanged(order, sequence, time);
        listener.triggered(order);
        if (orders.isPostOnly(order) && orders.hasPrice(order) && wouldTradeAt(order, orders.price(order))) {
            cancel(order, Reason.POST_ONLY_WOULD_TRADE);
        } else {
            match(order);
        }
    }

    /** Groups of triggered stops run in the order they were triggered; what they trigger comes behind. */
    private void runTriggeredStops() {
        while (stopsAreTriggered) {
            int stop = stops.takeTriggered();
            stopsAreTriggered = stops.hasTriggered();
            startStop(stop);
        }
    }

    private void triggerStops(long lowest, long highest) {
        stops.trigger(lowest, highest);
        stopsAreTriggered = stops.hasTriggered();
    }

    /** Runs an aggressor to its end, then triggers the stops that its trades reached as one group. */
    private void match(int taker) {
        PriceLevels makers = sides[1 - orders.sideNumber(taker)];
        long limit = orders.hasPrice(taker) ? makers.key(orders.price(taker)) : PriceLevels.NO_KEY + 1;
        if (makers.bestKey() < limit) {
            settleRemainder(taker);
            return;
        }
        if (!orders.canRest(taker)
                && orders.timeInForce(taker) == TimeInForce.FOK
                && !selfTrades.canFill(taker, makers, limit)) {
            cancel(taker, Reason.NOT_FILLABLE);
            return;
        }
        lowestTraded = Long.MAX_VALUE;
        highestTraded = Long.MIN_VALUE;
        if (sweep(taker, makers, limit)) {
            settleRemainder(taker);
        }
        triggerStops(lowestTraded, highestTraded);
    }

    /** Fills from the opposite queue, best price and oldest first; {@code false} if the taker has ended. */
    private boolean sweep(int taker, PriceLevels makers, long limit) {
        boolean preventsSelfTrade = orders.preventsSelfTrade(taker);
        while (makers.bestKey() >= limit) {
            int maker = makers.front();
            if (preventsSelfTrade && orders.client(maker) == orders.client(taker)) {
                if (!selfTrades.prevent(taker, maker, makers)) {
                    return false;
                }
            } else if (!trade(taker, maker, makers)) {
                return false;
            }
        }
        return true;
    }

    /** One trade at the resting order's price, of no more than it displays; {@code false} if the taker is filled. */
    private boolean trade(int taker, int maker, PriceLevels makers) {
        long price = makers.bestPrice();
        long quantity = Math.min(orders.shown(taker), orders.shown(maker));
        makers.fill(maker, quantity, price);
        orders.fill(taker, quantity, price);
        noteTrade(maker, taker, price, quantity, false);
        if (orders.shown(maker) == 0) {
            refillOrEnd(maker, makers);
        }
        if (orders.shown(taker) > 0) {
            return true;
        }
        endFilled(taker);
        return false;
    }

    /** Says a trade that both orders are already lowered by. Each command marks its own aggressor as changed. */
    void noteTrade(int maker, int taker, long price, long quantity, boolean inAuction) {
        orders.setChanged(maker, sequence, time);
        last.trade(price);
        lowestTraded = Math.min(lowestTraded, price);
        highestTraded = Math.max(highestTraded, price);
        listener.traded(++tradeNo, maker, taker, price, quantity, inAuction);
    }

    /** A used-up peak is refilled at the back of its level; an order with nothing left is filled. */
    private void refillOrEnd(int maker, PriceLevels makers) {
        long leaves = orders.hidden(maker);
        if (leaves == 0) {
            listener.filled(maker);
            makers.removeFront(maker);
            forget(maker);
            return;
        }
        long peak = orders.peak(maker, leaves);
        makers.setOpen(maker, peak, leaves - peak);
        makers.requeue(maker);
    }

    void endFilled(int order) {
        listener.filled(order);
        release(order);
    }

    /** What an aggressor has left rests if it can; the rest of any other is cancelled. */
    private void settleRemainder(int order) {
        if (orders.canRest(order)) {
            rest(order);
        } else {
            boolean wholeOrNothing = orders.timeInForce(order) == TimeInForce.FOK;
            cancel(order, wholeOrNothing ? Reason.NOT_FILLABLE : Reason.IMMEDIATE_REMAINDER);
        }
    }

    private void rest(int order) {
        if (orders.isIceberg(order)) {
            long leaves = orders.leaves(order);
            long peak = orders.peak(order, leaves);
            orders.setOpen(order, peak, leaves - peak);
        }
        settle(order, OrderSlab.RESTING);
        join(order);
    }

    /** Puts a resting order at the back of the queue of its price. */
    private void join(int order) {
        PriceLevels side = sides[orders.sideNumber(order)];
        int level = side.levelFor(side.key(orders.price(order)));
        orders.setLevel(order, level);
        side.append(order, level, orders.shown(order), orders.hidden(order));
    }

    /** An order can be found by its id from when it first rests or waits; many end before. */
    private void settle(int order, int state) {
        if (!orders.isIndexed(order)) {
            orders.setChained(order, live.add(order, orders.idHigh(order), orders.idLow(order)));
        }
        orders.settle(order, state);
    }

    /** CANCEL of a live order by its owner. */
    public @Nullable Reason cancel(long idHigh, long idLow, int client) {
        int order = live.find(idHigh, idLow);
        if (order == OrderSlab.NONE) {
            return Reason.UNKNOWN_ORDER;
        }
        if (client != ANY_CLIENT && client != orders.client(order)) {
            return Reason.NOT_OWNER;
        }
        cancel(order, null);
        return null;
    }

    void cancel(int order, @Nullable Reason reason) {
        listener.canceled(order, reason);
        release(order);
    }

    void expire(int order) {
        listener.expired(order);
        release(order);
    }

    /** Takes an ended order out of wherever it is and frees its slot. */
    private void release(int order) {
        int side = orders.sideNumber(order);
        int state = orders.state(order);
        if (state == OrderSlab.RESTING) {
            sides[side].remove(order);
        } else if (state == OrderSlab.WAITING) {
            stops.remove(order);
        }
        forget(order);
    }

    private void forget(int order) {
        if (orders.isGoodTillDate(order)) {
            expiries.remove(order);
            nextExpiry = expiries.earliest();
        }
        if (orders.isIndexed(order)) {
            live.remove(order);
        }
        orders.free(order);
    }

    /** CANCEL_ALL: the live orders of a client, by sequence of their NEW. */
    public void cancelAll(int client) {
        endings.cancelAll(client);
    }

    /** REPLACE. {@link OrderTicket#NONE} leaves a value as it is; the ticket's side, type and the like are not read. */
    public @Nullable Reason replace(OrderTicket ticket) {
        int order = live.find(ticket.idHigh, ticket.idLow);
        if (order == OrderSlab.NONE) {
            return Reason.UNKNOWN_ORDER;
        }
        if (ticket.client != ANY_CLIENT && ticket.client != orders.client(order)) {
            return Reason.NOT_OWNER;
        }
        if (phase == Phase.HALTED || phase == Phase.CLOSED) {
            return closedReason();
        }
        @Nullable Reason refusal = replacement.judge(ticket, order);
        if (refusal != null) {
            return refusal;
        }
        replacement.carryOut(ticket, order);
        runTriggeredStops();
        return null;
    }

    /**
     * Moves a plain resting order with what it will have open to the back of a price at which it meets nothing;
     * {@code false} if it would trade there.
     */
    boolean requeue(int order, long price, long leaves) {
        PriceLevels side = sides[orders.sideNumber(order)];
        long key = side.key(price);
        if (!restsAt(orders.sideNumber(order), key)) {
            return false;
        }
        side.addLots(Math.max(0, leaves - orders.shown(order)));
        side.remove(order);
        int level = side.levelFor(key);
        orders.move(order, level, price, leaves, ++entries);
        listener.replaced(order);
        side.append(order, level, leaves, 0);
        return true;
    }

    /** Takes a resting order out of its queue so that it runs with a new time of entry. */
    void takeOut(int order) {
        sides[orders.sideNumber(order)].remove(order);
        orders.setState(order, OrderSlab.RUNNING);
        orders.setEntry(order, ++entries);
    }

    /** Lets a replaced order run: it trades if it can and the market is open for it, and rests. */
    void reenter(int order) {
        if (phase == Phase.CALL) {
            rest(order);
        } else {
            match(order);
        }
    }

    /** Sets what a resting order has open and displays of it; its place stays. */
    void setLeaves(int order, long leaves, long shown) {
        int side = orders.sideNumber(order);
        sides[side].setOpen(order, shown, leaves - shown);
    }

    /** Lowers what a running order has open. */
    void lowerRunning(int order, long quantity) {
        orders.setOpen(order, orders.shown(order) - quantity, 0);
    }

    /** Marks an order as changed by this command. */
    void markChanged(int order) {
        orders.setChanged(order, sequence, time);
    }

    /** When the next GTD order is due, {@link ExpiryQueue#NEVER} if none waits. */
    long nextExpiry() {
        return nextExpiry;
    }

    /** PHASE. CALL to CONTINUOUS uncrosses, CLOSED expires DAY orders. */
    public void changePhase(Phase next) {
        Phase before = phase;
        phase = next;
        if (next == Phase.CALL) {
            mayBeCrossed = true;
        } else if (next == Phase.CLOSED) {
            endings.expireDayOrders();
        } else if (next == Phase.CONTINUOUS && before != Phase.CONTINUOUS) {
            if (before == Phase.CALL) {
                auction.uncross();
                mayBeCrossed = false;
            }
            if (last.isKnown()) {
                triggerStops(last.ceiling(), last.floor());
            }
            runTriggeredStops();
        }
    }

    /** Ends the trading day for order ids; those of live orders stay taken. */
    void forgetIds() {
        usedIds.clear();
        liveIdsAreUsed = remembersIds && live.size() == 0;
    }

    /** Whether the live orders of a side, waiting stops included, may have this many lots more: 63 bits hold all. */
    boolean hasRoom(int side, long lots) {
        PriceLevels levels = sides[side];
        if (lots > Long.MAX_VALUE - levels.mostLots()) {
            levels.setMostLots(levels.lots() + stops.side(side).lots());
        }
        return lots <= Long.MAX_VALUE - levels.mostLots();
    }

    OrderSlab orders() {
        return orders;
    }

    PriceLevels side(Side side) {
        return sides[side.ordinal()];
    }

    StopOrders stops() {
        return stops;
    }

    UsedIds usedIds() {
        return usedIds;
    }

    LastPrice last() {
        return last;
    }

    public Phase phase() {
        return phase;
    }

    /** Number of trades so far. */
    public long tradeNo() {
        return tradeNo;
    }

    /** Number of live orders, waiting stops included. */
    public int liveOrders() {
        return live.size();
    }

    /** The slot of a live order, or {@link OrderSlab#NONE}. */
    int find(long idHigh, long idLow) {
        return live.find(idHigh, idLow);
    }

    /** A price level as it is; zeros if no order has that price. */
    BookLevel level(Side side, long price) {
        PriceLevels levels = side(side);
        int position = levels.positionOf(price);
        return position < 0 ? new BookLevel(side, price, 0, 0, 0) : levels.bookLevel(position);
    }

    /** Whether the book is in a CALL, or left one otherwise than to CONTINUOUS, so that it may be crossed. */
    boolean leftInCall() {
        return mayBeCrossed;
    }

    void writeMarket(DataOutput out) throws IOException {
        out.writeByte(phase.ordinal());
        out.writeBoolean(mayBeCrossed);
        out.writeLong(entries);
        out.writeLong(tradeNo);
        out.writeBoolean(last.hasTraded());
        out.writeLong(last.traded());
    }

    void readMarket(DataInput in) throws IOException {
        phase = Phase.values()[in.readByte()];
        mayBeCrossed = in.readBoolean();
        entries = in.readLong();
        tradeNo = in.readLong();
        boolean traded = in.readBoolean();
        long price = in.readLong();
        if (traded) {
            last.trade(price);
        }
    }

    /** Puts a restored order behind those of its queue that were restored before. */
    void restore(int order, boolean waiting) {
        // Its id may be of an earlier day.
        liveIdsAreUsed = false;
        settle(order, waiting ? OrderSlab.WAITING : OrderSlab.RESTING);
        sides[orders.sideNumber(order)].addLots(orders.leaves(order));
        if (orders.isGoodTillDate(order)) {
            awaitExpiry(order);
        }
        if (waiting) {
            stops.add(order);
        } else {
            join(order);
        }
    }
}
