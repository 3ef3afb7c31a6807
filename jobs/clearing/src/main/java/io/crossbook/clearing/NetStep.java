package io.crossbook.clearing;

import io.crossbook.clearing.input.ShortDelivery;
import io.crossbook.clearing.settlement.DeliveryAllocation;
import io.crossbook.clearing.settlement.DeliveryResult;
import io.crossbook.clearing.settlement.VariationMargin;
import io.crossbook.model.Decimal;
import io.crossbook.store.CopyRows;
import io.crossbook.store.clearing.ClearedInstrument;
import io.crossbook.store.clearing.ObligationTable;
import io.crossbook.store.clearing.ObligationTable.Delivery;
import io.crossbook.store.clearing.ObligationTable.Due;
import io.crossbook.store.clearing.PositionTable;
import io.crossbook.store.clearing.SettlementPriceTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Nets an instrument: the position of each member, and on it variation margin for what is marked day by day, or what is to
 * be delivered against payment for what is not.
 */
final class NetStep implements InstrumentStep {
    @Override
    public void clear(Connection connection, Day day, ClearedInstrument instrument) throws SQLException {
        String symbol = instrument.instrument();
        PositionTable.delete(connection, day.clearingNo(), symbol);
        Decimal price =
                SettlementPriceTable.find(connection, day.clearingNo(), symbol).orElse(null);
        Decimal previous = SettlementPriceTable.find(connection, day.run().previous(), symbol)
                .orElse(Decimal.ZERO);
        try (CopyRows positions = PositionTable.positions(connection);
                CopyRows variation = PositionTable.variation(connection)) {
            PositionTable.eachMove(connection, day.run().previous(), day.clearingNo(), symbol, move -> {
                Decimal paid = move.tradedValue().times(instrument.multiplier());
                PositionTable.write(
                        positions,
                        day.clearingNo(),
                        symbol,
                        move,
                        move.cashFlow().minus(paid));
                boolean touched = !move.carried().isZero() || !move.traded().isZero() || !paid.isZero();
                if (instrument.isMargined() && touched) {
                    Decimal amount = VariationMargin.of(
                            instrument.multiplier(),
                            move.carried(),
                            previous,
                            move.traded(),
                            move.tradedValue(),
                            require(price, instrument));
                    PositionTable.writeVariation(variation, day.clearingNo(), instrument, move.member(), amount);
                }
            });
        }
        if (!instrument.isMargined()) {
            ObligationTable.net(connection, day.clearingNo(), symbol);
            deliver(connection, day, instrument, price);
        }
    }

    private static Decimal require(@Nullable Decimal price, ClearedInstrument instrument) {
        if (price == null) {
            throw new RefusedException(
                    instrument.instrument() + " is held, but has no settlement price: it did not trade, has"
                            + " no previous one, and none was given. Give one with --settlement-file"
                            + " (instrument,price,reason)");
        }
        return price;
    }

    /** What is due is delivered and paid, save what was said to be short; that is carried at the settlement price. */
    private static void deliver(Connection connection, Day day, ClearedInstrument instrument, @Nullable Decimal price)
            throws SQLException {
        String symbol = instrument.instrument();
        Map<LocalDate, Map<String, Due>> byDate = new TreeMap<>();
        for (Due due : ObligationTable.due(connection, day.clearingNo(), symbol)) {
            byDate.computeIfAbsent(due.settlementDate(), date -> new LinkedHashMap<>())
                    .put(due.member(), due);
        }
        List<ShortDelivery> shorts = day.terms().shortDeliveries().stream()
                .filter(line -> line.instrument().equals(symbol))
                .toList();
        requireDue(day, shorts, byDate);
        for (Map.Entry<LocalDate, Map<String, Due>> date : byDate.entrySet()) {
            deliver(connection, day, instrument, require(price, instrument), date, shorts);
        }
    }

    private static void requireDue(Day day, List<ShortDelivery> shorts, Map<LocalDate, Map<String, Due>> byDate) {
        for (ShortDelivery line : shorts) {
            Map<String, Due> due = byDate.getOrDefault(line.settlementDate(), Map.of());
            if (!due.containsKey(line.member())) {
                throw new RefusedException(where(day, line) + line.member() + " has nothing to deliver in "
                        + line.instrument() + " on " + line.settlementDate() + " that is due by "
                        + day.run().businessDate());
            }
        }
    }

    private static String where(Day day, ShortDelivery line) {
        return day.terms()
                        .inputs()
                        .file(ClearingInputs.DELIVERIES)
                        .orElseThrow()
                        .name() + ':' + line.line() + ": ";
    }

    private static void deliver(
            Connection connection,
            Day day,
            ClearedInstrument instrument,
            Decimal price,
            Map.Entry<LocalDate, Map<String, Due>> date,
            List<ShortDelivery> shorts)
            throws SQLException {
        String symbol = instrument.instrument();
        Map<String, Decimal> quantities = new LinkedHashMap<>();
        date.getValue().forEach((member, due) -> quantities.put(member, due.quantity()));
        Map<String, Decimal> delivered = new LinkedHashMap<>();
        shorts.stream()
                .filter(line -> line.settlementDate().equals(date.getKey()))
                .forEach(line -> delivered.put(line.member(), line.quantity()));
        List<DeliveryResult> results;
        try {
            results = DeliveryAllocation.allocate(symbol, date.getKey(), quantities, delivered);
        } catch (IllegalArgumentException wrong) {
            throw new RefusedException("--deliveries: " + wrong.getMessage());
        }
        try (CopyRows rows = ObligationTable.deliveries(connection)) {
            for (DeliveryResult result : results) {
                Due due = date.getValue().get(result.member());
                Decimal cash = result.money(due.cash(), price, instrument.multiplier());
                ObligationTable.write(
                        rows,
                        day.clearingNo(),
                        symbol,
                        new Delivery(date.getKey(), result.member(), result.settled(), result.open(), price, cash));
            }
        }
        for (DeliveryResult result : results) {
            if (!result.open().isZero()) {
                Decimal cash = result.open()
                        .times(price)
                        .times(instrument.multiplier())
                        .negate();
                ObligationTable.carry(
                        connection,
                        day.clearingNo(),
                        symbol,
                        new Due(instrument.nextDate(), result.member(), result.open(), cash));
            }
        }
    }
}
