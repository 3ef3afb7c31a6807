package io.crossbook.benchmarks;

import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import io.crossbook.model.Side;
import io.crossbook.pnl.ClosedPieces;
import io.crossbook.pnl.FifoLedger;
import io.crossbook.pnl.Liquidity;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time of one FIFO fill (one side of a trade) with a steady number of open lots in each account, beside two textbook
 * ledgers in the same run: a queue of records with {@code long}s, which wraps where a product is too large and counts no
 * fees, and a queue of records with {@code BigDecimal}s, which is exact as ours is.
 *
 * <p>Flow: {@value #ACCOUNTS} accounts, each long by {@code openLots} lots; in turn every account buys a lot and sells as
 * much, so that half of the fills open and half close. Sizes are equal, prices seeded, accounts looked up by client id.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FifoLedgerBenchmark {
    static final int ACCOUNTS = 24;

    private static final int FILLS = 2 * 1024;
    private static final int QUANTITY = 3;
    private static final long SEED = 7;

    /** Open lots of each account. */
    @Param({"1", "10", "100", "10000"})
    public int openLots;

    private final String[] clients = new String[ACCOUNTS];
    private final long[] prices = new long[FILLS];
    private final Totals totals = new Totals();
    private FifoLedger ledger = new FifoLedger(instrument());
    private LongQueueLedger longQueue = new LongQueueLedger();
    private DecimalQueueLedger decimalQueue = new DecimalQueueLedger();
    private int next;
    private long tradeNo;

    /** A tick of 0.01, a multiplier of 1, fees of -0.2 and 1 basis points. */
    private static Instrument instrument() {
        Instrument plain = Instrument.permissive("BENCH");
        return new Instrument(
                plain.symbol(),
                plain.kind(),
                plain.currency(),
                Decimal.of(1, 2),
                Decimal.ONE,
                Decimal.ONE,
                Decimal.of(-2, 1),
                Decimal.ONE,
                null,
                null,
                null,
                null,
                null,
                null,
                true,
                null,
                null,
                null);
    }

    @Setup
    public void openAccounts() {
        Random random = new Random(SEED);
        for (int i = 0; i < FILLS; i++) {
            prices[i] = 10_000 + random.nextInt(200);
        }
        for (int i = 0; i < ACCOUNTS; i++) {
            clients[i] = "client-" + i;
        }
        for (int lot = 0; lot < openLots; lot++) {
            for (String client : clients) {
                long price = prices[lot % FILLS];
                ledger.trade(client, Side.BUY, price, QUANTITY, Liquidity.TAKER, ++tradeNo, tradeNo, totals);
                longQueue.fill(client, Side.BUY, price, QUANTITY);
                decimalQueue.fill(client, Side.BUY, price, QUANTITY);
            }
        }
    }

    @Benchmark
    @OperationsPerInvocation(FILLS)
    public long fifoLedger() {
        for (int i = 0; i < FILLS; i++) {
            tradeNo++;
            ledger.trade(client(i), side(i), prices[i], QUANTITY, Liquidity.TAKER, tradeNo, tradeNo, totals);
        }
        return totals.pieces;
    }

    @Benchmark
    @OperationsPerInvocation(FILLS)
    public long textbookQueueOfLongs() {
        for (int i = 0; i < FILLS; i++) {
            longQueue.fill(client(i), side(i), prices[i], QUANTITY);
        }
        return longQueue.pieces;
    }

    @Benchmark
    @OperationsPerInvocation(FILLS)
    public long textbookQueueOfDecimals() {
        for (int i = 0; i < FILLS; i++) {
            decimalQueue.fill(client(i), side(i), prices[i], QUANTITY);
        }
        return decimalQueue.pieces;
    }

    /** Every account buys, then sells; the next pair belongs to the next account. */
    private static Side side(int i) {
        return (i & 1) == 0 ? Side.BUY : Side.SELL;
    }

    private String client(int i) {
        if ((i & 1) == 0) {
            next = next + 1 == ACCOUNTS ? 0 : next + 1;
        }
        return clients[next];
    }

    private static final class Totals implements ClosedPieces {
        private long pieces;
        private long gained;

        @Override
        public void closed(
                Side lotSide,
                long openingTradeNo,
                @Nullable String openingFillId,
                long lots,
                long openTicks,
                long closeTicks) {
            pieces++;
            gained += (closeTicks - openTicks) * lots;
        }

        @Override
        public void closedWide(
                Side lotSide,
                long openingTradeNo,
                @Nullable String openingFillId,
                Decimal quantity,
                Decimal openPrice,
                Decimal closePrice) {
            throw new IllegalStateException("this flow fits ticks and lots, closed " + gained + " so far");
        }
    }

    /** What a textbook shows: a queue of lots for each client. */
    private static final class LongQueueLedger {
        private record Lot(boolean buy, long price, long quantity) {}

        private static final class Account {
            private final ArrayDeque<Lot> lots = new ArrayDeque<>();
            private long realized;
            private long cash;
        }

        private final Map<String, Account> accounts = new HashMap<>();
        private long pieces;

        void fill(String client, Side side, long price, long quantity) {
            Account account = accounts.computeIfAbsent(client, c -> new Account());
            boolean buy = side == Side.BUY;
            long leaves = quantity;
            while (leaves > 0
                    && !account.lots.isEmpty()
                    && account.lots.peekFirst().buy() != buy) {
                Lot oldest = account.lots.pollFirst();
                long piece = Math.min(leaves, oldest.quantity());
                account.realized += (buy ? oldest.price() - price : price - oldest.price()) * piece;
                leaves -= piece;
                pieces++;
                if (oldest.quantity() > piece) {
                    account.lots.addFirst(new Lot(oldest.buy(), oldest.price(), oldest.quantity() - piece));
                }
            }
            if (leaves > 0) {
                account.lots.addLast(new Lot(buy, price, leaves));
            }
            account.cash += buy ? -price * quantity : price * quantity;
        }
    }

    /** The same with the numbers that most people would take for money. */
    private static final class DecimalQueueLedger {
        private static final BigDecimal TICK = BigDecimal.valueOf(1, 2);
        private static final BigDecimal FEE_RATE = BigDecimal.valueOf(1, 4);

        private record Lot(boolean buy, BigDecimal price, BigDecimal quantity) {}

        private static final class Account {
            private final ArrayDeque<Lot> lots = new ArrayDeque<>();
            private BigDecimal realized = BigDecimal.ZERO;
            private BigDecimal cash = BigDecimal.ZERO;
            private BigDecimal fees = BigDecimal.ZERO;
        }

        private final Map<String, Account> accounts = new HashMap<>();
        private long pieces;

        void fill(String client, Side side, long ticks, long lots) {
            Account account = accounts.computeIfAbsent(client, c -> new Account());
            boolean buy = side == Side.BUY;
            BigDecimal price = BigDecimal.valueOf(ticks).multiply(TICK);
            BigDecimal leaves = BigDecimal.valueOf(lots);
            BigDecimal notional = price.multiply(leaves);
            while (leaves.signum() > 0
                    && !account.lots.isEmpty()
                    && account.lots.peekFirst().buy() != buy) {
                Lot oldest = account.lots.pollFirst();
                BigDecimal piece = leaves.min(oldest.quantity());
                BigDecimal gain = buy ? oldest.price().subtract(price) : price.subtract(oldest.price());
                account.realized = account.realized.add(gain.multiply(piece));
                leaves = leaves.subtract(piece);
                pieces++;
                if (oldest.quantity().compareTo(piece) > 0) {
                    account.lots.addFirst(new Lot(
                            oldest.buy(), oldest.price(), oldest.quantity().subtract(piece)));
                }
            }
            if (leaves.signum() > 0) {
                account.lots.addLast(new Lot(buy, price, leaves));
            }
            account.cash = buy ? account.cash.subtract(notional) : account.cash.add(notional);
            account.fees = account.fees.add(notional.multiply(FEE_RATE));
        }
    }
}
