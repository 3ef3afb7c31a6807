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
    /** Bids and asks, and the open lots of live orders, by ordinal of the side: an index is never guessed wrong. */
    private final PriceLevels[] sides;

    private final long[] openLots = new long[2];
    private final LastPrice last;
    private final OrderRules rules;
    private final Auction auction;
    private final SelfTrades selfTrades;
    private final Replacement replacement;
    private final SlotList list = new SlotList();

    private Phase phase = Phase.CONTINUOUS;
    /** Whether every live order came in on this trading day, so that its id is among those used. */
    private boolean liveIdsAreUsed;

    private boolean mayBeCrossed;
    private long sequence;
    private long time;
    private long entries;
    private long tradeNo;
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
        replacement = new Replacement(this, orders, rules, stops, listener);
    }

    /** Starts a command: GTD orders that are due expire, by sequence of their NEW. */
    public void begin(long commandSequence, long transactTime) {
        sequence = commandSequence;
        time = transactTime;
        if (expiries.isDue(transactTime)) {
            expireDue();
        }
    }

    private void expireDue() {
        list.clear();
        while (expiries.isDue(time)) {
            list.add(expiries.removeFirst());
        }
        // Ending an order takes it out of the heap, so all must be in it.
        for (int i = 0; i < list.size(); i++) {
            expiries.add(list.get(i));
        }
        expireListed();
    }

    private void expireListed() {
        list.sortBySequence(orders);
        for (int i = 0; i < list.size(); i++) {
            int order = list.get(i);
            listener.expired(order);
            release(order);
        }
    }

    /** NEW. A refused one uses up its id too, unless that is taken. */
    public @Nullable Reason enter(OrderTicket ticket) {
        if (!takeId(ticket.idHigh, ticket.idLow)) {
            return Reason.DUPLICATE_ORDER_ID;
        }
        @Nullable Reason refusal = judge(ticket);
        if (refusal != null) {
            return refusal;
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

    private @Nullable Reason judge(OrderTicket ticket) {
        if (phase == Phase.HALTED || phase == Phase.CLOSED) {
            return closedReason();
        }
        @Nullable Reason refusal = rules.judgeNew(ticket, openLots[ticket.side()]);
        if (refusal != null) {
            return refusal;
        }
        if (ticket.isGoodTillDate() && ticket.expireAt <= time) {
            return Reason.EXPIRY_IN_PAST;
        }
        if (phase == Phase.CALL && !ticket.isCollectedInCall()) {
            return Reason.NOT_ALLOWED_IN_CALL;
        }
        boolean wouldTake = ticket.postOnly
                && ticket.isLimit()
                && phase == Phase.CONTINUOUS
                && wouldTrade(ticket.side(), ticket.price);
        return wouldTake ? Reason.POST_ONLY_WOULD_TRADE : null;
    }

    private Reason closedReason() {
        return phase == Phase.HALTED ? Reason.MARKET_HALTED : Reason.MARKET_CLOSED;
    }

    /** Whether a limit order would trade at once: in CONTINUOUS, at the opposite best price. */
    boolean wouldTrade(int side, long price) {
        PriceLevels makers = sides[1 - side];
        return !makers.isEmpty() && makers.bestKey() >= makers.key(price);
    }

    private int accept(OrderTicket ticket) {
        int order = orders.add(ticket, sequence, time, ++entries);
        addOpen(ticket.side(), ticket.quantity);
        if (ticket.isGoodTillDate()) {
            expiries.add(order);
        }
        listener.accepted(order);
        return order;
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
        if (orders.isPostOnly(order)
                && orders.hasPrice(order)
                && wouldTrade(orders.sideNumber(order), orders.price(order))) {
            cancel(order, Reason.POST_ONLY_WOULD_TRADE);
        } else {
            match(order);
        }
    }

    /** Groups of triggered stops run in the order they were triggered; what they trigger comes behind. */
    private void runTriggeredStops() {
        while (stops.hasTriggered()) {
            startStop(stops.takeTriggered());
        }
    }

    /** Runs an aggressor to its end, then triggers the stops that its trades reached as one group. */
    private void match(int taker) {
        PriceLevels makers = sides[1 - orders.sideNumber(taker)];
        long limit = orders.hasPrice(taker) ? makers.key(orders.price(taker)) : Long.MIN_VALUE;
        if (makers.isEmpty() || makers.bestKey() < limit) {
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
        stops.trigger(lowestTraded, highestTraded);
    }

    /** Fills from the opposite queue, best price and oldest first; {@code false} if the taker has ended. */
    private boolean sweep(int taker, PriceLevels makers, long limit) {
        boolean preventsSelfTrade = orders.preventsSelfTrade(taker);
        while (!makers.isEmpty() && makers.bestKey() >= limit) {
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
            refillOrEnd(maker, price, makers);
        }
        if (orders.shown(taker) > 0) {
            return true;
        }
        endFilled(taker);
        return false;
    }

    /** Says a trade that both orders are already lowered by. Each command marks its own aggressor as changed. */
    void noteTrade(int maker, int taker, long price, long quantity, boolean inAuction) {
        openLots[0] -= quantity;
        openLots[1] -= quantity;
        orders.setChanged(maker, sequence, time);
        last.trade(price);
        lowestTraded = Math.min(lowestTraded, price);
        highestTraded = Math.max(highestTraded, price);
        listener.traded(++tradeNo, maker, taker, price, quantity, inAuction);
    }

    /** A used-up peak is refilled at the back of its level; an order with nothing left is filled. */
    private void refillOrEnd(int maker, long price, PriceLevels makers) {
        long leaves = orders.hidden(maker);
        if (leaves == 0) {
            listener.filled(maker);
            makers.removeFront(maker);
            forget(maker);
            return;
        }
        long peak = orders.peak(maker, leaves);
        makers.setOpen(maker, price, peak, leaves - peak);
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
        sides[orders.sideNumber(order)].append(order, orders.price(order));
    }

    /** An order can be found by its id from when it first rests or waits; many end before. */
    private void settle(int order, int state) {
        if (!orders.isIndexed(order)) {
            live.add(order);
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

    /** Takes an ended order out of wherever it is and frees its slot. */
    private void release(int order) {
        int side = orders.sideNumber(order);
        int state = orders.state(order);
        if (state == OrderSlab.RESTING) {
            sides[side].remove(order, orders.price(order));
        } else if (state == OrderSlab.WAITING) {
            stops.remove(order);
        }
        addOpen(side, -orders.leaves(order));
        forget(order);
    }

    private void forget(int order) {
        if (orders.isGoodTillDate(order)) {
            expiries.remove(order);
        }
        if (orders.isIndexed(order)) {
            live.remove(order);
        }
        orders.free(order);
    }

    /** CANCEL_ALL: the live orders of a client, by sequence of their NEW. */
    public void cancelAll(int client) {
        list.clear();
        for (int order = 0; order < orders.highest(); order++) {
            if (orders.isLiveOf(order, client)) {
                list.add(order);
            }
        }
        list.sortBySequence(orders);
        for (int i = 0; i < list.size(); i++) {
            cancel(list.get(i), null);
        }
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

    /** Takes a resting order out of its queue so that it runs with a new time of entry. */
    void takeOut(int order) {
        sides[orders.sideNumber(order)].remove(order, orders.price(order));
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
        addOpen(side, leaves - orders.leaves(order));
        sides[side].setOpen(order, orders.price(order), shown, leaves - shown);
    }

    /** Lowers what a running order has open. */
    void lowerRunning(int order, long quantity) {
        addOpen(orders.sideNumber(order), -quantity);
        orders.setOpen(order, orders.shown(order) - quantity, 0);
    }

    /** Marks an order as changed by this command. */
    void markChanged(int order) {
        orders.setChanged(order, sequence, time);
    }

    /** PHASE. CALL to CONTINUOUS uncrosses, CLOSED expires DAY orders. */
    public void changePhase(Phase next) {
        Phase before = phase;
        phase = next;
        if (next == Phase.CALL) {
            mayBeCrossed = true;
        } else if (next == Phase.CLOSED) {
            expireDayOrders();
        } else if (next == Phase.CONTINUOUS && before != Phase.CONTINUOUS) {
            if (before == Phase.CALL) {
                auction.uncross();
                mayBeCrossed = false;
            }
            if (last.isKnown()) {
                stops.trigger(last.ceiling(), last.floor());
            }
            runTriggeredStops();
        }
    }

    private void expireDayOrders() {
        list.clear();
        for (int order = 0; order < orders.highest(); order++) {
            if (orders.state(order) != OrderSlab.FREE && orders.timeInForce(order) == TimeInForce.DAY) {
                list.add(order);
            }
        }
        expireListed();
    }

    /** Ends the trading day for order ids; those of live orders stay taken. */
    void forgetIds() {
        usedIds.clear();
        liveIdsAreUsed = remembersIds && live.size() == 0;
    }

    void addOpen(int side, long lots) {
        openLots[side] += lots;
    }

    long openLots(Side side) {
        return openLots[side.ordinal()];
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
        addOpen(orders.sideNumber(order), orders.leaves(order));
        if (orders.isGoodTillDate(order)) {
            expiries.add(order);
        }
        if (waiting) {
            stops.add(order);
        } else {
            sides[orders.sideNumber(order)].append(order, orders.price(order));
        }
    }
}
