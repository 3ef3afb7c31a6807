package io.crossbook.store.checks;

import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import io.crossbook.model.Side;
import org.jspecify.annotations.Nullable;

/** What must hold from trade to trade of one instrument: numbers, sides, and the best price first. */
final class TradeRules {
    private final Finding numbers;
    private final Finding sides;
    private final Finding priority;
    private @Nullable TradeLine before;

    TradeRules(Findings findings) {
        this.numbers = findings.of(CheckName.TRADE_NUMBERS);
        this.sides = findings.of(CheckName.TRADE_SIDES);
        this.priority = findings.of(CheckName.PRICE_TIME_PRIORITY);
    }

    void apply(TradeLine trade) {
        numbers.count("trades", 1);
        checkNumber(trade);
        checkSides(trade);
        TradeLine last = before;
        if (last != null && last.sequence() == trade.sequence()) {
            checkPriority(last, trade);
        }
        before = trade;
    }

    private void checkNumber(TradeLine trade) {
        long expected = before == null ? 1 : before.tradeNo() + 1;
        if (trade.tradeNo() != expected) {
            numbers.fault(
                    trade.instrument() + ": trade number " + trade.tradeNo() + " where " + expected + " was expected");
        } else if (!trade.tradeId().equals(Instrument.tradeId(trade.instrument(), trade.tradeNo()))) {
            numbers.fault(trade.instrument() + ": trade number " + trade.tradeNo() + " has the id " + trade.tradeId());
        } else if (before != null && trade.sequence() < before.sequence()) {
            numbers.fault(trade.tradeId() + ": sequence " + trade.sequence() + " after " + before.sequence());
        }
    }

    private void checkSides(TradeLine trade) {
        if (trade.quantity().signum() <= 0) {
            sides.fault(trade.tradeId() + ": the quantity must be above zero, was " + trade.quantity());
        }
        for (Side side : Side.values()) {
            if (trade.orderId(side).isEmpty() || trade.clientId(side).isEmpty()) {
                sides.fault(trade.tradeId() + ": the " + side + " side has no order or no client");
            }
        }
        Side aggressor = trade.aggressorSide();
        String maker = aggressor == null ? "" : trade.orderId(aggressor.opposite());
        String taker = aggressor == null ? "" : trade.orderId(aggressor);
        if (!trade.makerOrderId().equals(maker) || !trade.takerOrderId().equals(taker)) {
            sides.fault(trade.tradeId() + ": maker and taker are \"" + trade.makerOrderId() + "\" and \""
                    + trade.takerOrderId() + "\", by aggressor_side they are \"" + maker + "\" and \"" + taker + "\"");
        }
    }

    /** Two neighbours of one command: an auction has one price, an aggressor's prices never get better for it. */
    private void checkPriority(TradeLine last, TradeLine trade) {
        Side aggressor = trade.aggressorSide();
        if (aggressor != last.aggressorSide() || !trade.takerOrderId().equals(last.takerOrderId())) {
            return;
        }
        Decimal price = trade.price();
        int change = price.compareTo(last.price());
        boolean wrong = aggressor == null ? change != 0 : aggressor == Side.BUY ? change < 0 : change > 0;
        if (wrong) {
            priority.fault(trade.tradeId() + " at " + price + " after " + last.tradeId() + " at " + last.price()
                    + (aggressor == null
                            ? ": an auction has one price"
                            : ": the aggressor " + trade.takerOrderId() + " did not take the best price first"));
        }
    }
}
