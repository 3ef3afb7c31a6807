package io.crossbook.store.checks;

import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import io.crossbook.model.Instruments;
import io.crossbook.model.Side;
import io.crossbook.model.Utf8Order;
import io.crossbook.store.checks.Recomputed.AccountKey;
import io.crossbook.store.files.RunFile;
import io.crossbook.store.files.RunFileReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Compares positions and their lots, which lie in the same order, with what was recomputed, and sums them up. */
final class PositionChecks {
    private static final Comparator<AccountKey> FILE_ORDER = Comparator.comparing(
                    AccountKey::clientId, Utf8Order.INSTANCE)
            .thenComparing(AccountKey::instrument, Utf8Order.INSTANCE);

    private final Finding order;
    private final Finding lotsFinding;
    private final Finding positionsFinding;
    private final Finding identity;
    private final Finding conservation;
    private final Instruments instruments;
    private final Recomputed recomputed;
    private final RunFileReader lots;
    private final Map<String, Totals> byInstrument = new TreeMap<>(Utf8Order.INSTANCE);
    private @Nullable AccountKey nextLots;

    /** What the positions of an instrument come to. */
    static final class Totals {
        Decimal netQuantity = Decimal.ZERO;
        Decimal realized = Decimal.ZERO;
        Decimal unrealized = Decimal.ZERO;
        Decimal fees = Decimal.ZERO;

        @Nullable
        Decimal mark;

        boolean marked = true;
        long positions;
    }

    /** A row of {@code positions.csv}. */
    private record Position(
            AccountKey key,
            Decimal netQuantity,
            @Nullable Decimal averagePrice,
            Decimal realized,
            @Nullable Decimal mark,
            @Nullable Decimal unrealized,
            Decimal fees,
            @Nullable Decimal netPnl) {
        static Position of(RunFileReader row) throws IOException {
            return new Position(
                    new AccountKey(row.text(0), row.text(1)),
                    row.decimal(2),
                    row.decimalOrNull(3),
                    row.decimal(4),
                    row.decimalOrNull(5),
                    row.decimalOrNull(6),
                    row.decimal(7),
                    row.decimalOrNull(8));
        }
    }

    private PositionChecks(Findings findings, Instruments instruments, Recomputed recomputed, RunFileReader lots)
            throws IOException {
        this.order = findings.of(CheckName.ROWS_IN_ORDER);
        this.lotsFinding = findings.of(CheckName.LOTS_ADD_UP);
        this.positionsFinding = findings.of(CheckName.POSITIONS);
        this.identity = findings.of(CheckName.PROFIT_IDENTITY);
        this.conservation = findings.of(CheckName.CONSERVATION);
        this.instruments = instruments;
        this.recomputed = recomputed;
        this.lots = lots;
        advanceLots();
    }

    /** Checks the positions and returns their totals by instrument. */
    static Map<String, Totals> check(Path folder, Instruments instruments, Recomputed recomputed, Findings findings)
            throws IOException {
        try (RunFileReader positions = RunFileReader.open(folder, RunFile.POSITIONS);
                RunFileReader lots = RunFileReader.open(folder, RunFile.LOTS)) {
            PositionChecks checks = new PositionChecks(findings, instruments, recomputed, lots);
            checks.checkAll(positions);
            checks.checkConservation();
            return checks.byInstrument;
        }
    }

    private void checkAll(RunFileReader positions) throws IOException {
        AccountKey before = null;
        while (positions.next()) {
            Position position = Position.of(positions);
            if (before != null && FILE_ORDER.compare(before, position.key()) >= 0) {
                order.fault("positions.csv row " + positions.row() + ": " + position.key() + " after " + before);
            }
            before = position.key();
            check(position);
        }
        skipLotsWithoutPosition(null);
        recomputed.accounts.forEach((key, account) ->
                positionsFinding.fault(key + ": positions.csv has no row, recomputed " + account.netQuantity()));
    }

    private void check(Position position) throws IOException {
        AccountKey key = position.key();
        positionsFinding.count("positions", 1);
        skipLotsWithoutPosition(key);
        List<FifoAccount.Lot> ownLots = readLots(key);
        FifoAccount account = recomputed.accounts.remove(key);
        boolean recomputable = !recomputed.notRecomputed.contains(key.instrument());
        checkLots(position, ownLots, account, recomputable);
        if (account != null) {
            compare(position, account);
        } else if (recomputable) {
            positionsFinding.fault(key + ": positions.csv has a row, but no trade of it");
        } else {
            Decimal sum = recomputed.realizedOfOthers.getOrDefault(key, Decimal.ZERO);
            compare(key, "realized_pnl", position.realized(), sum);
        }
        checkValue(position);
        checkIdentity(position, ownLots, account);
        add(position);
    }

    private void compare(Position position, FifoAccount account) {
        AccountKey key = position.key();
        compare(key, "net_quantity", position.netQuantity(), account.netQuantity());
        compare(key, "average_price", position.averagePrice(), account.averagePrice());
        compare(key, "realized_pnl", position.realized(), account.realized());
        compare(key, "fees", position.fees(), account.fees());
    }

    private void compare(AccountKey key, String column, @Nullable Decimal found, @Nullable Decimal expected) {
        if (!Objects.equals(found, expected)) {
            positionsFinding.fault(key + ": " + column + " is " + text(found) + ", recomputed " + text(expected));
        }
    }

    private static String text(@Nullable Decimal value) {
        return value == null ? "empty" : value.toString();
    }

    /** A flat position is worth nothing, an open one without a mark has no value, and net follows from the parts. */
    private void checkValue(Position position) {
        Totals totals = byInstrument.computeIfAbsent(position.key().instrument(), symbol -> new Totals());
        if (totals.positions++ == 0) {
            totals.mark = position.mark();
            if (position.mark() == null
                    && recomputed.volume.containsKey(position.key().instrument())) {
                positionsFinding.fault(position.key() + ": mark_price is empty although the instrument traded");
            }
        } else if (!Objects.equals(totals.mark, position.mark())) {
            positionsFinding.fault(position.key() + ": mark_price is " + text(position.mark())
                    + ", that of another client " + text(totals.mark));
        }
        Decimal unrealized = position.unrealized();
        boolean flat = position.netQuantity().isZero();
        if ((unrealized == null) != (!flat && position.mark() == null)) {
            positionsFinding.fault(position.key() + ": unrealized_pnl is " + text(unrealized) + " with net_quantity "
                    + position.netQuantity() + " and mark_price " + text(position.mark()));
        } else if (flat && !unrealized.isZero()) {
            positionsFinding.fault(position.key() + ": a flat position has unrealized_pnl " + unrealized);
        }
        Decimal net =
                unrealized == null ? null : position.realized().plus(unrealized).minus(position.fees());
        if (!Objects.equals(position.netPnl(), net)) {
            positionsFinding.fault(position.key() + ": net_pnl is " + text(position.netPnl())
                    + ", realized + unrealized − fees is " + text(net));
        }
    }

    /** With the cash of the trades where they are known, else with the lots. */
    private void checkIdentity(Position position, List<FifoAccount.Lot> ownLots, @Nullable FifoAccount account) {
        Decimal unrealized = position.unrealized();
        if (unrealized == null) {
            identity.count("positions_without_mark", 1);
            return;
        }
        identity.count("positions", 1);
        Instrument instrument = instruments.get(position.key().instrument());
        Decimal mark = position.mark() == null ? Decimal.ZERO : position.mark();
        if (account == null) {
            Decimal ofLots = Decimal.ZERO;
            for (FifoAccount.Lot lot : ownLots) {
                ofLots = ofLots.plus(instrument.notional(mark.minus(lot.price()), signed(lot)));
            }
            if (!unrealized.equals(ofLots)) {
                identity.fault(position.key() + ": unrealized_pnl is " + unrealized + ", that of its lots " + ofLots);
            }
            return;
        }
        Decimal profit = position.realized().plus(unrealized);
        Decimal worth = account.cash().plus(instrument.notional(mark, position.netQuantity()));
        if (!profit.equals(worth)) {
            identity.fault(position.key() + ": realized + unrealized is " + profit
                    + ", cash + position × mark × multiplier is " + worth);
        }
    }

    private void add(Position position) {
        Totals totals = byInstrument.get(position.key().instrument());
        totals.netQuantity = totals.netQuantity.plus(position.netQuantity());
        totals.realized = totals.realized.plus(position.realized());
        totals.fees = totals.fees.plus(position.fees());
        if (position.unrealized() == null) {
            totals.marked = false;
        } else {
            totals.unrealized = totals.unrealized.plus(position.unrealized());
        }
    }

    /** What the clients of an instrument won of each other is nothing; what external fills brought stands apart. */
    private void checkConservation() {
        byInstrument.forEach((symbol, totals) -> {
            if (recomputed.notRecomputed.contains(symbol)) {
                conservation.count("instruments_with_unknown_fills", 1);
                return;
            }
            conservation.count("instruments", 1);
            Instrument instrument = instruments.get(symbol);
            FifoAccount external = recomputed.externalFills.getOrDefault(symbol, new FifoAccount(instrument));
            Decimal quantity = totals.netQuantity.minus(external.netQuantity());
            if (!quantity.isZero()) {
                conservation.fault(symbol + ": quantities of matched trades sum to " + quantity + " over all clients");
            } else if (totals.marked) {
                Decimal mark = totals.mark == null ? Decimal.ZERO : totals.mark;
                Decimal ofFills = external.cash().plus(instrument.notional(mark, external.netQuantity()));
                Decimal cash = totals.realized.plus(totals.unrealized).minus(ofFills);
                if (!cash.isZero()) {
                    conservation.fault(symbol + ": cash of matched trades sums to " + cash + " over all clients");
                }
            }
        });
    }

    private void checkLots(
            Position position, List<FifoAccount.Lot> ownLots, @Nullable FifoAccount account, boolean recomputable) {
        Decimal sum = Decimal.ZERO;
        for (FifoAccount.Lot lot : ownLots) {
            sum = sum.plus(signed(lot));
        }
        if (recomputable) {
            compareLots(position.key(), ownLots, account == null ? List.of() : List.copyOf(account.lots()));
        } else if (!sum.equals(position.netQuantity())) {
            lotsFinding.fault(position.key() + ": lots sum to " + sum + ", net_quantity is " + position.netQuantity());
        }
    }

    private void compareLots(AccountKey key, List<FifoAccount.Lot> found, List<FifoAccount.Lot> expected) {
        for (int i = 0; i < Math.max(found.size(), expected.size()); i++) {
            Object one = i < found.size() ? found.get(i) : "none";
            Object other = i < expected.size() ? expected.get(i) : "none";
            if (!one.equals(other)) {
                lotsFinding.fault(key + ": open lot " + (i + 1) + " is " + one + ", recomputed " + other);
                return;
            }
        }
    }

    private static Decimal signed(FifoAccount.Lot lot) {
        return lot.side() == Side.BUY ? lot.quantity() : lot.quantity().negate();
    }

    /** Passes over lots before a position, or all if it is {@code null}; they belong to none. */
    private void skipLotsWithoutPosition(@Nullable AccountKey position) throws IOException {
        while (nextLots != null && (position == null || FILE_ORDER.compare(nextLots, position) < 0)) {
            lotsFinding.fault(nextLots + ": lots.csv row " + lots.row() + " belongs to no position");
            advanceLots();
        }
    }

    private List<FifoAccount.Lot> readLots(AccountKey key) throws IOException {
        List<FifoAccount.Lot> own = new ArrayList<>();
        while (key.equals(nextLots)) {
            lotsFinding.count("lots", 1);
            own.add(new FifoAccount.Lot(
                    lots.number(2),
                    lots.field(3).copy(),
                    lots.word(4, Side.class),
                    lots.decimal(5),
                    lots.decimal(6),
                    lots.field(7).copy()));
            advanceLots();
        }
        return own;
    }

    private void advanceLots() throws IOException {
        nextLots = lots.next() ? new AccountKey(lots.text(0), lots.text(1)) : null;
    }
}
