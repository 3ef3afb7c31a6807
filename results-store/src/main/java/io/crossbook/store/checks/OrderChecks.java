package io.crossbook.store.checks;

import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import io.crossbook.model.OrdStatus;
import io.crossbook.model.Side;
import io.crossbook.store.files.FieldText;
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

    /** The fills of one order so far; who and which side is what the newest of them says. */
    private static final class Fills {
        Side side;
        FieldText clientId;
        FieldText lastTradeId;
        Decimal quantity;
        Decimal notional;

        Fills(Side side, FieldText clientId, TradeLine trade, Decimal notional) {
            this.side = side;
            this.clientId = clientId.copy();
            this.lastTradeId = trade.tradeId();
            this.quantity = trade.quantity();
            this.notional = notional;
        }

        void add(Side ofSide, FieldText ofClient, TradeLine trade, Decimal ofTrade) {
            side = ofSide;
            if (!clientId.equals(ofClient)) {
                clientId = ofClient.copy();
            }
            lastTradeId = trade.tradeId();
            quantity = quantity.plus(trade.quantity());
            notional = notional.plus(ofTrade);
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
        Map<FieldText, Fills> open = new HashMap<>();
        TradeRules rules = new TradeRules(instrument, findings);
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

    private void checkOrder(String instrument, RunFileReader row, Map<FieldText, Fills> open, TradeRules rules)
            throws IOException {
        matching.count("orders", 1);
        FieldText orderId = row.field(ORDER_ID);
        Decimal filled = row.decimal(FILLED);
        while (quantity(open.get(orderId)).compareTo(filled) < 0 && trades.isAt(instrument)) {
            take(open, rules);
        }
        checkStatus(instrument, row, filled);
        if (filled.isZero()) {
            matchWithoutFills(instrument, row);
        } else {
            matchFills(instrument, row, filled, open.remove(orderId));
        }
    }

    private static Decimal quantity(@Nullable Fills fills) {
        return fills == null ? Decimal.ZERO : fills.quantity;
    }

    /** How a fault names an order. */
    private static String name(String instrument, RunFileReader row) {
        return instrument + ": order " + row.text(ORDER_ID);
    }

    private void checkStatus(String instrument, RunFileReader row, Decimal filled) throws IOException {
        Decimal quantity = row.decimal(QUANTITY);
        Decimal leaves = row.decimal(LEAVES);
        OrdStatus status = row.word(STATUS, OrdStatus.class);
        if (filled.compareTo(quantity) > 0 && status != OrdStatus.REJECTED) {
            findings.of(CheckName.FILLED_WITHIN_QUANTITY)
                    .fault(name(instrument, row) + " is filled with " + filled + " of " + quantity);
        } else if (!agrees(status, quantity, filled, leaves)) {
            findings.of(CheckName.ORDER_STATUS)
                    .fault(name(instrument, row) + " is " + status + " with quantity " + quantity + ", filled " + filled
                            + ", leaves " + leaves);
        }
    }

    private static boolean agrees(OrdStatus status, Decimal quantity, Decimal filled, Decimal leaves) {
        return switch (status) {
            case OPEN -> filled.isZero() && leaves.signum() > 0 && leaves.equals(quantity);
            case PARTIALLY_FILLED ->
                filled.signum() > 0
                        && leaves.signum() > 0
                        && filled.plus(leaves).equals(quantity);
            case FILLED -> leaves.isZero() && filled.equals(quantity);
            case CANCELLED, EXPIRED -> leaves.isZero() && filled.signum() >= 0 && filled.compareTo(quantity) < 0;
            case REJECTED -> filled.isZero() && leaves.isZero();
        };
    }

    private void matchWithoutFills(String instrument, RunFileReader row) {
        if (!row.isEmpty(AVERAGE)) {
            matching.fault(
                    name(instrument, row) + " has the average price " + row.text(AVERAGE) + " and nothing filled");
        }
    }

    private void matchFills(String instrument, RunFileReader row, Decimal filled, @Nullable Fills fills)
            throws IOException {
        if (!quantity(fills).equals(filled)) {
            matching.fault(
                    name(instrument, row) + " is filled with " + filled + ", its trades sum to " + quantity(fills));
            return;
        }
        checkAverage(instrument, row, filled, fills.notional);
        if (fills.side != row.word(SIDE, Side.class) || !fills.clientId.equals(row.field(CLIENT_ID))) {
            findings.of(CheckName.TRADE_SIDES)
                    .fault(name(instrument, row) + " is a " + row.text(SIDE) + " of " + row.text(CLIENT_ID)
                            + ", its trade " + fills.lastTradeId + " says " + fills.side + " of " + fills.clientId);
        }
    }

    private void checkAverage(String instrument, RunFileReader row, Decimal filled, Decimal notional)
            throws IOException {
        Decimal said = row.decimalOrNull(AVERAGE);
        // An average that gives back the whole notional was not rounded; most are, and need no division.
        if (said != null
                && said.scale() <= Instrument.AVERAGE_PRICE_DIGITS
                && said.times(filled).equals(notional)) {
            return;
        }
        Decimal average = notional.dividedBy(filled, Instrument.AVERAGE_PRICE_DIGITS);
        if (!average.equals(said)) {
            matching.fault(name(instrument, row) + " has the average price " + row.text(AVERAGE)
                    + ", that of its trades is " + average);
        }
    }

    /** Reads the next trade and adds it to the fills of both its orders. */
    private void take(Map<FieldText, Fills> open, TradeRules rules) throws IOException {
        RunFileReader row = trades.row();
        TradeLine trade = TradeLine.of(row);
        rules.apply(trade, row);
        Decimal notional = trade.quantity().times(trade.price());
        for (Side side : Side.values()) {
            FieldText orderId = row.field(TradeLine.orderId(side));
            FieldText clientId = row.field(TradeLine.clientId(side));
            Fills fills = open.get(orderId);
            if (fills == null) {
                open.put(orderId.copy(), new Fills(side, clientId, trade, notional));
            } else {
                fills.add(side, clientId, trade, notional);
            }
        }
        trades.advance();
    }
}
