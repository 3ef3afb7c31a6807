package io.crossbook.store.checks;

import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import io.crossbook.model.OrdStatus;
import io.crossbook.model.Side;
import io.crossbook.store.files.RunFile;
import io.crossbook.store.files.RunFileReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Joins orders with their trades.
 *
 * <p>Both files are in the order of events, so trades are read only as far as the present order needs, and memory holds
 * just the fills of orders that have not ended yet. An order id may come again on a later day: by then the earlier order's
 * row has taken its fills away.
 */
final class OrderChecks {
    private static final int ORDER_ID = RunFile.ORDERS.column("order_id");
    private static final int CLIENT_ID = RunFile.ORDERS.column("client_id");
    private static final int SIDE = RunFile.ORDERS.column("side");
    private static final int QUANTITY = RunFile.ORDERS.column("quantity");
    private static final int FILLED = RunFile.ORDERS.column("filled_quantity");
    private static final int LEAVES = RunFile.ORDERS.column("leaves_quantity");
    private static final int AVERAGE = RunFile.ORDERS.column("average_price");
    private static final int STATUS = RunFile.ORDERS.column("status");

    private final Findings findings;
    private final Finding matching;
    private final GroupedRows trades;
    private final GroupedRows orders;

    /** The fills of one order so far. */
    private static final class Fills {
        final Side side;
        final String clientId;
        final String lastTradeId;
        final Decimal quantity;
        final Decimal notional;

        Fills(Side side, String clientId, String lastTradeId, Decimal quantity, Decimal notional) {
            this.side = side;
            this.clientId = clientId;
            this.lastTradeId = lastTradeId;
            this.quantity = quantity;
            this.notional = notional;
        }
    }

    private OrderChecks(Findings findings, GroupedRows trades, GroupedRows orders) {
        this.findings = findings;
        this.matching = findings.of(CheckName.ORDERS_MATCH_TRADES);
        this.trades = trades;
        this.orders = orders;
    }

    static void check(Path folder, Findings findings) throws IOException {
        Finding order = findings.of(CheckName.ROWS_IN_ORDER);
        try (GroupedRows trades = new GroupedRows(folder, RunFile.TRADES, order);
                GroupedRows orders = new GroupedRows(folder, RunFile.ORDERS, order)) {
            OrderChecks checks = new OrderChecks(findings, trades, orders);
            String instrument = GroupedRows.first(trades.instrument(), orders.instrument());
            while (instrument != null) {
                checks.checkInstrument(instrument);
                instrument = GroupedRows.first(trades.instrument(), orders.instrument());
            }
        }
    }

    private void checkInstrument(String instrument) throws IOException {
        Map<String, Fills> open = new HashMap<>();
        TradeRules rules = new TradeRules(findings);
        while (orders.isAt(instrument)) {
            checkOrder(instrument, orders.row(), open, rules);
            orders.advance();
        }
        while (trades.isAt(instrument)) {
            take(open, rules);
        }
        open.forEach((orderId, fills) -> matching.fault(instrument + ": trade " + fills.lastTradeId
                + " names the order " + orderId + ", which orders.csv does not hold or shows with less filled"));
    }

    private void checkOrder(String instrument, RunFileReader row, Map<String, Fills> open, TradeRules rules)
            throws IOException {
        matching.count("orders", 1);
        String orderId = row.text(ORDER_ID);
        Decimal filled = row.decimal(FILLED);
        while (quantity(open.get(orderId)).compareTo(filled) < 0 && trades.isAt(instrument)) {
            take(open, rules);
        }
        String name = instrument + ": order " + orderId;
        checkStatus(name, row, filled);
        if (filled.isZero()) {
            matchWithoutFills(name, row);
        } else {
            matchFills(name, row, filled, open.remove(orderId));
        }
    }

    private static Decimal quantity(@Nullable Fills fills) {
        return fills == null ? Decimal.ZERO : fills.quantity;
    }

    private void checkStatus(String name, RunFileReader row, Decimal filled) throws IOException {
        Decimal quantity = row.decimal(QUANTITY);
        Decimal leaves = row.decimal(LEAVES);
        OrdStatus status = row.word(STATUS, OrdStatus.class);
        if (filled.compareTo(quantity) > 0 && status != OrdStatus.REJECTED) {
            findings.of(CheckName.FILLED_WITHIN_QUANTITY).fault(name + " is filled with " + filled + " of " + quantity);
        } else if (!agrees(status, quantity, filled, leaves)) {
            findings.of(CheckName.ORDER_STATUS)
                    .fault(name + " is " + status + " with quantity " + quantity + ", filled " + filled + ", leaves "
                            + leaves);
        }
    }

    private static boolean agrees(OrdStatus status, Decimal quantity, Decimal filled, Decimal leaves) {
        boolean complete = filled.plus(leaves).equals(quantity);
        return switch (status) {
            case OPEN -> complete && filled.isZero() && leaves.signum() > 0;
            case PARTIALLY_FILLED -> complete && filled.signum() > 0 && leaves.signum() > 0;
            case FILLED -> complete && leaves.isZero();
            case CANCELLED, EXPIRED -> leaves.isZero() && filled.signum() >= 0 && filled.compareTo(quantity) < 0;
            case REJECTED -> filled.isZero() && leaves.isZero();
        };
    }

    private void matchWithoutFills(String name, RunFileReader row) {
        if (!row.isEmpty(AVERAGE)) {
            matching.fault(name + " has the average price " + row.text(AVERAGE) + " and nothing filled");
        }
    }

    private void matchFills(String name, RunFileReader row, Decimal filled, @Nullable Fills fills) throws IOException {
        if (!quantity(fills).equals(filled)) {
            matching.fault(name + " is filled with " + filled + ", its trades sum to " + quantity(fills));
            return;
        }
        Decimal average = fills.notional.dividedBy(filled, Instrument.AVERAGE_PRICE_DIGITS);
        if (!average.equals(row.decimalOrNull(AVERAGE))) {
            matching.fault(name + " has the average price " + row.text(AVERAGE) + ", that of its trades is " + average);
        }
        if (fills.side != row.word(SIDE, Side.class) || !fills.clientId.equals(row.text(CLIENT_ID))) {
            findings.of(CheckName.TRADE_SIDES)
                    .fault(name + " is a " + row.text(SIDE) + " of " + row.text(CLIENT_ID) + ", its trade "
                            + fills.lastTradeId + " says " + fills.side + " of " + fills.clientId);
        }
    }

    /** Reads the next trade and adds it to the fills of both its orders. */
    private void take(Map<String, Fills> open, TradeRules rules) throws IOException {
        TradeLine trade = TradeLine.of(trades.row());
        trades.advance();
        rules.apply(trade);
        for (Side side : Side.values()) {
            open.merge(
                    trade.orderId(side),
                    new Fills(
                            side,
                            trade.clientId(side),
                            trade.tradeId(),
                            trade.quantity(),
                            trade.quantity().times(trade.price())),
                    OrderChecks::sum);
        }
    }

    private static Fills sum(Fills before, Fills more) {
        return new Fills(
                more.side,
                more.clientId,
                more.lastTradeId,
                before.quantity.plus(more.quantity),
                before.notional.plus(more.notional));
    }
}
