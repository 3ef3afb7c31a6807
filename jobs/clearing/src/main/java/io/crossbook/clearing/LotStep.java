package io.crossbook.clearing;

import io.crossbook.clearing.settlement.FifoLots;
import io.crossbook.clearing.settlement.FifoLots.Lot;
import io.crossbook.model.Decimal;
import io.crossbook.store.CopyRows;
import io.crossbook.store.clearing.ClearedInstrument;
import io.crossbook.store.clearing.ClearingLotTable;
import io.crossbook.store.clearing.ClearingLotTable.Line;
import io.crossbook.store.clearing.ClearingLotTable.Member;
import io.crossbook.store.clearing.MemberLines;
import io.crossbook.store.clearing.SettlementPriceTable;
import java.sql.Connection;
import java.sql.SQLException;

/** Books the day's legs on yesterday's lots, first in, first out, and values what is left at the settlement price. */
final class LotStep implements InstrumentStep {
    @Override
    public void clear(Connection connection, Day day, ClearedInstrument instrument) throws SQLException {
        String symbol = instrument.instrument();
        ClearingLotTable.delete(connection, day.clearingNo(), symbol);
        // Who is flat needs no price.
        Decimal price =
                SettlementPriceTable.find(connection, day.clearingNo(), symbol).orElse(Decimal.ZERO);
        try (MemberLines<Line> carried =
                        ClearingLotTable.carried(connection, day.run().previous(), symbol);
                MemberLines<Line> legs = ClearingLotTable.legs(connection, day.clearingNo(), symbol);
                CopyRows lots = ClearingLotTable.lots(connection);
                CopyRows pnl = ClearingLotTable.pnl(connection)) {
            for (Member member : ClearingLotTable.members(connection, day.run().previous(), day.clearingNo(), symbol)) {
                FifoLots fifo = new FifoLots(
                        carried.of(member.member()).stream().map(LotStep::lot).toList());
                for (Line leg : legs.of(member.member())) {
                    fifo.apply(lot(leg));
                }
                int lotNo = 0;
                for (Lot lot : fifo.open()) {
                    ClearingLotTable.write(
                            lots,
                            day.clearingNo(),
                            symbol,
                            ++lotNo,
                            new Line(
                                    member.member(),
                                    lot.tradeId(),
                                    lot.side(),
                                    lot.quantity(),
                                    lot.price(),
                                    lot.openedAt()));
                }
                ClearingLotTable.write(
                        pnl,
                        day.clearingNo(),
                        symbol,
                        member,
                        fifo.realized().times(instrument.multiplier()),
                        fifo.unrealized(price).times(instrument.multiplier()));
            }
            carried.requireTaken();
            legs.requireTaken();
        }
    }

    private static Lot lot(Line line) {
        return new Lot(line.tradeId(), line.side(), line.quantity(), line.price(), line.openedAt());
    }
}
