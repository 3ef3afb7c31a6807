package io.crossbook.pnl;

import io.crossbook.model.Decimal;
import io.crossbook.model.DecimalPool;
import io.crossbook.model.ExecType;
import io.crossbook.model.Instrument;
import io.crossbook.model.MarketEvent;
import io.crossbook.model.MarketEvent.CommandEnded;
import io.crossbook.model.MarketEvent.Duplicate;
import io.crossbook.model.MarketEvent.Execution;
import io.crossbook.model.MarketEvent.FillReceived;
import io.crossbook.model.MarketEvent.IntervalEnded;
import io.crossbook.model.MarketEvent.Marked;
import io.crossbook.model.MarketEvent.Refused;
import io.crossbook.model.MarketInput.ExternalFill;
import io.crossbook.model.OrderState;
import io.crossbook.model.PnlEvent.FillBooked;
import io.crossbook.model.PnlEvent.LedgerSummary;
import io.crossbook.model.PnlEvent.OpenLot;
import io.crossbook.model.PnlEvent.Position;
import io.crossbook.model.PnlEvent.Realized;
import io.crossbook.model.RunEvent;
import io.crossbook.model.Side;
import io.crossbook.model.Trade;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of one instrument behind its matcher: takes the matcher's events in their order, books trades and external
 * fills, and passes everything on, each event before what it causes.
 *
 * <p>The mark is the newest MARK, else the last trade price; external fills set neither. A fill leaves as
 * {@link FillBooked}, {@link Refused} or {@link Duplicate}. After {@link #finish} the ledger is done.
 */
public final class LiveLedger {
    private static final byte VERSION = 1;

    private final Instrument instrument;
    private final LedgerSettings settings;
    private final Decimal tickLotValue;
    private final FifoLedger ledger;
    private final FillDesk fills;
    private final DecimalPool decimals;
    private final RealizedRecords realizedRecords = new RealizedRecords();
    /** The place of what is said most, filled anew each time. */
    private final Realized realized = new Realized();

    /** Clients that the running command touched, with the number of their newest lot before it. */
    private final Map<String, Long> touched = new LinkedHashMap<>();

    private long lastSequence;
    private long lastTransactTime;
    private int lastEventNo;
    private long realizedNo;
    private @Nullable Decimal newestMark;
    private long lastTradePrice = MarketEvent.NO_PRICE;
    private long acceptedRows;
    private long rejectedRows;
    private long duplicateRows;

    public LiveLedger(Instrument instrument, LedgerSettings settings) {
        this(instrument, settings, new DecimalPool());
    }

    /** @param decimals shared by the ledgers of one thread */
    public LiveLedger(Instrument instrument, LedgerSettings settings, DecimalPool decimals) {
        this.instrument = instrument;
        this.settings = settings;
        this.decimals = decimals;
        this.tickLotValue = Terms.of(instrument).tickLotValue();
        this.ledger = new FifoLedger(instrument);
        this.fills = new FillDesk(instrument);
    }

    /**
     * Takes the next event of the instrument.
     *
     * @throws IllegalStateException if its sequence is below that of the event before it
     */
    public void apply(MarketEvent event, Consumer<? super RunEvent> out) {
        keepOrder(event, out);
        if (event instanceof Trade trade) {
            out.accept(trade);
            book(trade, out);
        } else if (event instanceof FillReceived received) {
            receive(received, out);
        } else if (event instanceof CommandEnded) {
            commandEnded(out);
            out.accept(event);
        } else {
            // Everything else passes; a mark, an interval and an execution also tell the ledger something.
            out.accept(event);
            if (event instanceof Marked marked) {
                newestMark = marked.price();
            } else if (event instanceof IntervalEnded interval) {
                allPositions(Position.Kind.INTERVAL, interval.sequence(), interval.transactTime(), out);
            } else if (event instanceof Execution execution) {
                lastEventNo = execution.eventNo();
            }
        }
    }

    /**
     * Says what the settings ask for after a command. Happens by itself when the next command's first event comes and at
     * the end; who knows sooner that the command is over may say so, and twice does no harm.
     *
     * <p>Of a touched client's lots come the oldest open one as it is now and those that the command opened: every lot
     * with a smaller number is closed, and of a flat position all are.
     */
    public void commandEnded(Consumer<? super RunEvent> out) {
        if (touched.isEmpty()) {
            return;
        }
        for (Map.Entry<String, Long> entry : touched.entrySet()) {
            Account account = ledger.open(entry.getKey());
            if (settings.positionPerCommand()) {
                out.accept(position(account, Position.Kind.COMMAND, lastSequence, lastTransactTime, mark()));
            }
            if (settings.lotsPerCommand()) {
                changedLots(account, entry.getValue(), out);
            }
        }
        touched.clear();
    }

    /** Ends the run: open lots, then positions, both by client, then the summary. */
    public void finish(Consumer<? super RunEvent> out) {
        commandEnded(out);
        for (Account account : ledger.accounts()) {
            lots(account, 0, account.holding().openLots(), out);
        }
        allPositions(Position.Kind.END, lastSequence, lastTransactTime, out);
        out.accept(summary());
    }

    /** Whether in every account the lots add up to the position and realized + unrealized = cash + position × mark. */
    public boolean balanced() {
        return ledger.accounts().stream().allMatch(Account::balanced);
    }

    FifoLedger accounts() {
        return ledger;
    }

    /**
     * Lines and the end of input have no sequence; the state of an order carries that of the command that changed it
     * last, which at the end of a run may be long ago. They only pass.
     */
    private void keepOrder(MarketEvent event, Consumer<? super RunEvent> out) {
        long sequence = event.sequence();
        if (sequence == 0 || event instanceof OrderState) {
            return;
        }
        if (sequence < lastSequence) {
            throw new IllegalStateException(instrument.symbol() + ": sequence " + sequence + " after " + lastSequence
                    + "; input of one instrument must be in order");
        }
        if (sequence > lastSequence) {
            commandEnded(out);
            lastSequence = sequence;
            lastEventNo = 0;
        }
        if (!(event instanceof IntervalEnded)) {
            lastTransactTime = event.transactTime();
        }
    }

    private void book(Trade trade, Consumer<? super RunEvent> out) {
        lastTradePrice = trade.price();
        bookSide(trade, trade.buyClientId(), Side.BUY, out);
        bookSide(trade, trade.sellClientId(), Side.SELL, out);
    }

    private void bookSide(Trade trade, String clientId, Side side, Consumer<? super RunEvent> out) {
        touch(clientId);
        realizedRecords.begin(clientId, trade.tradeNo(), null, out);
        ledger.trade(
                clientId,
                side,
                trade.price(),
                trade.quantity(),
                trade.aggressorSide() == side ? Liquidity.TAKER : Liquidity.MAKER,
                trade.tradeNo(),
                trade.transactTime(),
                realizedRecords);
    }

    private void receive(FillReceived received, Consumer<? super RunEvent> out) {
        ExternalFill fill = received.fill();
        int rows = fill.header().origin().rows();
        Optional<MarketEvent> objection = fills.judge(fill, received.sequence(), ledger.netQuantity(fill.clientId()));
        if (objection.isEmpty()) {
            acceptedRows += rows;
            out.accept(new FillBooked(fill, received.sequence()));
            book(received, out);
        } else if (objection.get() instanceof Refused refused) {
            rejectedRows += rows;
            if (settings.executions()) {
                out.accept(rejection(fill, refused));
            }
            out.accept(refused);
        } else {
            duplicateRows += rows;
            out.accept(objection.get());
        }
    }

    private void book(FillReceived received, Consumer<? super RunEvent> out) {
        ExternalFill fill = received.fill();
        touch(fill.clientId());
        realizedRecords.begin(fill.clientId(), TradeName.EXTERNAL, fill.tradeId(), out);
        ledger.fill(
                fill.clientId(),
                fill.side(),
                fill.price(),
                fill.quantity(),
                fill.fee(),
                fill.tradeId(),
                fill.transactTime(),
                realizedRecords);
    }

    /** Comes behind the executions that the fill's time caused, such as expiries. */
    private Execution rejection(ExternalFill fill, Refused refused) {
        return new Execution(
                instrument.symbol(),
                refused.sequence(),
                ++lastEventNo,
                fill.transactTime(),
                ExecType.REJECTED,
                fill.orderId(),
                null,
                null,
                null,
                null,
                refused.reason(),
                fill.clientId(),
                fill.side(),
                null,
                null,
                fill.price(),
                fill.quantity(),
                null,
                null,
                fill.tradeId(),
                null);
    }

    private void touch(String clientId) {
        if (settings.positionPerCommand() || settings.lotsPerCommand()) {
            touched.putIfAbsent(clientId, ledger.open(clientId).holding().lastLotNo());
        }
    }

    private void changedLots(Account account, long lastLotNoBefore, Consumer<? super RunEvent> out) {
        Holding holding = account.holding();
        int open = holding.openLots();
        int opened = (int) Math.min(open, holding.lastLotNo() - lastLotNoBefore);
        if (open > opened) {
            lots(account, 0, 1, out);
        }
        lots(account, open - opened, open, out);
    }

    private void lots(Account account, int from, int to, Consumer<? super RunEvent> out) {
        account.holding()
                .eachLot(
                        from,
                        to,
                        (lotNo, side, quantity, price, tradeNo, fillId, openedAt) -> out.accept(new OpenLot(
                                instrument.symbol(),
                                lastSequence,
                                lastTransactTime,
                                account.clientId(),
                                lotNo,
                                tradeId(tradeNo, fillId),
                                side,
                                quantity,
                                price,
                                openedAt)));
    }

    private void allPositions(Position.Kind kind, long sequence, long transactTime, Consumer<? super RunEvent> out) {
        @Nullable Decimal mark = mark();
        for (Account account : ledger.accounts()) {
            out.accept(position(account, kind, sequence, transactTime, mark));
        }
    }

    private Position position(
            Account account, Position.Kind kind, long sequence, long transactTime, @Nullable Decimal mark) {
        @Nullable Decimal unrealized = account.unrealized(mark);
        Holding holding = account.holding();
        Decimal realized = holding.realized();
        Decimal fees = account.fees();
        return new Position(
                instrument.symbol(),
                sequence,
                transactTime,
                account.clientId(),
                holding.netQuantity(),
                holding.averagePrice(),
                realized,
                mark,
                unrealized,
                fees,
                unrealized == null ? null : realized.plus(unrealized).minus(fees),
                holding.cashFlow(),
                holding.closedQuantity(),
                kind);
    }

    private @Nullable Decimal mark() {
        if (newestMark != null) {
            return newestMark;
        }
        return lastTradePrice == MarketEvent.NO_PRICE ? null : instrument.price(lastTradePrice);
    }

    private LedgerSummary summary() {
        Decimal quantitySum = Decimal.ZERO;
        Decimal cashSum = Decimal.ZERO;
        for (Account account : ledger.accounts()) {
            quantitySum = quantitySum.plus(account.matchedQuantity());
            cashSum = cashSum.plus(account.matchedCash());
        }
        return new LedgerSummary(
                instrument.symbol(),
                lastSequence,
                lastTransactTime,
                acceptedRows,
                rejectedRows,
                duplicateRows,
                quantitySum,
                cashSum);
    }

    private String tradeId(long tradeNo, @Nullable String fillId) {
        return fillId != null ? fillId : Instrument.tradeId(instrument.symbol(), tradeNo);
    }

    /**
     * Makes a numbered record of each closed piece. One object for all fills, told before each of them what it is about,
     * so that a fill that closes nothing makes nothing.
     */
    private final class RealizedRecords implements ClosedPieces {
        private String clientId = "";
        private long closingTradeNo;
        private @Nullable String closingFillId;
        private Consumer<? super RunEvent> out = event -> {};

        void begin(
                String clientId, long closingTradeNo, @Nullable String closingFillId, Consumer<? super RunEvent> out) {
            this.clientId = clientId;
            this.closingTradeNo = closingTradeNo;
            this.closingFillId = closingFillId;
            this.out = out;
        }

        @Override
        public void closed(
                Side lotSide,
                long openingTradeNo,
                @Nullable String openingFillId,
                long lots,
                long openTicks,
                long closeTicks) {
            long gained = lotSide == Side.BUY ? closeTicks - openTicks : openTicks - closeTicks;
            record(
                    lotSide,
                    openingTradeNo,
                    openingFillId,
                    decimals.times(instrument.lotSize(), lots),
                    decimals.times(instrument.tickSize(), openTicks),
                    decimals.times(instrument.tickSize(), closeTicks),
                    tickLotValue.times(gained, lots));
        }

        @Override
        public void closedWide(
                Side lotSide,
                long openingTradeNo,
                @Nullable String openingFillId,
                Decimal quantity,
                Decimal openPrice,
                Decimal closePrice) {
            Decimal gained = lotSide == Side.BUY ? closePrice.minus(openPrice) : openPrice.minus(closePrice);
            record(
                    lotSide,
                    openingTradeNo,
                    openingFillId,
                    quantity,
                    openPrice,
                    closePrice,
                    instrument.notional(gained, quantity));
        }

        private void record(
                Side lotSide,
                long openingTradeNo,
                @Nullable String openingFillId,
                Decimal quantity,
                Decimal openPrice,
                Decimal closePrice,
                Decimal pnl) {
            out.accept(realized.set(
                    instrument.symbol(),
                    ++realizedNo,
                    lastSequence,
                    lastTransactTime,
                    clientId,
                    openingTradeNo,
                    openingFillId,
                    closingTradeNo,
                    closingFillId,
                    lotSide,
                    quantity,
                    openPrice,
                    closePrice,
                    pnl));
        }
    }

    /** The ledger as versioned bytes, without its trade ids; the same ledger gives the same bytes. */
    public void write(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(lastSequence);
        out.writeLong(lastTransactTime);
        out.writeInt(lastEventNo);
        out.writeLong(realizedNo);
        out.writeBoolean(newestMark != null);
        if (newestMark != null) {
            newestMark.write(out);
        }
        out.writeLong(lastTradePrice);
        out.writeLong(acceptedRows);
        out.writeLong(rejectedRows);
        out.writeLong(duplicateRows);
        ledger.write(out);
        out.writeInt(touched.size());
        for (Map.Entry<String, Long> entry : touched.entrySet()) {
            out.writeUTF(entry.getKey());
            out.writeLong(entry.getValue());
        }
    }

    /**
     * A ledger as it was written; {@link #addTradeIds} gives it back what {@link #drainNewTradeIds} took.
     *
     * @throws IllegalStateException if the bytes are of a version that this program does not read
     */
    public static LiveLedger read(DataInput in, Instrument instrument, LedgerSettings settings) throws IOException {
        return read(in, instrument, settings, new DecimalPool());
    }

    /** As {@link #read(DataInput, Instrument, LedgerSettings)}, with decimals shared by the ledgers of one thread. */
    public static LiveLedger read(DataInput in, Instrument instrument, LedgerSettings settings, DecimalPool decimals)
            throws IOException {
        StateVersion.require("the ledger of " + instrument.symbol(), VERSION, in.readByte());
        LiveLedger ledger = new LiveLedger(instrument, settings, decimals);
        ledger.readFrom(in);
        return ledger;
    }

    private void readFrom(DataInput in) throws IOException {
        lastSequence = in.readLong();
        lastTransactTime = in.readLong();
        lastEventNo = in.readInt();
        realizedNo = in.readLong();
        newestMark = in.readBoolean() ? Decimal.read(in) : null;
        lastTradePrice = in.readLong();
        acceptedRows = in.readLong();
        rejectedRows = in.readLong();
        duplicateRows = in.readLong();
        ledger.readFrom(in);
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            touched.put(in.readUTF(), in.readLong());
        }
    }

    /**
     * The trade ids booked since the last call (or since the ledger was restored), as versioned bytes; empty if none.
     * They grow with the run, so a snapshot adds these to those of the snapshots before.
     */
    public byte[] drainNewTradeIds() {
        return fills.tradeIds().drainNew();
    }

    /**
     * Gives back, in the order they were drained, the trade ids of earlier snapshots.
     *
     * @throws IllegalStateException if the bytes are of a version that this program does not read
     */
    public void addTradeIds(byte[] drained) {
        fills.tradeIds().restore(drained);
    }
}
