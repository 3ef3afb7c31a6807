package io.crossbook.pnl;

import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import io.crossbook.model.Side;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A holding in whole ticks and lots: the fast form, which nearly every account keeps for good.
 *
 * <p>Prices are below 2^62 ticks, and the lots closed so far and the lots held each fit a {@code long}; {@link #takes} asks
 * for that before a fill. All that was ever bought and sold is twice what was closed plus what is held, so below 3 × 2^63
 * lots, and any sum of their products with a price is below 3 × 2^125: it fits 128 bits. Booking itself therefore needs
 * no check, and it allocates nothing.
 */
final class TickHolding implements Holding {
    /** Largest price in ticks and quantity in lots; the difference of two prices then fits a {@code long}. */
    private static final long LARGEST = (1L << 62) - 1;

    private final Terms terms;
    private final LotRing lots = new LotRing();
    private final ExactSum realized = new ExactSum();
    private final ExactSum cash = new ExactSum();
    private final ExactSum openCost = new ExactSum();
    private final ExactSum makerNotional = new ExactSum();
    private final ExactSum takerNotional = new ExactSum();
    private long net;
    private long closed;
    private long lastLotNo;

    TickHolding(Terms terms) {
        this.terms = terms;
    }

    /** Whether a fill of this size leaves every figure within what this form can count. */
    boolean takes(long ticks, long quantity) {
        return ticks >= 0
                && ticks <= LARGEST
                && quantity > 0
                && quantity <= LARGEST
                && Math.abs(net) + quantity > 0
                && closed + quantity > 0;
    }

    /** Closes the oldest lots of the other side first and opens a lot with what is left. */
    void book(
            Side side,
            long ticks,
            long quantity,
            long tradeNo,
            @Nullable String fillId,
            long transactTime,
            ClosedPieces pieces) {
        long leaves = quantity;
        while (leaves > 0 && holdsOpposite(side)) {
            long piece = Math.min(leaves, lots.quantity(0));
            closeOldest(side.opposite(), piece, ticks, pieces);
            leaves -= piece;
        }
        if (leaves > 0) {
            openLot(side, ticks, leaves, tradeNo, fillId, transactTime);
        }
        closed += quantity - leaves;
        cash.addProduct(ticks, side == Side.BUY ? -quantity : quantity);
    }

    void payFee(Liquidity liquidity, long ticks, long quantity) {
        (liquidity == Liquidity.MAKER ? makerNotional : takerNotional).addProduct(ticks, quantity);
    }

    private boolean holdsOpposite(Side side) {
        return side == Side.BUY ? net < 0 : net > 0;
    }

    private void closeOldest(Side lotSide, long piece, long closeTicks, ClosedPieces pieces) {
        long openTicks = lots.price(0);
        long signed = lotSide == Side.BUY ? piece : -piece;
        realized.addProduct(closeTicks - openTicks, signed);
        openCost.addProduct(openTicks, -signed);
        net -= signed;
        pieces.closed(lotSide, lots.tradeNo(0), lots.fillId(0), piece, openTicks, closeTicks);
        lots.take(piece);
    }

    private void openLot(
            Side side, long ticks, long quantity, long tradeNo, @Nullable String fillId, long transactTime) {
        long signed = side == Side.BUY ? quantity : -quantity;
        lots.add(ticks, quantity, tradeNo, fillId, transactTime);
        openCost.addProduct(ticks, signed);
        net += signed;
        lastLotNo++;
    }

    @Override
    public Decimal netQuantity() {
        return terms.instrument().quantity(net);
    }

    @Override
    public Decimal closedQuantity() {
        return terms.instrument().quantity(closed);
    }

    @Override
    public Decimal realized() {
        return realized.times(terms.tickLotValue());
    }

    @Override
    public Decimal cashFlow() {
        return cash.times(terms.tickLotValue());
    }

    @Override
    public Decimal openCost() {
        return openCost.times(terms.tickLot());
    }

    @Override
    public Decimal unrealized(Decimal mark) {
        long ticks = mark.inUnitsOf(terms.instrument().tickSize());
        if (ticks == Decimal.Units.NOT_WHOLE || ticks == Decimal.Units.TOO_LARGE) {
            return netQuantity()
                    .times(mark)
                    .minus(openCost())
                    .times(terms.instrument().multiplier());
        }
        return openCost.below(net, ticks, terms.tickLotValue());
    }

    @Override
    public @Nullable Decimal averagePrice() {
        return net == 0 ? null : openCost.averagePrice(terms.instrument(), net);
    }

    @Override
    public Decimal tradeFees() {
        return makerNotional.times(terms.makerFee()).plus(takerNotional.times(terms.takerFee()));
    }

    @Override
    public long lastLotNo() {
        return lastLotNo;
    }

    @Override
    public int openLots() {
        return lots.size();
    }

    @Override
    public void eachLot(int from, int to, Lots visitor) {
        Instrument instrument = terms.instrument();
        Side side = net > 0 ? Side.BUY : Side.SELL;
        long firstLotNo = lastLotNo - lots.size() + 1;
        for (int i = from; i < to; i++) {
            visitor.open(
                    firstLotNo + i,
                    side,
                    instrument.quantity(lots.quantity(i)),
                    instrument.price(lots.price(i)),
                    lots.tradeNo(i),
                    lots.fillId(i),
                    lots.openedAt(i));
        }
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeLong(net);
        out.writeLong(closed);
        out.writeLong(lastLotNo);
        realized.write(out);
        cash.write(out);
        openCost.write(out);
        makerNotional.write(out);
        takerNotional.write(out);
        lots.write(out);
    }

    static TickHolding read(DataInput in, Terms terms) throws IOException {
        TickHolding holding = new TickHolding(terms);
        holding.net = in.readLong();
        holding.closed = in.readLong();
        holding.lastLotNo = in.readLong();
        holding.realized.readFrom(in);
        holding.cash.readFrom(in);
        holding.openCost.readFrom(in);
        holding.makerNotional.readFrom(in);
        holding.takerNotional.readFrom(in);
        holding.lots.readFrom(in);
        return holding;
    }
}
