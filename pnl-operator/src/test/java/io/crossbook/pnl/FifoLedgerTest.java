package io.crossbook.pnl;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.crossbook.model.Decimal;
import io.crossbook.model.Side;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FifoLedgerTest {
    private static final int FILLS = 20_000;

    /** Adds up instead of keeping, so that the listener allocates nothing either. */
    private static final class Sum implements ClosedPieces {
        private long ticksTimesLots;

        @Override
        public void closed(
                Side lotSide,
                long openingTradeNo,
                @Nullable String openingFillId,
                long lots,
                long openTicks,
                long closeTicks) {
            ticksTimesLots += (lotSide == Side.BUY ? closeTicks - openTicks : openTicks - closeTicks) * lots;
        }

        @Override
        public void closedWide(
                Side lotSide,
                long openingTradeNo,
                @Nullable String openingFillId,
                Decimal quantity,
                Decimal openPrice,
                Decimal closePrice) {
            throw new AssertionError("these trades fit ticks and lots");
        }
    }

    @Test
    void bookingATradeInTicksAndLotsAllocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        FifoLedger ledger = new FifoLedger(Tape.plain());
        Sum sum = new Sum();
        trades(ledger, sum);
        trades(ledger, sum);
        long before = threads.getCurrentThreadAllocatedBytes();
        trades(ledger, sum);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated).as("bytes for %d fills", FILLS).isLessThan(FILLS);
        assertThat(sum.ticksTimesLots)
                .isEqualTo(ledger.open("A").holding().realized().toBigDecimal().longValueExact());
    }

    private static void trades(FifoLedger ledger, Sum sum) {
        for (int i = 0; i < FILLS; i++) {
            // 20 bought, then 20 sold: the lots fill the ring and empty it again.
            Side side = i / 20 % 2 == 0 ? Side.BUY : Side.SELL;
            ledger.trade("A", side, 100 + i % 7, 3, Liquidity.TAKER, i + 1, i, sum);
        }
    }
}
