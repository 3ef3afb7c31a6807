package io.crossbook.pnl;

import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import io.crossbook.model.Side;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One client in one instrument: a holding, and apart from it what external fills contributed, so that matched trades can
 * be summed over all clients without them.
 */
final class Account {
    private final String clientId;
    private final Terms terms;
    /** One of the two is there: ticks until something does not fit, from then on for good the wide one. */
    private @Nullable TickHolding ticks;

    private @Nullable WideHolding wide;
    private Decimal fillQuantity = Decimal.ZERO;
    private Decimal fillCash = Decimal.ZERO;
    private Decimal fillFees = Decimal.ZERO;

    Account(String clientId, Terms terms) {
        this.clientId = clientId;
        this.terms = terms;
        this.ticks = new TickHolding(terms);
    }

    void trade(
            Side side,
            long price,
            long quantity,
            Liquidity liquidity,
            long tradeNo,
            long transactTime,
            ClosedPieces pieces) {
        if (ticks != null && ticks.takes(price, quantity)) {
            ticks.book(side, price, quantity, tradeNo, null, transactTime, pieces);
            ticks.payFee(liquidity, price, quantity);
        } else {
            Decimal widePrice = terms.instrument().price(price);
            Decimal wideQuantity = terms.instrument().quantity(quantity);
            WideHolding holding = widen();
            holding.book(side, widePrice, wideQuantity, tradeNo, null, transactTime, pieces);
            holding.payFee(liquidity, widePrice, wideQuantity);
        }
    }

    void fill(
            Side side,
            Decimal price,
            Decimal quantity,
            Decimal fee,
            String tradeId,
            long transactTime,
            ClosedPieces pieces) {
        Instrument instrument = terms.instrument();
        long wholeTicks = price.inUnitsOf(instrument.tickSize());
        long wholeLots = quantity.inUnitsOf(instrument.lotSize());
        if (ticks != null && ticks.takes(wholeTicks, wholeLots)) {
            ticks.book(side, wholeTicks, wholeLots, TradeName.EXTERNAL, tradeId, transactTime, pieces);
        } else {
            widen().book(side, price, quantity, TradeName.EXTERNAL, tradeId, transactTime, pieces);
        }
        Decimal signed = side == Side.BUY ? quantity : quantity.negate();
        fillQuantity = fillQuantity.plus(signed);
        fillCash = fillCash.minus(instrument.notional(price, signed));
        fillFees = fillFees.plus(fee);
    }

    /** Leaves ticks and lots behind for good. */
    WideHolding widen() {
        if (wide == null) {
            wide = WideHolding.of(Objects.requireNonNull(ticks), terms);
            ticks = null;
        }
        return wide;
    }

    String clientId() {
        return clientId;
    }

    Holding holding() {
        return ticks != null ? ticks : Objects.requireNonNull(wide);
    }

    /** Fees of matched trades and of external fills; rebates count negative. */
    Decimal fees() {
        return holding().tradeFees().plus(fillFees);
    }

    /** Signed quantity of matched trades, external fills left out. */
    Decimal matchedQuantity() {
        return holding().netQuantity().minus(fillQuantity);
    }

    /** Cash of matched trades before fees, external fills left out. */
    Decimal matchedCash() {
        return holding().cashFlow().minus(fillCash);
    }

    /** Σ lot quantity × multiplier × (mark − lot price): 0 if flat, {@code null} for an open position without a mark. */
    @Nullable
    Decimal unrealized(@Nullable Decimal mark) {
        if (holding().openLots() == 0) {
            return Decimal.ZERO;
        }
        return mark == null ? null : holding().unrealized(mark);
    }

    /**
     * Whether the open lots add up to the position and its cost, and realized + unrealized = cash flow + position × mark ×
     * multiplier. Position × mark stands on both sides of the second, so it holds for every mark or for none.
     */
    boolean balanced() {
        LotTotals lots = new LotTotals();
        holding().eachLot(0, holding().openLots(), lots);
        Decimal cost = lots.cost.times(terms.instrument().multiplier());
        return lots.quantity.equals(holding().netQuantity())
                && lots.cost.equals(holding().openCost())
                && holding().realized().minus(cost).equals(holding().cashFlow());
    }

    private static final class LotTotals implements Lots {
        private Decimal quantity = Decimal.ZERO;
        private Decimal cost = Decimal.ZERO;

        @Override
        public void open(
                long lotNo,
                Side side,
                Decimal lotQuantity,
                Decimal price,
                long tradeNo,
                @Nullable String fillId,
                long openedAt) {
            Decimal signed = side == Side.BUY ? lotQuantity : lotQuantity.negate();
            quantity = quantity.plus(signed);
            cost = cost.plus(price.times(signed));
        }
    }

    void write(DataOutput out) throws IOException {
        out.writeUTF(clientId);
        fillQuantity.write(out);
        fillCash.write(out);
        fillFees.write(out);
        out.writeBoolean(wide != null);
        holding().write(out);
    }

    static Account read(DataInput in, Terms terms) throws IOException {
        Account account = new Account(in.readUTF(), terms);
        account.fillQuantity = Decimal.read(in);
        account.fillCash = Decimal.read(in);
        account.fillFees = Decimal.read(in);
        if (in.readBoolean()) {
            account.ticks = null;
            account.wide = WideHolding.read(in, terms);
        } else {
            account.ticks = TickHolding.read(in, terms);
        }
        return account;
    }
}
