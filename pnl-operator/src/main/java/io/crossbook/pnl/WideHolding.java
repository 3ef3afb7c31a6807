package io.crossbook.pnl;

import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import io.crossbook.model.Side;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A holding in decimals of any size: for accounts that an external fill off the tick or lot grid, or a number beyond
 * 62 bits, has taken out of {@link TickHolding}. The same rules, exact and slower.
 */
final class WideHolding implements Holding {
    private record Lot(
            Decimal price,
            Decimal quantity,
            long tradeNo,
            @Nullable String fillId,
            long openedAt) {
        Lot less(Decimal taken) {
            return new Lot(price, quantity.minus(taken), tradeNo, fillId, openedAt);
        }
    }

    private final Terms terms;
    private final ArrayDeque<Lot> lots = new ArrayDeque<>();
    private Decimal net = Decimal.ZERO;
    private Decimal closed = Decimal.ZERO;
    private Decimal realized = Decimal.ZERO;
    private Decimal cash = Decimal.ZERO;
    private Decimal openCost = Decimal.ZERO;
    private Decimal tradeFees = Decimal.ZERO;
    private long lastLotNo;

    private WideHolding(Terms terms) {
        this.terms = terms;
    }

    /** The same holding, written in decimals. */
    static WideHolding of(TickHolding ticks, Terms terms) {
        WideHolding wide = new WideHolding(terms);
        wide.net = ticks.netQuantity();
        wide.closed = ticks.closedQuantity();
        wide.realized = ticks.realized();
        wide.cash = ticks.cashFlow();
        wide.openCost = ticks.openCost();
        wide.tradeFees = ticks.tradeFees();
        wide.lastLotNo = ticks.lastLotNo();
        ticks.eachLot(
                0,
                ticks.openLots(),
                (lotNo, side, quantity, price, tradeNo, fillId, openedAt) ->
                        wide.lots.add(new Lot(price, quantity, tradeNo, fillId, openedAt)));
        return wide;
    }

    /** Closes the oldest lots of the other side first and opens a lot with what is left. */
    void book(
            Side side,
            Decimal price,
            Decimal quantity,
            long tradeNo,
            @Nullable String fillId,
            long transactTime,
            ClosedPieces pieces) {
        Decimal leaves = quantity;
        while (leaves.signum() > 0 && holdsOpposite(side)) {
            Decimal oldest = lots.getFirst().quantity();
            Decimal piece = leaves.compareTo(oldest) < 0 ? leaves : oldest;
            closeOldest(side.opposite(), piece, price, pieces);
            leaves = leaves.minus(piece);
        }
        if (leaves.signum() > 0) {
            openLot(side, leaves, new Lot(price, leaves, tradeNo, fillId, transactTime));
        }
        closed = closed.plus(quantity).minus(leaves);
        cash = cash.plus(terms.instrument().notional(price, signed(side.opposite(), quantity)));
    }

    void payFee(Liquidity liquidity, Decimal price, Decimal quantity) {
        tradeFees = tradeFees.plus(terms.instrument().notional(price, quantity).times(terms.rate(liquidity)));
    }

    private boolean holdsOpposite(Side side) {
        return side == Side.BUY ? net.signum() < 0 : net.signum() > 0;
    }

    private void closeOldest(Side lotSide, Decimal piece, Decimal closePrice, ClosedPieces pieces) {
        Lot oldest = lots.removeFirst();
        Decimal signed = signed(lotSide, piece);
        realized = realized.plus(terms.instrument().notional(closePrice.minus(oldest.price()), signed));
        openCost = openCost.minus(oldest.price().times(signed));
        net = net.minus(signed);
        pieces.closedWide(lotSide, oldest.tradeNo(), oldest.fillId(), piece, oldest.price(), closePrice);
        if (oldest.quantity().compareTo(piece) > 0) {
            lots.addFirst(oldest.less(piece));
        }
    }

    private void openLot(Side side, Decimal quantity, Lot lot) {
        Decimal signed = signed(side, quantity);
        lots.addLast(lot);
        openCost = openCost.plus(lot.price().times(signed));
        net = net.plus(signed);
        lastLotNo++;
    }

    private static Decimal signed(Side side, Decimal quantity) {
        return side == Side.BUY ? quantity : quantity.negate();
    }

    @Override
    public Decimal netQuantity() {
        return net;
    }

    @Override
    public Decimal closedQuantity() {
        return closed;
    }

    @Override
    public Decimal realized() {
        return realized;
    }

    @Override
    public Decimal cashFlow() {
        return cash;
    }

    @Override
    public Decimal openCost() {
        return openCost;
    }

    @Override
    public Decimal unrealized(Decimal mark) {
        return net.times(mark).minus(openCost).times(terms.instrument().multiplier());
    }

    @Override
    public @Nullable Decimal averagePrice() {
        return net.isZero() ? null : openCost.dividedBy(net, Instrument.AVERAGE_PRICE_DIGITS);
    }

    @Override
    public Decimal tradeFees() {
        return tradeFees;
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
        Side side = net.signum() > 0 ? Side.BUY : Side.SELL;
        long firstLotNo = lastLotNo - lots.size() + 1;
        int place = 0;
        for (Lot lot : lots) {
            if (place >= from && place < to) {
                visitor.open(
                        firstLotNo + place,
                        side,
                        lot.quantity(),
                        lot.price(),
                        lot.tradeNo(),
                        lot.fillId(),
                        lot.openedAt());
            }
            place++;
        }
    }

    @Override
    public void write(DataOutput out) throws IOException {
        net.write(out);
        closed.write(out);
        realized.write(out);
        cash.write(out);
        openCost.write(out);
        tradeFees.write(out);
        out.writeLong(lastLotNo);
        out.writeInt(lots.size());
        for (Lot lot : lots) {
            lot.price().write(out);
            lot.quantity().write(out);
            out.writeLong(lot.openedAt());
            TradeName.write(lot.tradeNo(), lot.fillId(), out);
        }
    }

    static WideHolding read(DataInput in, Terms terms) throws IOException {
        WideHolding holding = new WideHolding(terms);
        holding.net = Decimal.read(in);
        holding.closed = Decimal.read(in);
        holding.realized = Decimal.read(in);
        holding.cash = Decimal.read(in);
        holding.openCost = Decimal.read(in);
        holding.tradeFees = Decimal.read(in);
        holding.lastLotNo = in.readLong();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            Decimal price = Decimal.read(in);
            Decimal quantity = Decimal.read(in);
            long openedAt = in.readLong();
            long tradeNo = in.readLong();
            holding.lots.add(new Lot(price, quantity, tradeNo, TradeName.readFillId(tradeNo, in), openedAt));
        }
        return holding;
    }
}
