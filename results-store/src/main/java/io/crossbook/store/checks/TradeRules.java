package io.crossbook.store.checks;

import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import io.crossbook.model.Side;
import io.crossbook.store.files.FieldText;
import io.crossbook.store.files.RunFileReader;
import org.jspecify.annotations.Nullable;

/** What must hold from trade to trade of one instrument: numbers, sides, and the best price first. */
final class TradeRules {
    private static final FieldText NONE = FieldText.of("");

    private final String instrument;
    private final Finding numbers;
    private final Finding sides;
    private final Finding priority;
    private @Nullable TradeLine before;
    private FieldText takerBefore = NONE;

    TradeRules(String instrument, Findings findings) {
        this.instrument = instrument;
        this.numbers = findings.of(CheckName.TRADE_NUMBERS);
        this.sides = findings.of(CheckName.TRADE_SIDES);
        this.priority = findings.of(CheckName.PRICE_TIME_PRIORITY);
    }

    /** Takes the next trade with the row that it was read from. */
    void apply(TradeLine trade, RunFileReader row) {
        numbers.count("trades", 1);
        checkNumber(trade);
        checkSides(trade, row);
        TradeLine last = before;
        FieldText taker = row.field(TradeLine.TAKER_ORDER_ID);
        if (last != null && last.sequence() == trade.sequence() && taker.equals(takerBefore)) {
            checkPriority(last, trade);
        }
        before = trade;
        takerBefore = taker.copy();
    }

    private void checkNumber(TradeLine trade) {
        long expected = before == null ? 1 : before.tradeNo() + 1;
        if (trade.tradeNo() != expected) {
            numbers.fault(instrument + ": trade number " + trade.tradeNo() + " where " + expected + " was expected");
        } else if (!trade.tradeId().equals(FieldText.of(Instrument.tradeId(instrument, trade.tradeNo())))) {
            numbers.fault(instrument + ": trade number " + trade.tradeNo() + " has the id " + trade.tradeId());
        } else if (before != null && trade.sequence() < before.sequence()) {
            numbers.fault(trade.tradeId() + ": sequence " + trade.sequence() + " after " + before.sequence());
        }
    }

    private void checkSides(TradeLine trade, RunFileReader row) {
        if (trade.quantity().signum() <= 0) {
            sides.fault(trade.tradeId() + ": the quantity must be above zero, was " + trade.quantity());
        }
        for (Side side : Side.values()) {
            if (row.field(TradeLine.orderId(side)).isEmpty()
                    || row.field(TradeLine.clientId(side)).isEmpty()) {
                sides.fault(trade.tradeId() + ": the " + side + " side has no order or no client");
            }
        }
        Side aggressor = trade.aggressorSide();
        FieldText maker = aggressor == null ? NONE : row.field(TradeLine.orderId(aggressor.opposite()));
        FieldText taker = aggressor == null ? NONE : row.field(TradeLine.orderId(aggressor));
        FieldText saidMaker = row.field(TradeLine.MAKER_ORDER_ID);
        FieldText saidTaker = row.field(TradeLine.TAKER_ORDER_ID);
        if (!saidMaker.equals(maker) || !saidTaker.equals(taker)) {
            sides.fault(trade.tradeId() + ": maker and taker are \"" + saidMaker + "\" and \"" + saidTaker
                    + "\", by aggressor_side they are \"" + maker + "\" and \"" + taker + "\"");
        }
    }

    /** Two neighbours of one command and taker: an auction has one price, an aggressor's prices never get better for it. */
    private void checkPriority(TradeLine last, TradeLine trade) {
        Side aggressor = trade.aggressorSide();
        if (aggressor != last.aggressorSide()) {
            return;
        }
        Decimal price = trade.price();
        int change = price.compareTo(last.price());
        boolean wrong = aggressor == null ? change != 0 : aggressor == Side.BUY ? change < 0 : change > 0;
        if (wrong) {
            priority.fault(trade.tradeId() + " at " + price + " after " + last.tradeId() + " at " + last.price()
                    + (aggressor == null
                            ? ": an auction has one price"
                            : ": the aggressor " + takerBefore + " did not take the best price first"));
        }
    }
}
