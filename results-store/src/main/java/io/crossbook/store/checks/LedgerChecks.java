package io.crossbook.store.checks;

import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import io.crossbook.model.Instruments;
import io.crossbook.model.Side;
import io.crossbook.model.Timestamps;
import io.crossbook.store.checks.Recomputed.AccountKey;
import io.crossbook.store.files.FieldText;
import io.crossbook.store.files.RunFile;
import io.crossbook.store.files.RunFileReader;
import io.crossbook.store.rows.FillRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Computes first in, first out again from the trades, the buyer's side of each before the seller's, and compares every closing
 * piece with {@code realized.csv}.
 *
 * <p>External fills are in no file. Where they are given they take their place by sequence; else the instruments that had some
 * cannot be recomputed and are counted.
 */
final class LedgerChecks {
    private static final Decimal BASIS_POINT = Decimal.of(1, 4);
    private static final List<String> COLUMNS = RunFile.REALIZED.columns();
    private static final FieldText BUY = FieldText.of(Side.BUY.name());
    private static final FieldText SELL = FieldText.of(Side.SELL.name());

    private final Finding realizedFinding;
    private final GroupedRows trades;
    private final GroupedRows realized;
    private final Instruments instruments;
    private final Set<String> withUnknownFills;
    private final Iterator<FillRow> fills;
    private final Recomputed result = new Recomputed();
    /** Those of the present instrument. */
    private final Map<FieldText, Account> accounts = new HashMap<>();

    private @Nullable FillRow nextFill;
    private long realizedNo;

    private record Account(AccountKey key, FieldText clientId, FifoAccount fifo) {}

    private LedgerChecks(
            Finding realizedFinding,
            GroupedRows trades,
            GroupedRows realized,
            Instruments instruments,
            Set<String> withUnknownFills,
            Iterator<FillRow> fills) {
        this.realizedFinding = realizedFinding;
        this.trades = trades;
        this.realized = realized;
        this.instruments = instruments;
        this.withUnknownFills = withUnknownFills;
        this.fills = fills;
        advanceFill();
    }

    /**
     * Recomputes a run.
     *
     * @param fills all external fills by instrument and sequence, or {@code null} if they are not at hand
     * @param withFills instruments that had external fills
     */
    static Recomputed check(
            Path folder,
            Instruments instruments,
            @Nullable Iterable<FillRow> fills,
            Set<String> withFills,
            Findings findings)
            throws IOException {
        Finding order = findings.of(CheckName.ROWS_IN_ORDER);
        Finding finding = findings.of(CheckName.FIFO_REALIZED);
        try (GroupedRows trades = new GroupedRows(folder, RunFile.TRADES, new Finding());
                GroupedRows realized = new GroupedRows(folder, RunFile.REALIZED, order)) {
            LedgerChecks checks = new LedgerChecks(
                    finding,
                    trades,
                    realized,
                    instruments,
                    fills == null ? withFills : Set.of(),
                    fills == null ? Collections.emptyIterator() : fills.iterator());
            checks.run();
            finding.figure("instruments_not_recomputed", checks.result.notRecomputed.size());
            return checks.result;
        }
    }

    private void run() throws IOException {
        // Those too that have neither trades nor realized rows and so are never come by.
        result.notRecomputed.addAll(withUnknownFills);
        String instrument = nextInstrument();
        while (instrument != null) {
            realizedNo = 0;
            accounts.clear();
            if (withUnknownFills.contains(instrument)) {
                skip(instrument);
            } else {
                recompute(instruments.get(instrument), instrument);
            }
            instrument = nextInstrument();
        }
    }

    private @Nullable String nextInstrument() {
        String ofFill = nextFill == null ? null : nextFill.instrument();
        return GroupedRows.first(GroupedRows.first(trades.instrument(), realized.instrument()), ofFill);
    }

    private void recompute(Instrument instrument, String symbol) throws IOException {
        while (trades.isAt(symbol) || fillIsAt(symbol)) {
            if (fillComesFirst(symbol)) {
                applyFill(instrument);
            } else {
                applyTrade(instrument);
            }
        }
        while (realized.isAt(symbol)) {
            realizedFinding.fault(
                    symbol + ": realized.csv row " + realized.row().row() + " closes nothing: "
                            + realized.row().line());
            realized.advance();
        }
    }

    /** What is left to check without the fills: numbers without a gap, and the sums for the positions. */
    private void skip(String symbol) throws IOException {
        while (trades.isAt(symbol)) {
            countTrade(symbol, TradeLine.of(trades.row()));
            trades.advance();
        }
        while (realized.isAt(symbol)) {
            RunFileReader row = realized.row();
            if (row.number(1) != ++realizedNo) {
                realizedFinding.fault(
                        symbol + ": realized_no " + row.number(1) + " where " + realizedNo + " was expected");
            }
            AccountKey key = new AccountKey(row.text(COLUMNS.indexOf("client_id")), symbol);
            result.realizedOfOthers.merge(key, row.decimal(COLUMNS.indexOf("pnl")), Decimal::plus);
            realized.advance();
        }
    }

    private void countTrade(String symbol, TradeLine trade) {
        result.trades++;
        result.volume.merge(symbol, trade.quantity(), Decimal::plus);
    }

    private boolean fillIsAt(String symbol) {
        return nextFill != null && nextFill.instrument().equals(symbol);
    }

    private boolean fillComesFirst(String symbol) throws IOException {
        return fillIsAt(symbol)
                && (!trades.isAt(symbol)
                        || nextFill.sequence() < trades.row().number(RunFile.TRADES.column("sequence")));
    }

    private void applyFill(Instrument instrument) throws IOException {
        FillRow fill = nextFill;
        FifoAccount.Fill external = new FifoAccount.Fill(
                FieldText.of(fill.tradeId()),
                fill.side(),
                fill.price(),
                fill.quantity(),
                instrument.notional(fill.price(), fill.quantity()),
                fill.fee(),
                FieldText.of(Timestamps.format(fill.timestamp())));
        apply(FieldText.of(fill.clientId()), external, instrument);
        result.externalFills
                .computeIfAbsent(instrument.symbol(), symbol -> new FifoAccount(instrument))
                .apply(external);
        advanceFill();
    }

    private void advanceFill() {
        nextFill = fills.hasNext() ? fills.next() : null;
    }

    private void applyTrade(Instrument instrument) throws IOException {
        RunFileReader row = trades.row();
        TradeLine trade = TradeLine.of(row);
        countTrade(instrument.symbol(), trade);
        Decimal notional = instrument.notional(trade.price(), trade.quantity());
        FieldText timestamp = row.field(TradeLine.TIMESTAMP).copy();
        for (Side side : Side.values()) {
            Decimal basisPoints = trade.aggressorSide() == side ? instrument.takerFeeBps() : instrument.makerFeeBps();
            Decimal fee = basisPoints.isZero()
                    ? Decimal.ZERO
                    : notional.times(basisPoints).times(BASIS_POINT);
            FifoAccount.Fill fill = new FifoAccount.Fill(
                    trade.tradeId(), side, trade.price(), trade.quantity(), notional, fee, timestamp);
            apply(row.field(TradeLine.clientId(side)), fill, instrument);
        }
        trades.advance();
    }

    private void apply(FieldText clientId, FifoAccount.Fill fill, Instrument instrument) throws IOException {
        Account account = accounts.get(clientId);
        if (account == null) {
            account = account(clientId.copy(), instrument);
        }
        for (FifoAccount.ClosedPiece piece : account.fifo().apply(fill)) {
            compare(account, piece);
        }
    }

    private Account account(FieldText clientId, Instrument instrument) {
        AccountKey key = new AccountKey(clientId.toString(), instrument.symbol());
        FifoAccount fifo = result.accounts.computeIfAbsent(key, k -> new FifoAccount(instrument));
        Account account = new Account(key, clientId, fifo);
        accounts.put(clientId, account);
        return account;
    }

    private void compare(Account account, FifoAccount.ClosedPiece piece) throws IOException {
        AccountKey key = account.key();
        realizedNo++;
        realizedFinding.count("rows", 1);
        if (!realized.isAt(key.instrument())) {
            realizedFinding.fault(
                    key.instrument() + ": realized.csv lacks number " + realizedNo + ": " + piece.quantity() + " of "
                            + key.clientId() + " closed by " + piece.closing().tradeId());
            return;
        }
        int column = firstDifference(realized.row(), account.clientId(), piece);
        if (column >= 0) {
            realizedFinding.fault(key.instrument() + ": realized number " + realizedNo + " has " + COLUMNS.get(column)
                    + " " + realized.row().text(column) + ", recomputed " + expected(column, key, piece));
        }
        realized.advance();
    }

    /** The first column that is not written as the piece would be, −1 if all are; that of the instrument was looked at. */
    private int firstDifference(RunFileReader row, FieldText clientId, FifoAccount.ClosedPiece piece) {
        FifoAccount.Lot lot = piece.lot();
        FifoAccount.Fill closing = piece.closing();
        int column = 1;
        boolean same = row.holds(column, realizedNo)
                && row.field(++column).equals(clientId)
                && row.field(++column).equals(lot.tradeId())
                && row.field(++column).equals(closing.tradeId())
                && row.field(++column).equals(lot.side() == Side.BUY ? BUY : SELL)
                && row.holds(++column, piece.quantity())
                && row.holds(++column, lot.price())
                && row.holds(++column, closing.price())
                && row.holds(++column, piece.pnl())
                && row.field(++column).equals(closing.timestamp());
        return same ? -1 : column;
    }

    private String expected(int column, AccountKey key, FifoAccount.ClosedPiece piece) {
        return List.of(
                        key.instrument(),
                        Long.toString(realizedNo),
                        key.clientId(),
                        piece.lot().tradeId().toString(),
                        piece.closing().tradeId().toString(),
                        piece.lot().side().name(),
                        piece.quantity().toString(),
                        piece.lot().price().toString(),
                        piece.closing().price().toString(),
                        piece.pnl().toString(),
                        piece.closing().timestamp().toString())
                .get(column);
    }
}
