package io.crossbook.testkit;

import io.crossbook.model.Decimal;
import io.crossbook.model.InputHeader;
import io.crossbook.model.Instrument;
import io.crossbook.model.MarketEvent;
import io.crossbook.model.MarketEvent.BookDelta;
import io.crossbook.model.MarketEvent.BookLevel;
import io.crossbook.model.MarketEvent.BookSnapshot;
import io.crossbook.model.MarketEvent.BookSummary;
import io.crossbook.model.MarketEvent.Duplicate;
import io.crossbook.model.MarketEvent.FillReceived;
import io.crossbook.model.MarketEvent.IntervalEnded;
import io.crossbook.model.MarketEvent.Marked;
import io.crossbook.model.MarketEvent.PhaseBegun;
import io.crossbook.model.MarketInput;
import io.crossbook.model.MarketInput.CancelAll;
import io.crossbook.model.MarketInput.CancelOrder;
import io.crossbook.model.MarketInput.ClockTick;
import io.crossbook.model.MarketInput.ExternalFill;
import io.crossbook.model.MarketInput.MarkPrice;
import io.crossbook.model.MarketInput.NewOrder;
import io.crossbook.model.MarketInput.PhaseChange;
import io.crossbook.model.MarketInput.ReplaceOrder;
import io.crossbook.model.Origin;
import io.crossbook.model.Phase;
import io.crossbook.model.Reason;
import io.crossbook.model.Side;
import io.crossbook.model.Timestamps;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The slow, plain twin of the order book of one instrument: what the matching rules mean, said without any care for
 * speed. A book is right when it says the same events on every flow of commands.
 *
 * <p>The order of the events of one command is part of what is compared:
 *
 * <ol>
 *   <li>{@code IntervalEnded} and {@code BookSnapshot}, if the command opens a later snapshot interval than any before
 *       it; both carry the sequence of the command before and the end of the interval that was last open;
 *   <li>for each order that the command's time expires: {@code Execution} EXPIRED, {@code OrderState};
 *   <li>{@code Duplicate}; or {@code Execution} REJECTED and {@code Refused}; or {@code Marked}; or
 *       {@code FillReceived}; or {@code PhaseBegun} and then, or what the command does, as it happens;
 *   <li>{@code BookDelta}, if a level differs from what it was before the command.
 * </ol>
 *
 * <p>A trade is {@code Trade}, {@code Execution} TRADE of the maker (in an auction of the buyer), that of the other, then
 * the {@code OrderState} of each that is filled, in the same turn. Otherwise the {@code OrderState} of an order follows
 * right behind the execution that ended it. Without executions the same list stands without them.
 */
public final class ReferenceBook implements MarketBook {
    private static final Origin NO_ORIGIN = new Origin(0, 0, 0, 0);

    private record KeyOfClient(String client, String key) {}

    private record FirstUse(MarketInput content, long sequence) {}

    private final Instrument instrument;
    private final boolean bookDeltas;
    private final long snapshotIntervalNanos;
    private final boolean orderIdsForDay;
    private final ReferenceRules rules;
    private final ReferenceReports reports;
    private final ReferenceMatching market;

    private final Map<KeyOfClient, FirstUse> keysOfDay = new HashMap<>();
    private final Set<String> orderIdsOfDay = new HashSet<>();
    private long sequence;
    private long time;
    private long day;
    private long interval;
    private long firstTime;
    private long lastTime;
    private long acceptedRows;
    private long rejectedRows;
    private long duplicateRows;

    /**
     * @param executions whether to say {@code Execution}
     * @param bookDeltas whether to say {@code BookDelta}
     * @param snapshotIntervalNanos length of a snapshot interval; 0 for none
     * @param orderIdsForDay whether an order id stays used for its trading day, or for the life of its order only
     */
    public ReferenceBook(
            Instrument instrument,
            boolean executions,
            boolean bookDeltas,
            long snapshotIntervalNanos,
            boolean orderIdsForDay) {
        this.instrument = instrument;
        this.bookDeltas = bookDeltas;
        this.snapshotIntervalNanos = snapshotIntervalNanos;
        this.orderIdsForDay = orderIdsForDay;
        this.rules = new ReferenceRules(instrument);
        this.reports = new ReferenceReports(instrument, executions);
        this.market = new ReferenceMatching(instrument, reports);
    }

    /** Handles the next readable command of the instrument and says what it does. */
    @Override
    public void apply(MarketInput input, Consumer<? super MarketEvent> events) {
        if (!input.instrument().equals(instrument.symbol())) {
            throw new IllegalArgumentException(instrument.symbol() + ": command of " + input.instrument());
        }
        endInterval(input.transactTime(), events);
        begin(input, events);
        List<BookLevel> before = market.levels();
        rollDay();
        market.expireDue(time);
        judge(input);
        if (bookDeltas) {
            sayDelta(before);
        }
    }

    private void endInterval(long newTime, Consumer<? super MarketEvent> events) {
        if (snapshotIntervalNanos <= 0) {
            return;
        }
        long newInterval = Math.floorDiv(newTime, snapshotIntervalNanos);
        if (sequence > 0 && newInterval > interval) {
            long end = (interval + 1) * snapshotIntervalNanos;
            events.accept(new IntervalEnded(instrument.symbol(), sequence, end));
            events.accept(new BookSnapshot(instrument.symbol(), sequence, end, market.levels(), false));
        }
        interval = sequence == 0 ? newInterval : Math.max(interval, newInterval);
    }

    private void begin(MarketInput input, Consumer<? super MarketEvent> events) {
        sequence++;
        time = input.transactTime();
        firstTime = sequence == 1 ? time : Math.min(firstTime, time);
        lastTime = sequence == 1 ? time : Math.max(lastTime, time);
        reports.begin(sequence, time, events);
    }

    /** A later UTC date than any before begins a new trading day. */
    private void rollDay() {
        long newDay = Timestamps.utcDay(time);
        if (sequence == 1) {
            day = newDay;
        } else if (newDay > day) {
            day = newDay;
            forgetDay();
        }
    }

    private void forgetDay() {
        keysOfDay.clear();
        orderIdsOfDay.clear();
    }

    private void judge(MarketInput input) {
        int rows = input.header().origin().rows();
        Reference first = firstUseOfKey(input);
        try {
            if (first.duplicate) {
                duplicateRows += rows;
                reports.say(new Duplicate(input, sequence, first.sequence));
                return;
            }
            Refusal.when(first.reused, Reason.IDEMPOTENCY_KEY_REUSED, "the key came with other content before");
            execute(input);
            if (!(input instanceof ExternalFill)) {
                acceptedRows += rows;
            }
        } catch (Refusal refusal) {
            rejectedRows += rows;
            boolean orderRow = input instanceof NewOrder order && useId(order.orderId());
            reports.refused(input, refusal, orderRow);
        }
    }

    /** What an idempotency key points back to. */
    private record Reference(boolean duplicate, boolean reused, long sequence) {
        static final Reference NONE = new Reference(false, false, 0);
    }

    private Reference firstUseOfKey(MarketInput input) {
        String key = input.header().idempotencyKey();
        if (key == null) {
            return Reference.NONE;
        }
        String client = Objects.requireNonNullElse(Inputs.clientOf(input), "");
        MarketInput content = Inputs.withHeader(input, new InputHeader(instrument.symbol(), 0, NO_ORIGIN, key));
        FirstUse first = keysOfDay.putIfAbsent(new KeyOfClient(client, key), new FirstUse(content, sequence));
        if (first == null) {
            return Reference.NONE;
        }
        boolean same = first.content.equals(content);
        return new Reference(same, !same, first.sequence);
    }

    private boolean isTaken(String orderId) {
        return market.live(orderId) != null || (orderIdsForDay && orderIdsOfDay.contains(orderId));
    }

    /** Uses a free id up, also for an order that is refused; says whether it was free. */
    private boolean useId(String orderId) {
        if (isTaken(orderId)) {
            return false;
        }
        orderIdsOfDay.add(orderId);
        return true;
    }

    private void execute(MarketInput input) {
        if (input instanceof NewOrder order) {
            enter(order);
        } else if (input instanceof CancelOrder cancel) {
            market.cancel(ownedOrder(cancel.orderId(), cancel.clientId()));
        } else if (input instanceof ReplaceOrder replace) {
            replace(replace);
        } else if (input instanceof CancelAll all) {
            market.cancelAll(all.clientId());
        } else if (input instanceof PhaseChange change) {
            reports.say(new PhaseBegun(
                    instrument.symbol(), sequence, time, change.phase(), best(Side.BUY), best(Side.SELL)));
            market.changePhase(change.phase());
            if (change.phase() == Phase.CLOSED) {
                forgetDay();
            }
        } else if (input instanceof MarkPrice mark) {
            rules.judgeMark(mark.price());
            reports.say(new Marked(instrument.symbol(), sequence, time, mark.price()));
        } else if (input instanceof ExternalFill fill) {
            reports.say(new FillReceived(fill, sequence));
        } else if (!(input instanceof ClockTick)) {
            throw new IllegalArgumentException("no rule for " + input);
        }
    }

    private @Nullable Decimal best(Side side) {
        return market.levels().stream()
                .filter(level -> level.side() == side)
                .findFirst()
                .map(level -> instrument.price(level.price()))
                .orElse(null);
    }

    private void enter(NewOrder order) {
        Refusal.when(isTaken(order.orderId()), Reason.DUPLICATE_ORDER_ID, order.orderId() + " is already used today");
        rules.judgePhase(market.phase());
        rules.judgeNew(order, market.phase(), market.lastPrice(), market.openLots(order.side()));
        ReferenceOrder entering = new ReferenceOrder(
                order, sequence, ticks(order.price()), ticks(order.stopPrice()), lots(order.quantity()), null);
        entering.display = order.displayQuantity() == null ? null : lots(order.displayQuantity());
        boolean takesNoLiquidity = order.postOnly() && !order.type().isStop();
        Refusal.when(
                takesNoLiquidity && market.wouldTrade(entering),
                Reason.POST_ONLY_WOULD_TRADE,
                "would trade although it is post-only");
        useId(order.orderId());
        market.enter(entering);
    }

    private void replace(ReplaceOrder replace) {
        ReferenceOrder order = ownedOrder(replace.orderId(), replace.clientId());
        rules.judgePhase(market.phase());
        ReferenceRules.Change change =
                rules.judgeReplace(replace, order, market.lastPrice(), market.openLots(order.side));
        Long price = change.price() == null ? order.price : ticks(change.price());
        long total = change.quantity() == null ? order.total : lots(change.quantity());
        boolean entersAgain = market.phase() == Phase.CONTINUOUS
                && !order.waiting
                && total > order.filled
                && (!Objects.equals(price, order.price) || total > order.total);
        Refusal.when(
                order.postOnly && entersAgain && market.wouldTrade(order.side, Objects.requireNonNull(price)),
                Reason.POST_ONLY_WOULD_TRADE,
                "would trade although it is post-only");
        Long stopPrice = change.stopPrice() == null ? order.stopPrice : ticks(change.stopPrice());
        Long display = change.display() == null ? order.display : Long.valueOf(lots(change.display()));
        market.replace(order, price, stopPrice, total, display);
    }

    private ReferenceOrder ownedOrder(String orderId, @Nullable String clientId) {
        ReferenceOrder order = market.live(orderId);
        Refusal.when(order == null, Reason.UNKNOWN_ORDER, "no live order has the id " + orderId);
        ReferenceOrder found = Objects.requireNonNull(order);
        Refusal.when(
                clientId != null && !clientId.equals(found.client),
                Reason.NOT_OWNER,
                orderId + " belongs to another client");
        return found;
    }

    private @Nullable Long ticks(@Nullable Decimal price) {
        return price == null ? null : count(price, instrument.tickSize());
    }

    private long lots(Decimal quantity) {
        return count(quantity, instrument.lotSize());
    }

    private static long count(Decimal value, Decimal unit) {
        return value.toBigDecimal().divideToIntegralValue(unit.toBigDecimal()).longValueExact();
    }

    /** Names the levels that the command left otherwise than it found them; a level that is gone has nothing. */
    private void sayDelta(List<BookLevel> before) {
        List<BookLevel> after = market.levels();
        List<BookLevel> gone = before.stream()
                .filter(level -> after.stream().noneMatch(now -> isSameLevel(level, now)))
                .map(level -> new BookLevel(level.side(), level.price(), 0, 0, 0))
                .toList();
        List<BookLevel> changed = new ArrayList<>(Stream.concat(after.stream(), gone.stream())
                .filter(level -> !before.contains(level))
                .toList());
        changed.sort(ReferenceMatching.BEST_FIRST);
        if (!changed.isEmpty()) {
            reports.say(new BookDelta(instrument.symbol(), sequence, time, List.copyOf(changed), 0));
        }
    }

    private static boolean isSameLevel(BookLevel one, BookLevel other) {
        return one.side() == other.side() && one.price() == other.price();
    }

    /** Says what is left at the end of the run: live orders as they came, the book, the account of the input. */
    @Override
    public void finish(Consumer<? super MarketEvent> events) {
        for (ReferenceOrder order : market.liveOrders()) {
            events.accept(reports.state(order, order.openStatus(), null));
        }
        events.accept(new BookSnapshot(instrument.symbol(), sequence, time, market.levels(), true));
        events.accept(new BookSummary(
                instrument.symbol(),
                sequence,
                time,
                acceptedRows,
                rejectedRows,
                duplicateRows,
                reports.tradeCount(),
                reports.volume(),
                firstTime,
                lastTime,
                market.lastTradePrice(),
                market.leftInCall(),
                false,
                0));
    }
}
