package io.crossbook.matching;

import io.crossbook.model.Decimal;
import io.crossbook.model.DecimalField;
import io.crossbook.model.Fingerprint;
import io.crossbook.model.Instrument;
import io.crossbook.model.MarketEvent;
import io.crossbook.model.MarketEvent.BookLevel;
import io.crossbook.model.MarketInput;
import io.crossbook.model.MarketInput.CancelAll;
import io.crossbook.model.MarketInput.ClockTick;
import io.crossbook.model.MarketInput.ExternalFill;
import io.crossbook.model.MarketInput.MarkPrice;
import io.crossbook.model.MarketInput.NewOrder;
import io.crossbook.model.MarketInput.PhaseChange;
import io.crossbook.model.OrderCommand;
import io.crossbook.model.Phase;
import io.crossbook.model.Reason;
import io.crossbook.model.Side;
import io.crossbook.model.Timestamps;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One instrument's matcher as an operator holds it: commands in, the whole list of events out.
 *
 * <p>It numbers the commands, says ended snapshot intervals, rolls the trading day, recognises repeats by their
 * idempotency key, turns decimals into ticks and lots, has the {@link OrderBook} match, and counts. Each command is
 * handled in the order of docs/decisions/0001: interval, day, expiries, key, command, changed levels.
 *
 * <p>{@link #write} and {@link #read} keep everything but the ids and keys of the trading day, which grow all day:
 * {@link #drainNewIds} and {@link #drainNewKeys} give out what is new, {@link #addUsedIds} and {@link #addUsedKeys} take
 * it back, and what was drained under an earlier {@link #idDay} is no longer needed.
 */
public final class LiveBook {
    /** A mark has no more digits behind the point. */
    static final int MARK_DIGITS = 18;

    private final Instrument instrument;
    private final MatchingSettings settings;
    private final ClientNumbers clients;
    private final BookEvents events;
    private final @Nullable LevelChanges changes;
    private final BookChecksum checksum;
    private final OrderBook book;
    private final RefusalText refusals;
    private final RememberedKeys keys = new RememberedKeys();
    private final OrderTicket ticket = new OrderTicket();
    private final Fingerprint fingerprint = new Fingerprint();
    /** Where plain order commands are put. */
    private final OrderCommand command = new OrderCommand();

    private final Progress progress = new Progress();

    public LiveBook(Instrument instrument, MatchingSettings settings) {
        this.instrument = instrument;
        this.settings = settings;
        OrderSlab orders = new OrderSlab();
        clients = new ClientNumbers(orders);
        events = new BookEvents(instrument, orders, clients, settings);
        changes = settings.bookDeltas() ? new LevelChanges() : null;
        checksum = new BookChecksum(instrument);
        book = new OrderBook(MarketRules.of(instrument), settings.orderIdsForDay(), events, orders, changes);
        refusals = new RefusalText(instrument, book);
    }

    /**
     * Handles the next command of the instrument.
     *
     * @throws IllegalStateException if its position does not follow the last one's
     */
    public void apply(MarketInput input, Consumer<? super MarketEvent> listener) {
        checkPosition(input.position());
        long time = input.transactTime();
        events.begin(progress.sequence, time, listener);
        sayEndedInterval(time);
        rollDay(time);
        progress.next(time, input.position());
        events.begin(progress.sequence, time, listener);
        book.begin(progress.sequence, time);
        if (input instanceof OrderCommand order) {
            handle(order, order);
        } else {
            handle(input, command.set(input) ? command : null);
        }
        if (changes != null) {
            sayChanges(changes.drain(book));
        }
        if (settings.commandEnds()) {
            events.commandEnded(input.header().origin(), book.nextExpiry());
        }
    }

    private void sayChanges(List<BookLevel> levels) {
        boolean refresh = settings.commandEnds() && progress.sequence % MarketEvent.BOOK_REFRESH_SEQUENCES == 0;
        if (levels.isEmpty() && !refresh) {
            return;
        }
        long sum = settings.commandEnds() ? checksum.of(book) : 0;
        if (!levels.isEmpty()) {
            events.changedLevels(levels, sum);
        }
        if (refresh) {
            events.wholeBook(wholeBook(), sum);
        }
    }

    private void checkPosition(long position) {
        if (progress.sequence > 0 && position <= progress.position) {
            throw new IllegalStateException(instrument.symbol() + ": position " + position + " after "
                    + progress.position + "; input of one instrument must be in order");
        }
    }

    /** However long the gap, one end is said: that of the interval in which the latest record lay. */
    private void sayEndedInterval(long time) {
        long length = settings.snapshotIntervalNanos();
        if (length == 0 || progress.sequence == 0) {
            return;
        }
        long interval = Math.floorDiv(progress.lastTime, length);
        if (Math.floorDiv(time, length) > interval) {
            long end = (interval + 1) * length;
            events.say(new MarketEvent.IntervalEnded(instrument.symbol(), progress.sequence, end));
            events.say(snapshot(end, false));
        }
    }

    private void rollDay(long time) {
        long date = Timestamps.utcDay(time);
        if (progress.sequence > 0 && date > progress.date()) {
            endDay();
        }
    }

    /** Ids and keys are forgotten; the ids of live orders stay taken. */
    private void endDay() {
        progress.idDay++;
        book.forgetIds();
        keys.clear();
    }

    /** @param order the input as an order command, {@code null} if it is none */
    private void handle(MarketInput input, @Nullable OrderCommand order) {
        long first = input.idempotencyKey() == null ? RememberedKeys.NEW : rememberKey(input.plain());
        if (first > RememberedKeys.NEW) {
            progress.duplicateRows += input.inputRows();
            events.say(new MarketEvent.Duplicate(input, progress.sequence, first));
            return;
        }
        @Nullable Reason refusal;
        if (first == RememberedKeys.REUSED) {
            refusal = refuseKey(input.plain(), order);
        } else {
            refusal = order != null ? execute(order) : execute(input);
            if (refusal != null) {
                refuse(input.plain(), refusal);
            }
        }
        if (refusal != null) {
            progress.rejectedRows += input.inputRows();
        } else if (!(input instanceof ExternalFill)) {
            progress.acceptedRows += input.inputRows();
        }
    }

    private long rememberKey(MarketInput input) {
        fingerprint
                .clear()
                .text(CommandContent.clientOf(input))
                .text(input.idempotencyKey())
                .finish();
        long keyHigh = fingerprint.high();
        long keyLow = fingerprint.low();
        CommandContent.fingerprint(input, fingerprint);
        return keys.remember(keyHigh, keyLow, fingerprint.high(), fingerprint.low(), progress.sequence);
    }

    private Reason refuseKey(MarketInput input, @Nullable OrderCommand order) {
        boolean orderRow = order != null
                && order.action() == OrderCommand.Action.NEW
                && book.takeId(order.orderId().high(), order.orderId().low());
        String message = RefusalText.keyReused(input.idempotencyKey(), CommandContent.clientOf(input));
        events.refused(input, Reason.IDEMPOTENCY_KEY_REUSED, message, orderRow);
        return Reason.IDEMPOTENCY_KEY_REUSED;
    }

    private void refuse(MarketInput input, Reason refusal) {
        boolean orderRow = input instanceof NewOrder && refusal != Reason.DUPLICATE_ORDER_ID;
        events.refused(input, refusal, refusals.of(input, refusal), orderRow);
    }

    private @Nullable Reason execute(OrderCommand order) {
        return switch (order.action()) {
            case NEW -> enter(order);
            case CANCEL -> book.cancel(order.orderId().high(), order.orderId().low(), owner(order.clientId()));
            case REPLACE -> replace(order);
        };
    }

    /** Does what a command that is no order's asks, or says why not. */
    private @Nullable Reason execute(MarketInput input) {
        if (input instanceof CancelAll cancelAll) {
            book.cancelAll(clients.find(cancelAll.clientId()));
        } else if (input instanceof PhaseChange change) {
            changePhase(change);
        } else if (input instanceof MarkPrice mark) {
            return mark(mark);
        } else if (input instanceof ExternalFill fill) {
            events.say(new MarketEvent.FillReceived(fill, progress.sequence));
        } else if (!(input instanceof ClockTick)) {
            throw new IllegalArgumentException("no command of an instrument: " + input);
        }
        return null;
    }

    private @Nullable Reason enter(OrderCommand order) {
        fillTicket(order);
        events.name(order.orderId());
        ticket.client = clients.numberOf(order.clientId());
        ticket.setWords(order.words());
        ticket.expireAt = order.expires() ? order.expireAt() : OrderTicket.NONE;
        ticket.displayAboveQuantity = isAbove(order.displayQuantity(), order.quantity());
        return book.enter(ticket);
    }

    private @Nullable Reason replace(OrderCommand order) {
        fillTicket(order);
        ticket.client = owner(order.clientId());
        ticket.displayAboveQuantity = order.quantity().isPresent()
                ? isAbove(order.displayQuantity(), order.quantity())
                : isAboveTotal(order.displayQuantity());
        return book.replace(ticket);
    }

    private void fillTicket(OrderCommand order) {
        ticket.idHigh = order.orderId().high();
        ticket.idLow = order.orderId().low();
        ticket.price = OrderTicket.units(order.price(), instrument.tickSize());
        ticket.quantity = OrderTicket.units(order.quantity(), instrument.lotSize());
        ticket.stopPrice = OrderTicket.units(order.stopPrice(), instrument.tickSize());
        ticket.displayQuantity = OrderTicket.units(order.displayQuantity(), instrument.lotSize());
    }

    private int owner(@Nullable String clientId) {
        return clientId == null ? OrderBook.ANY_CLIENT : clients.find(clientId);
    }

    private static boolean isAbove(DecimalField displayQuantity, DecimalField quantity) {
        return displayQuantity.isPresent()
                && quantity.isPresent()
                && displayQuantity.toDecimal().compareTo(quantity.toDecimal()) > 0;
    }

    /** Whether a display quantity exceeds the quantity that a REPLACE leaves as it is; not so for an unknown order. */
    private boolean isAboveTotal(DecimalField displayQuantity) {
        if (!displayQuantity.isPresent()) {
            return false;
        }
        int order = book.find(ticket.idHigh, ticket.idLow);
        return order != OrderSlab.NONE
                && displayQuantity
                                .toDecimal()
                                .compareTo(instrument.quantity(book.orders().quantity(order)))
                        > 0;
    }

    private void changePhase(PhaseChange change) {
        events.say(new MarketEvent.PhaseBegun(
                instrument.symbol(),
                progress.sequence,
                change.transactTime(),
                change.phase(),
                bestPrice(Side.BUY),
                bestPrice(Side.SELL)));
        book.changePhase(change.phase());
        if (change.phase() == Phase.CLOSED) {
            endDay();
        }
    }

    private @Nullable Decimal bestPrice(Side side) {
        PriceLevels queue = book.side(side);
        return queue.size() == 0
                ? null
                : instrument.price(queue.bookLevel(queue.size() - 1).price());
    }

    private @Nullable Reason mark(MarkPrice mark) {
        if (mark.price().scale() > MARK_DIGITS) {
            return Reason.OUT_OF_RANGE;
        }
        events.say(new MarketEvent.Marked(instrument.symbol(), progress.sequence, mark.transactTime(), mark.price()));
        return null;
    }

    /** The end of the run: live orders by sequence of their NEW, the whole book, and the account of it. */
    public void finish(Consumer<? super MarketEvent> listener) {
        events.begin(progress.sequence, progress.transactTime, listener);
        SlotList live = BookWalk.liveBySequence(book.orders());
        for (int i = 0; i < live.size(); i++) {
            events.stillLive(live.get(i));
        }
        events.say(snapshot(progress.transactTime, true));
        events.say(summary());
    }

    private MarketEvent.BookSnapshot snapshot(long time, boolean last) {
        return new MarketEvent.BookSnapshot(instrument.symbol(), progress.sequence, time, wholeBook(), last);
    }

    /** Bids from the best, then asks from the best. */
    private List<BookLevel> wholeBook() {
        List<BookLevel> levels = new ArrayList<>();
        for (Side side : Side.values()) {
            PriceLevels queue = book.side(side);
            for (int position = queue.size() - 1; position >= 0; position--) {
                levels.add(queue.bookLevel(position));
            }
        }
        return levels;
    }

    private MarketEvent.BookSummary summary() {
        return new MarketEvent.BookSummary(
                instrument.symbol(),
                progress.sequence,
                progress.transactTime,
                progress.acceptedRows,
                progress.rejectedRows,
                progress.duplicateRows,
                book.tradeNo(),
                events.volume(),
                progress.sequence == 0 ? 0 : progress.firstTime,
                progress.sequence == 0 ? 0 : progress.lastTime,
                book.last().hasTraded() ? instrument.price(book.last().traded()) : null,
                book.leftInCall(),
                BookWalk.isCrossed(book),
                BookWalk.faults(book));
    }

    /** Writes everything needed to go on, but the ids and keys of the day. Equal states give equal bytes. */
    public void write(DataOutput out) throws IOException {
        BookState.write(out, progress, book, events, clients);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException if the bytes are of a version that this program does not know; the message names it
     */
    public static LiveBook read(DataInput in, Instrument instrument, MatchingSettings settings) throws IOException {
        LiveBook live = new LiveBook(instrument, settings);
        BookState.read(in, instrument.symbol(), live.progress, live.book, live.events, live.clients);
        if (live.changes != null) {
            live.changes.clear();
        }
        return live;
    }

    /** Counts the trading days whose ids and keys were forgotten; what was drained under a smaller number is void. */
    public long idDay() {
        return progress.idDay;
    }

    /** The order ids used since the last call, as bytes; none if there are none. */
    public byte[] drainNewIds() {
        return book.usedIds().drain();
    }

    /** Takes back what {@link #drainNewIds} gave out on this {@link #idDay}. */
    public void addUsedIds(byte[] drained) {
        book.usedIds().restore(drained);
    }

    /** Idempotency keys used since the last call, 40 bytes each. */
    public byte[] drainNewKeys() {
        return keys.drain();
    }

    /** Takes back what {@link #drainNewKeys} gave out on this {@link #idDay}. */
    public void addUsedKeys(byte[] drained) {
        keys.restore(drained);
    }

    /** Orders out of their place; zero unless the book is broken. */
    long queueFaults() {
        return BookWalk.faults(book);
    }

    public String instrument() {
        return instrument.symbol();
    }
}
