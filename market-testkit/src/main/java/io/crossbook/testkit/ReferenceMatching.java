package io.crossbook.testkit;

import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import io.crossbook.model.MarketEvent.BookLevel;
import io.crossbook.model.OrderType;
import io.crossbook.model.Phase;
import io.crossbook.model.Reason;
import io.crossbook.model.SelfTradePrevention;
import io.crossbook.model.Side;
import io.crossbook.model.TimeInForce;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What accepted commands do to the reference book: price, then time; phases, auctions, stops. */
final class ReferenceMatching {
    /** Bids from the best, then asks from the best. */
    static final Comparator<BookLevel> BEST_FIRST = Comparator.comparing(BookLevel::side)
            .thenComparing((one, other) -> one.side() == Side.BUY
                    ? Long.compare(other.price(), one.price())
                    : Long.compare(one.price(), other.price()));

    /** Sells before buys, sells from the highest stop price, buys from the lowest, then time of entry. */
    private static final Comparator<ReferenceOrder> STOPS_IN_TURN = Comparator.comparing(
                    (ReferenceOrder stop) -> stop.side == Side.SELL ? 0 : 1)
            .thenComparing(ReferenceMatching::stopRank)
            .thenComparing(stop -> stop.entry);

    private final Instrument instrument;
    private final ReferenceReports reports;

    /** By order id, in the order of their NEWs. */
    private final Map<String, ReferenceOrder> live = new LinkedHashMap<>();

    private final ReferenceSide bids = new ReferenceSide(Side.BUY);
    private final ReferenceSide asks = new ReferenceSide(Side.SELL);
    private final List<ReferenceOrder> waitingStops = new ArrayList<>();
    private final Queue<ReferenceOrder> triggeredStops = new ArrayDeque<>();
    private final List<Long> pricesOfRun = new ArrayList<>();
    private Phase phase = Phase.CONTINUOUS;
    private @Nullable Long lastTradePrice;
    private boolean leftInCall;
    private long entries;

    ReferenceMatching(Instrument instrument, ReferenceReports reports) {
        this.instrument = instrument;
        this.reports = reports;
    }

    private static long stopRank(ReferenceOrder stop) {
        long stopPrice = Objects.requireNonNull(stop.stopPrice);
        return stop.side == Side.SELL ? -stopPrice : stopPrice;
    }

    Phase phase() {
        return phase;
    }

    @Nullable
    ReferenceOrder live(String orderId) {
        return live.get(orderId);
    }

    List<ReferenceOrder> liveOrders() {
        return List.copyOf(live.values());
    }

    /** What is open in all live orders of a side, waiting stops too. */
    BigInteger openLots(Side side) {
        return live.values().stream()
                .filter(order -> order.side == side)
                .map(order -> BigInteger.valueOf(order.leaves()))
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    /** The last trade price; until there is one, the reference price stands for it. */
    @Nullable
    Decimal lastPrice() {
        return lastTradePrice == null ? instrument.referencePrice() : instrument.price(lastTradePrice);
    }

    @Nullable
    Decimal lastTradePrice() {
        return lastTradePrice == null ? null : instrument.price(lastTradePrice);
    }

    /** Whether the book may be crossed, since it has been in a CALL that did not end in CONTINUOUS. */
    boolean leftInCall() {
        return leftInCall;
    }

    List<BookLevel> levels() {
        return Stream.concat(bids.levels().stream(), asks.levels().stream()).toList();
    }

    private ReferenceSide side(Side side) {
        return side == Side.BUY ? bids : asks;
    }

    boolean wouldTrade(ReferenceOrder order) {
        ReferenceOrder best = side(order.side.opposite()).front();
        return best != null && order.accepts(best.priceOrNone());
    }

    boolean wouldTrade(Side side, long price) {
        ReferenceOrder best = side(side.opposite()).front();
        return best != null && (side == Side.BUY ? best.priceOrNone() <= price : best.priceOrNone() >= price);
    }

    void enter(ReferenceOrder order) {
        order.entry = ++entries;
        live.put(order.id, order);
        reports.entered(order);
        if (order.type.isStop()) {
            awaitTrigger(order);
        } else {
            workOrCollect(order);
        }
        runTriggeredStops();
    }

    /** A stop that is already through goes at once, while the market trades continuously. */
    private void awaitTrigger(ReferenceOrder stop) {
        Decimal last = lastPrice();
        if (phase == Phase.CONTINUOUS && last != null && isReached(stop, last)) {
            trigger(stop);
        } else {
            waitingStops.add(stop);
        }
    }

    private boolean isReached(ReferenceOrder stop, Decimal price) {
        int comparison =
                instrument.price(Objects.requireNonNull(stop.stopPrice)).compareTo(price);
        return stop.side == Side.SELL ? comparison >= 0 : comparison <= 0;
    }

    private void workOrCollect(ReferenceOrder order) {
        if (phase == Phase.CALL) {
            rest(order);
        } else {
            work(order);
        }
    }

    private void rest(ReferenceOrder order) {
        order.showFullPeak();
        side(order.side).add(order);
    }

    /** Takes what an order can get, best price and oldest first; what is left rests or is cancelled. */
    private void work(ReferenceOrder taker) {
        if (taker.timeInForce == TimeInForce.FOK && !isFillable(taker)) {
            end(taker, Reason.NOT_FILLABLE);
            return;
        }
        ReferenceSide opposite = side(taker.side.opposite());
        while (!taker.ended && wouldTrade(taker)) {
            ReferenceOrder maker = Objects.requireNonNull(opposite.front());
            if (taker.prevention != null && taker.client.equals(maker.client)) {
                preventSelfTrade(taker, maker, taker.prevention);
            } else {
                trade(taker, maker);
            }
        }
        if (taker.ended) {
            return;
        }
        if (taker.canRest()) {
            rest(taker);
        } else {
            end(taker, Reason.IMMEDIATE_REMAINDER);
        }
    }

    /**
     * Whether a fill-or-kill order can be filled whole. An order that prevents self-trades counts up to its client's
     * first own order: better prices whole, then what is displayed ahead of that order. If it cancels own orders, it
     * counts everything else.
     */
    private boolean isFillable(ReferenceOrder taker) {
        BigInteger wanted = BigInteger.valueOf(taker.leaves());
        BigInteger available = BigInteger.ZERO;
        for (List<ReferenceOrder> queue : side(taker.side.opposite()).queues()) {
            if (!taker.accepts(queue.get(0).priceOrNone())) {
                break;
            }
            boolean ownInQueue =
                    taker.prevention != null && queue.stream().anyMatch(maker -> maker.client.equals(taker.client));
            boolean stopsAtOwn = ownInQueue && taker.prevention != SelfTradePrevention.CANCEL_OLDEST;
            for (ReferenceOrder maker : queue) {
                boolean own = ownInQueue && maker.client.equals(taker.client);
                if (own && stopsAtOwn) {
                    return available.compareTo(wanted) >= 0;
                }
                if (!own) {
                    available = available.add(BigInteger.valueOf(stopsAtOwn ? maker.shown() : maker.leaves()));
                }
            }
        }
        return available.compareTo(wanted) >= 0;
    }

    /** One trade with the front order, at its price, with no more than it displays. */
    private void trade(ReferenceOrder taker, ReferenceOrder maker) {
        long price = maker.priceOrNone();
        long lots = Math.min(taker.leaves(), maker.shown());
        taker.fill(lots, price);
        maker.fill(lots, price);
        if (maker.leaves() == 0) {
            forget(maker);
        } else if (maker.shown() == 0) {
            ReferenceSide queueSide = side(maker.side);
            queueSide.remove(maker);
            rest(maker);
        }
        noteTrade(price);
        reports.traded(maker, taker, price, lots, taker.side);
        if (taker.ended) {
            live.remove(taker.id);
        }
    }

    private void noteTrade(long price) {
        lastTradePrice = price;
        pricesOfRun.add(price);
    }

    /** Takes an order out of the market. */
    private void forget(ReferenceOrder order) {
        live.remove(order.id);
        if (!waitingStops.remove(order) && side(order.side).orders().contains(order)) {
            side(order.side).remove(order);
        }
    }

    private void end(ReferenceOrder order, @Nullable Reason reason) {
        forget(order);
        reports.canceled(order, reason);
    }

    private void preventSelfTrade(ReferenceOrder taker, ReferenceOrder maker, SelfTradePrevention prevention) {
        if (prevention == SelfTradePrevention.DECREMENT) {
            long lots = Math.min(taker.leaves(), maker.leaves());
            decrement(maker, lots);
            decrement(taker, lots);
            return;
        }
        if (prevention != SelfTradePrevention.CANCEL_NEWEST) {
            end(maker, Reason.SELF_TRADE_PREVENTION);
        }
        if (prevention != SelfTradePrevention.CANCEL_OLDEST) {
            end(taker, Reason.SELF_TRADE_PREVENTION);
        }
    }

    private void decrement(ReferenceOrder order, long lots) {
        if (order.leaves() == lots) {
            end(order, Reason.SELF_TRADE_PREVENTION);
        } else {
            order.lowerTotalTo(order.total - lots);
            reports.replaced(order);
        }
    }

    void cancel(ReferenceOrder order) {
        end(order, null);
    }

    void cancelAll(String client) {
        liveOrders().stream().filter(order -> order.client.equals(client)).forEach(this::cancel);
    }

    void expireDue(long time) {
        liveOrders().stream()
                .filter(order -> order.expireAt != null && order.expireAt <= time)
                .forEach(this::expire);
    }

    private void expire(ReferenceOrder order) {
        forget(order);
        reports.expired(order);
    }

    /** Values that do not change come as they are. */
    void replace(
            ReferenceOrder order, @Nullable Long price, @Nullable Long stopPrice, long total, @Nullable Long display) {
        if (total <= order.filled) {
            end(order, Reason.REPLACED_TO_FILLED);
        } else if (order.waiting) {
            replaceWaiting(order, price, stopPrice, total, display);
        } else if (Objects.equals(price, order.price) && total <= order.total) {
            replaceInPlace(order, total, display);
        } else {
            replaceAtBack(order, price, total, display);
        }
        runTriggeredStops();
    }

    private void replaceWaiting(
            ReferenceOrder stop, @Nullable Long price, @Nullable Long stopPrice, long total, @Nullable Long display) {
        waitingStops.remove(stop);
        stop.price = price;
        stop.stopPrice = stopPrice;
        stop.total = total;
        stop.display = display;
        reports.replaced(stop);
        awaitTrigger(stop);
    }

    private void replaceInPlace(ReferenceOrder order, long total, @Nullable Long display) {
        boolean newDisplay = !Objects.equals(display, order.display);
        order.display = display;
        order.lowerTotalTo(total);
        if (newDisplay) {
            order.showFullPeak();
        }
        reports.replaced(order);
    }

    private void replaceAtBack(ReferenceOrder order, @Nullable Long price, long total, @Nullable Long display) {
        side(order.side).remove(order);
        order.price = price;
        order.total = total;
        order.display = display;
        order.entry = ++entries;
        reports.replaced(order);
        workOrCollect(order);
    }

    /** Runs what the trades so far triggered, group behind group, until no stop is left to run. */
    private void runTriggeredStops() {
        collectTriggered();
        while (!triggeredStops.isEmpty()) {
            trigger(triggeredStops.remove());
            collectTriggered();
        }
    }

    /** The stops that one aggressor's trades reached are one group, behind those that wait for their turn already. */
    private void collectTriggered() {
        List<ReferenceOrder> group = waitingStops.stream()
                .filter(stop -> pricesOfRun.stream().anyMatch(price -> isReached(stop, instrument.price(price))))
                .sorted(STOPS_IN_TURN)
                .toList();
        pricesOfRun.clear();
        waitingStops.removeAll(group);
        triggeredStops.addAll(group);
    }

    private void trigger(ReferenceOrder stop) {
        stop.waiting = false;
        stop.entry = ++entries;
        reports.triggered(stop);
        if (stop.postOnly && stop.type == OrderType.STOP_LIMIT && wouldTrade(stop)) {
            end(stop, Reason.POST_ONLY_WOULD_TRADE);
        } else {
            work(stop);
        }
    }

    void changePhase(Phase next) {
        Phase previous = phase;
        phase = next;
        leftInCall |= next == Phase.CALL;
        if (next == Phase.CLOSED) {
            liveOrders().stream()
                    .filter(order -> order.timeInForce == TimeInForce.DAY)
                    .forEach(this::expire);
        }
        if (next == Phase.CONTINUOUS && previous != Phase.CONTINUOUS) {
            if (previous == Phase.CALL) {
                leftInCall = false;
                uncross();
            }
            triggerReached();
        }
    }

    /** On the way into continuous trading the stops that the last price has reached form one group. */
    private void triggerReached() {
        Decimal last = lastPrice();
        List<ReferenceOrder> group = waitingStops.stream()
                .filter(stop -> last != null && isReached(stop, last))
                .sorted(STOPS_IN_TURN)
                .toList();
        pricesOfRun.clear();
        waitingStops.removeAll(group);
        triggeredStops.addAll(group);
        runTriggeredStops();
    }

    /** One price for all; both sides from the front by price and time of entry, hidden quantity too. */
    private void uncross() {
        ReferenceAuction.Result result = ReferenceAuction.clear(bids.orders(), asks.orders(), instrument, lastPrice());
        if (result == null) {
            return;
        }
        Queue<ReferenceOrder> buys = inTurn(bids, result.price());
        Queue<ReferenceOrder> sells = inTurn(asks, result.price());
        BigInteger open = result.volume();
        while (open.signum() > 0) {
            ReferenceOrder buy = buys.element();
            ReferenceOrder sell = sells.element();
            long lots = Math.min(buy.leaves(), sell.leaves());
            open = open.subtract(BigInteger.valueOf(lots));
            buy.fill(lots, result.price());
            sell.fill(lots, result.price());
            leaveIfFilled(buy, buys);
            leaveIfFilled(sell, sells);
            noteTrade(result.price());
            reports.traded(buy, sell, result.price(), lots, null);
        }
        Stream.concat(bids.orders().stream(), asks.orders().stream()).forEach(ReferenceOrder::showFullPeak);
    }

    private static Queue<ReferenceOrder> inTurn(ReferenceSide side, long auctionPrice) {
        Queue<ReferenceOrder> inTurn = new ArrayDeque<>();
        for (List<ReferenceOrder> queue : side.queues()) {
            queue.stream()
                    .filter(order -> order.accepts(auctionPrice))
                    .sorted(Comparator.comparing(order -> order.entry))
                    .forEach(inTurn::add);
        }
        return inTurn;
    }

    private void leaveIfFilled(ReferenceOrder order, Queue<ReferenceOrder> queue) {
        if (order.leaves() == 0) {
            queue.remove();
            forget(order);
        }
    }
}
