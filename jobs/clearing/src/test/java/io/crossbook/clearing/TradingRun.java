package io.crossbook.clearing;

import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import io.crossbook.model.InstrumentKind;
import io.crossbook.model.Side;
import io.crossbook.store.InstrumentTable;
import io.crossbook.store.RunExport;
import io.crossbook.store.RunTable;
import io.crossbook.store.RunWriter;
import io.crossbook.store.rows.BookSnapshotRow;
import io.crossbook.store.rows.RealizedRow;
import io.crossbook.store.rows.TradeRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A finished trading run as the stream leaves it: trades, and what they realized first in, first out. */
final class TradingRun {
    private static final long NANOS_OF_SECOND = 1_000_000_000L;

    private final String runId;
    private final Map<String, Instrument> instruments = new HashMap<>();
    private final Map<String, Deque<Lot>> lots = new HashMap<>();
    private final Map<String, Long> tradeNos = new HashMap<>();
    private final List<TradeRow> trades = new ArrayList<>();
    private final List<RealizedRow> realized = new ArrayList<>();
    private final List<BookSnapshotRow> quotes = new ArrayList<>();
    private long sequence;

    private record Lot(String tradeId, Side side, Decimal quantity, Decimal price) {}

    TradingRun(String runId) {
        this.runId = runId;
    }

    static Instrument instrument(
            String symbol,
            InstrumentKind kind,
            String currency,
            String tick,
            String multiplier,
            @Nullable String calendar,
            @Nullable Integer settlementDays) {
        return new Instrument(
                symbol,
                kind,
                currency,
                Decimal.parse(tick),
                Decimal.ONE,
                Decimal.parse(multiplier),
                Decimal.ZERO,
                Decimal.ZERO,
                null,
                null,
                null,
                null,
                null,
                null,
                true,
                null,
                calendar,
                settlementDays);
    }

    TradingRun future(String symbol, String tick, String multiplier) {
        return of(instrument(symbol, InstrumentKind.FUTURE, "USD", tick, multiplier, null, null));
    }

    TradingRun equity(String symbol, String tick, int settlementDays) {
        return of(instrument(symbol, InstrumentKind.EQUITY, "USD", tick, "1", null, settlementDays));
    }

    TradingRun of(Instrument instrument) {
        instruments.put(instrument.symbol(), instrument);
        return this;
    }

    /** The buyer is the aggressor. */
    TradingRun trade(String symbol, String time, String quantity, String price, String buyer, String seller) {
        long tradeNo = tradeNos.merge(symbol, 1L, Long::sum);
        long command = ++sequence;
        TradeRow trade = new TradeRow(
                symbol,
                tradeNo,
                Instrument.tradeId(symbol, tradeNo),
                command,
                nanos(time),
                Decimal.parse(price),
                Decimal.parse(quantity),
                Side.BUY,
                "s" + command,
                "b" + command,
                "b" + command,
                "s" + command,
                buyer,
                seller);
        trades.add(trade);
        book(trade, Side.BUY);
        book(trade, Side.SELL);
        return this;
    }

    private void book(TradeRow trade, Side side) {
        Deque<Lot> open =
                lots.computeIfAbsent(trade.instrument() + ' ' + trade.clientId(side), key -> new ArrayDeque<>());
        Decimal left = trade.quantity();
        while (!left.isZero() && !open.isEmpty() && open.peekFirst().side() != side) {
            Lot oldest = open.removeFirst();
            Decimal closed = left.compareTo(oldest.quantity()) < 0 ? left : oldest.quantity();
            close(trade, side, oldest, closed);
            left = left.minus(closed);
            Decimal rest = oldest.quantity().minus(closed);
            if (!rest.isZero()) {
                open.addFirst(new Lot(oldest.tradeId(), oldest.side(), rest, oldest.price()));
            }
        }
        if (!left.isZero()) {
            open.addLast(new Lot(trade.tradeId(), side, left, trade.price()));
        }
    }

    private void close(TradeRow trade, Side side, Lot lot, Decimal quantity) {
        Decimal gain = lot.side() == Side.BUY
                ? trade.price().minus(lot.price())
                : lot.price().minus(trade.price());
        realized.add(new RealizedRow(
                trade.instrument(),
                realized.size() + 1,
                trade.clientId(side),
                lot.tradeId(),
                trade.tradeId(),
                lot.side(),
                quantity,
                lot.price(),
                trade.price(),
                gain.times(quantity).times(instruments.get(trade.instrument()).multiplier()),
                trade.timestamp(),
                trade.sequence()));
    }

    /** The best prices of the book as a snapshot has them. */
    TradingRun quote(String symbol, String time, String bid, String ask) {
        long at = ++sequence;
        quotes.add(level(symbol, at, time, Side.BUY, bid));
        quotes.add(level(symbol, at, time, Side.SELL, ask));
        return this;
    }

    private static BookSnapshotRow level(String symbol, long sequence, String time, Side side, String price) {
        return new BookSnapshotRow(
                symbol, sequence, nanos(time), false, side, 1, Decimal.parse(price), Decimal.ONE, Decimal.ZERO, 1);
    }

    private static long nanos(String time) {
        Instant instant = Instant.parse(time);
        return instant.getEpochSecond() * NANOS_OF_SECOND + instant.getNano();
    }

    void storeIn(TestHouse house) throws SQLException {
        try (Connection connection = house.connect()) {
            RunTable.insert(connection, new RunTable.NewRun(runId, "backtest", "0.1.0", "{}", true, 1_000));
            InstrumentTable.insert(connection, runId, instruments.values());
        }
        try (RunWriter writer = RunWriter.open(house.connect(), runId, 0)) {
            for (TradeRow trade : trades) {
                writer.add(trade);
            }
            for (RealizedRow piece : realized) {
                writer.add(piece);
            }
            for (BookSnapshotRow level : quotes) {
                writer.add(level);
            }
            writer.flush();
        }
        try (Connection connection = house.connect()) {
            String hash = RunExport.hash(connection, runId);
            RunTable.finish(
                    connection, runId, new RunTable.Outcome(hash, 0, 0, 0, 0, trades.size(), null, null, "{}", 2_000));
        }
    }
}
