package io.crossbook.store.checks;

import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import io.crossbook.model.Side;
import io.crossbook.store.files.FieldText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One client in one instrument, first in, first out, written as the rule is told: the ledger's independent twin. */
final class FifoAccount {
    private final Instrument instrument;
    private final Deque<Lot> lots = new ArrayDeque<>();
    private long lotsOpened;
    private Decimal netQuantity = Decimal.ZERO;
    private Decimal realized = Decimal.ZERO;
    private Decimal fees = Decimal.ZERO;
    private Decimal cash = Decimal.ZERO;

    /** An open lot. */
    record Lot(long lotNo, FieldText tradeId, Side side, Decimal quantity, Decimal price, FieldText openedAt) {
        Lot less(Decimal closed) {
            return new Lot(lotNo, tradeId, side, quantity.minus(closed), price, openedAt);
        }
    }

    /**
     * One side of a trade, or an external fill.
     *
     * @param notional {@code price × quantity × multiplier}, the same for both sides of a trade
     */
    record Fill(
            FieldText tradeId,
            Side side,
            Decimal price,
            Decimal quantity,
            Decimal notional,
            Decimal fee,
            FieldText timestamp) {}

    /** A part of a lot that a fill closed. */
    record ClosedPiece(Lot lot, Fill closing, Decimal quantity, Decimal pnl) {}

    FifoAccount(Instrument instrument) {
        this.instrument = instrument;
    }

    /** Books a fill and returns the pieces that it closed, oldest lot first. */
    List<ClosedPiece> apply(Fill fill) {
        boolean buys = fill.side() == Side.BUY;
        netQuantity = netQuantity.plus(buys ? fill.quantity() : fill.quantity().negate());
        cash = cash.plus(buys ? fill.notional().negate() : fill.notional());
        fees = fill.fee().isZero() ? fees : fees.plus(fill.fee());
        List<ClosedPiece> closed = new ArrayList<>();
        Decimal leaves = fill.quantity();
        while (!leaves.isZero() && holdsOpposite(fill.side())) {
            Lot oldest = lots.removeFirst();
            boolean closesLot = leaves.compareTo(oldest.quantity()) >= 0;
            Decimal quantity = closesLot ? oldest.quantity() : leaves;
            Decimal pnl = profit(oldest, fill.price(), quantity);
            realized = realized.plus(pnl);
            closed.add(new ClosedPiece(oldest, fill, quantity, pnl));
            if (closesLot) {
                leaves = leaves.minus(quantity);
            } else {
                lots.addFirst(oldest.less(quantity));
                leaves = Decimal.ZERO;
            }
        }
        if (!leaves.isZero()) {
            lots.addLast(new Lot(++lotsOpened, fill.tradeId(), fill.side(), leaves, fill.price(), fill.timestamp()));
        }
        return closed;
    }

    private boolean holdsOpposite(Side side) {
        return !lots.isEmpty() && lots.getFirst().side() != side;
    }

    private Decimal profit(Lot lot, Decimal closePrice, Decimal quantity) {
        Decimal gained = lot.side() == Side.BUY
                ? closePrice.minus(lot.price())
                : lot.price().minus(closePrice);
        return instrument.notional(gained, quantity);
    }

    Deque<Lot> lots() {
        return lots;
    }

    Decimal netQuantity() {
        return netQuantity;
    }

    Decimal realized() {
        return realized;
    }

    Decimal fees() {
        return fees;
    }

    /** What trades paid (+) and cost (−) before fees. */
    Decimal cash() {
        return cash;
    }

    /** Of the open lots; {@code null} if flat. */
    @Nullable
    Decimal averagePrice() {
        Decimal cost = Decimal.ZERO;
        for (Lot lot : lots) {
            cost = cost.plus(lot.price().times(lot.quantity()));
        }
        return lots.isEmpty() ? null : cost.dividedBy(netQuantity.abs(), Instrument.AVERAGE_PRICE_DIGITS);
    }
}
