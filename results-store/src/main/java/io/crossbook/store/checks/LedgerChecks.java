package io.crossbook.store.checks;

import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import io.crossbook.model.Instruments;
import io.crossbook.model.Side;
import io.crossbook.model.Timestamps;
import io.crossbook.store.checks.Recomputed.AccountKey;
import io.crossbook.store.files.RunFile;
import io.crossbook.store.files.RunFileReader;
import io.crossbook.store.rows.FillRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
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

    private final Finding realizedFinding;
    private final GroupedRows trades;
    private final GroupedRows realized;
    private final Instruments instruments;
    private final Set<String> withUnknownFills;
    private final Iterator<FillRow> fills;
    private final Recomputed result = new Recomputed();
    private @Nullable FillRow nextFill;
    private long realizedNo;

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
                applyTrade(instrument, nextTrade());
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
            nextTrade();
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

    private TradeLine nextTrade() throws IOException {
        TradeLine trade = TradeLine.of(trades.row());
        trades.advance();
        result.trades++;
        result.volume.merge(trade.instrument(), trade.quantity(), Decimal::plus);
        return trade;
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
                fill.tradeId(),
                fill.side(),
                fill.price(),
                fill.quantity(),
                fill.fee(),
                Timestamps.format(fill.timestamp()));
        apply(fill.clientId(), external, instrument);
        result.externalFills
                .computeIfAbsent(instrument.symbol(), symbol -> new FifoAccount(instrument))
                .apply(external);
        advanceFill();
    }

    private void advanceFill() {
        nextFill = fills.hasNext() ? fills.next() : null;
    }

    private void applyTrade(Instrument instrument, TradeLine trade) throws IOException {
        for (Side side : Side.values()) {
            Decimal basisPoints = trade.aggressorSide() == side ? instrument.takerFeeBps() : instrument.makerFeeBps();
            Decimal fee = instrument
                    .notional(trade.price(), trade.quantity())
                    .times(basisPoints)
                    .times(BASIS_POINT);
            FifoAccount.Fill fill = new FifoAccount.Fill(
                    trade.tradeId(), side, trade.price(), trade.quantity(), fee, trade.timestamp());
            apply(trade.clientId(side), fill, instrument);
        }
    }

    private void apply(String clientId, FifoAccount.Fill fill, Instrument instrument) throws IOException {
        AccountKey key = new AccountKey(clientId, instrument.symbol());
        FifoAccount account = result.accounts.computeIfAbsent(key, k -> new FifoAccount(instrument));
        for (FifoAccount.ClosedPiece piece : account.apply(fill)) {
            compare(key, piece);
        }
    }

    private void compare(AccountKey key, FifoAccount.ClosedPiece piece) throws IOException {
        realizedNo++;
        realizedFinding.count("rows", 1);
        if (!realized.isAt(key.instrument())) {
            realizedFinding.fault(
                    key.instrument() + ": realized.csv lacks number " + realizedNo + ": " + piece.quantity() + " of "
                            + key.clientId() + " closed by " + piece.closing().tradeId());
            return;
        }
        List<String> expected = List.of(
                key.instrument(),
                Long.toString(realizedNo),
                key.clientId(),
                piece.lot().tradeId(),
                piece.closing().tradeId(),
                piece.lot().side().name(),
                piece.quantity().toString(),
                piece.lot().price().toString(),
                piece.closing().price().toString(),
                piece.pnl().toString(),
                piece.closing().timestamp());
        RunFileReader row = realized.row();
        for (int column = 0; column < expected.size(); column++) {
            if (!expected.get(column).equals(row.text(column))) {
                realizedFinding.fault(key.instrument() + ": realized number " + realizedNo + " has "
                        + COLUMNS.get(column) + " " + row.text(column) + ", recomputed " + expected.get(column));
                break;
            }
        }
        realized.advance();
    }
}
