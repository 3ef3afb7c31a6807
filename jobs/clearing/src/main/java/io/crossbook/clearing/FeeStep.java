package io.crossbook.clearing;

import io.crossbook.clearing.settlement.Accounts;
import io.crossbook.clearing.settlement.FeeTier;
import io.crossbook.model.Decimal;
import io.crossbook.store.CopyRows;
import io.crossbook.store.clearing.ClearingFeeTable;
import io.crossbook.store.clearing.ClearingFeeTable.MemberCurrency;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/**
 * Fees and rebates: what each member made and took at the basis points of its volume tier, or of the instrument where no
 * tier applies, and what trades made elsewhere brought of their own.
 */
final class FeeStep implements DayStep {
    @Override
    public void clear(Connection connection, Day day) throws SQLException {
        ClearingFeeTable.delete(connection, day.clearingNo());
        Map<MemberCurrency, Decimal> volumes = ClearingFeeTable.volumes(connection, day.clearingNo());
        try (CopyRows rows = ClearingFeeTable.rows(connection)) {
            ClearingFeeTable.eachTraded(connection, day.clearingNo(), traded -> {
                if (traded.member().equals(Accounts.EXTERNAL)) {
                    return;
                }
                Decimal volume =
                        volumes.getOrDefault(new MemberCurrency(traded.member(), traded.currency()), Decimal.ZERO);
                FeeTier tier = day.terms()
                        .fees()
                        .tierFor(new FeeTier(Decimal.ZERO, traded.makerBps(), traded.takerBps()), volume);
                Decimal fee = tier.makerFee(traded.maker())
                        .plus(tier.takerFee(traded.taker()))
                        .plus(traded.fillFees());
                ClearingFeeTable.write(rows, day.clearingNo(), traded, tier.makerBps(), tier.takerBps(), fee);
            });
        }
    }
}
