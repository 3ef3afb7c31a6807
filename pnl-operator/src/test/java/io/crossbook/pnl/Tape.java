package io.crossbook.pnl;

import io.crossbook.model.Decimal;
import io.crossbook.model.InputHeader;
import io.crossbook.model.Instrument;
import io.crossbook.model.InstrumentKind;
import io.crossbook.model.MarketEvent;
import io.crossbook.model.MarketEvent.FillReceived;
import io.crossbook.model.MarketEvent.IntervalEnded;
import io.crossbook.model.MarketEvent.Marked;
import io.crossbook.model.MarketInput.ExternalFill;
import io.crossbook.model.OrderId;
import io.crossbook.model.Origin;
import io.crossbook.model.PnlEvent.Position;
import io.crossbook.model.PnlEvent.Realized;
import io.crossbook.model.RunEvent;
import io.crossbook.model.Side;
import io.crossbook.model.Trade;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A ledger under test with its numbered stream: each call is one command, and all it caused is kept. */
final class Tape {
    static final String SYMBOL = "X";

    final LiveLedger ledger;
    final List<RunEvent> events = new ArrayList<>();
    private long sequence;
    private long tradeNo;

    Tape(Instrument instrument) {
        this(instrument, LedgerSettings.backtest());
    }

    Tape(Instrument instrument, LedgerSettings settings) {
        this.ledger = new LiveLedger(instrument, settings);
    }

    static Decimal d(String text) {
        return Decimal.parse(text);
    }

    /** Tick and lot of one, so that ticks and prices are the same number. */
    static Instrument plain() {
        return instrument("1", "1", "1", "0", "0", true);
    }

    static Instrument instrument(
            String tick, String lot, String multiplier, String makerBps, String takerBps, boolean allowShort) {
        return new Instrument(
                SYMBOL,
                InstrumentKind.FUTURE,
                "USD",
                d(tick),
                d(lot),
                d(multiplier),
                d(makerBps),
                d(takerBps),
                null,
                null,
                null,
                null,
                null,
                null,
                allowShort,
                null,
                null,
                null);
    }

    static ExternalFill externalFill(
            long time, String tradeId, String client, Side side, String quantity, String price, String fee) {
        return new ExternalFill(
                new InputHeader(SYMBOL, time, new Origin(0, time, time, 1), null),
                tradeId,
                client,
                side,
                d(price),
                d(quantity),
                d(fee),
                null);
    }

    void apply(MarketEvent event) {
        ledger.apply(event, said -> events.add(said.copy()));
    }

    void finish() {
        ledger.finish(said -> events.add(said.copy()));
    }

    void receive(ExternalFill fill) {
        apply(new FillReceived(fill, ++sequence));
    }

    void buy(String client, String quantity, String price) {
        fill(client, Side.BUY, quantity, price, "0");
    }

    void sell(String client, String quantity, String price) {
        fill(client, Side.SELL, quantity, price, "0");
    }

    void fill(String client, Side side, String quantity, String price, String fee) {
        long number = sequence + 1;
        receive(externalFill(number, "F" + number, client, side, quantity, price, fee));
    }

    void trade(String buyer, String seller, long lots, long ticks, @Nullable Side aggressor) {
        sequence++;
        tradeAgain(buyer, seller, lots, ticks, aggressor);
    }

    /** Another trade of the same command. */
    void tradeAgain(String buyer, String seller, long lots, long ticks, @Nullable Side aggressor) {
        tradeNo++;
        apply(new Trade()
                .set(SYMBOL, tradeNo, sequence, sequence, ticks, lots, aggressor, buyer, seller)
                .setOrderIds(OrderId.of("b" + tradeNo), OrderId.of("s" + tradeNo)));
    }

    void mark(String price) {
        sequence++;
        apply(new Marked(SYMBOL, sequence, sequence, d(price)));
    }

    void interval(long end) {
        apply(new IntervalEnded(SYMBOL, sequence, end));
    }

    long sequence() {
        return sequence;
    }

    <T extends RunEvent> List<T> all(Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The client's position as of now. */
    Position position(String client) {
        List<RunEvent> said = new ArrayList<>();
        ledger.apply(new IntervalEnded(SYMBOL, sequence, sequence), each -> said.add(each.copy()));
        return said.stream()
                .filter(Position.class::isInstance)
                .map(Position.class::cast)
                .filter(position -> position.clientId().equals(client))
                .findFirst()
                .orElseThrow();
    }

    Decimal realized() {
        return all(Realized.class).stream().map(Realized::pnl).reduce(Decimal.ZERO, Decimal::plus);
    }
}
