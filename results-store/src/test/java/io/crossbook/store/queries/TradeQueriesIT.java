package io.crossbook.store.queries;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.model.Decimal;
import io.crossbook.model.Side;
import io.crossbook.store.RunWriter;
import io.crossbook.store.TestDatabase;
import io.crossbook.store.rows.TradeRow;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Trades, and the candles drawn of them, against the same worked out from a list. */
class TradeQueriesIT {
    private static final String HOSTILE = "t'); DELETE FROM trades; --";
    private static final List<String> NAMES = List.of("A", "B", HOSTILE);
    private static final long MINUTE = 60_000_000_000L;

    private static TestDatabase database;
    private static Connection connection;
    private static List<TradeRow> trades;

    @BeforeAll
    static void start() throws Exception {
        database = TestDatabase.create("trade_queries");
        connection = database.connect();
        trades = randomTrades(500, new Random(3));
        try (RunWriter live = database.openLive("trades");
                RunWriter backtest = database.openRun("backtest")) {
            for (TradeRow row : trades) {
                live.add(row);
                backtest.add(row);
            }
            live.flush();
            backtest.flush();
        }
        database.finish("backtest");
    }

    @AfterAll
    static void stop() throws Exception {
        connection.close();
        database.close();
    }

    /** Bursts at equal times, and gaps of up to some hours. */
    private static List<TradeRow> randomTrades(int number, Random random) {
        List<TradeRow> rows = new ArrayList<>();
        Map<String, Long> numbers = new HashMap<>();
        long time = 1_700_000_000_000_000_123L;
        for (int i = 0; i < number; i++) {
            time += switch (random.nextInt(20)) {
                case 0 -> random.nextInt(200) * MINUTE;
                case 1, 2, 3 -> random.nextInt(1_000_000_000) * 60L;
                default -> 0;
            };
            String instrument = NAMES.get(random.nextInt(3));
            long tradeNo = numbers.merge(instrument, 1L, Long::sum);
            boolean auction = random.nextInt(5) == 0;
            rows.add(new TradeRow(
                    instrument,
                    tradeNo,
                    instrument + "-" + tradeNo,
                    tradeNo / 3 + 1,
                    time,
                    Decimal.of(1 + random.nextInt(10_000), 2),
                    Decimal.of(1 + random.nextInt(100_000), 5),
                    auction ? null : Side.values()[random.nextInt(2)],
                    auction ? null : "m" + i,
                    auction ? null : "t" + i,
                    "m" + i,
                    "t" + i,
                    NAMES.get(random.nextInt(3)),
                    NAMES.get(random.nextInt(3))));
        }
        return rows;
    }

    private static StoredTrade stored(TradeRow row) {
        return new StoredTrade(
                row.instrument(),
                row.tradeNo(),
                row.tradeId(),
                row.sequence(),
                Instant.ofEpochSecond(0, row.timestamp()),
                row.price(),
                row.quantity(),
                row.aggressorSide() == null ? null : row.aggressorSide().name(),
                row.makerOrderId(),
                row.takerOrderId(),
                row.buyOrderId(),
                row.sellOrderId(),
                row.buyClientId(),
                row.sellClientId());
    }

    @Test
    void pagesThroughTradesOfEveryClientAndInstrument() throws Exception {
        for (String runId : List.of("trades", "backtest")) {
            for (String instrument : Arrays.asList(null, "A", HOSTILE, "none")) {
                for (String client : Arrays.asList(null, "B", HOSTILE, "none")) {
                    List<StoredTrade> expected = trades.stream()
                            .filter(row ->
                                    instrument == null || row.instrument().equals(instrument))
                            .filter(row -> client == null
                                    || row.buyClientId().equals(client)
                                    || row.sellClientId().equals(client))
                            .sorted(Comparator.comparing(TradeRow::timestamp)
                                    .thenComparing(TradeRow::instrument)
                                    .thenComparing(TradeRow::tradeNo)
                                    .reversed())
                            .map(TradeQueriesIT::stored)
                            .toList();
                    for (int pageSize : new int[] {4, 1000}) {
                        assertThat(Pages.all(
                                        pageSize,
                                        (after, limit) -> TradeQuery.list(
                                                connection, runId, instrument, client, null, null, after, limit)))
                                .as("%s: of %s in %s", runId, client, instrument)
                                .isEqualTo(expected);
                    }
                }
            }
        }
    }

    @Test
    void findsTheTradesOfACommandAndTheLastOfAnInstrument() throws Exception {
        for (String instrument : NAMES) {
            List<StoredTrade> all = trades.stream()
                    .filter(row -> row.instrument().equals(instrument))
                    .map(TradeQueriesIT::stored)
                    .toList();
            assertThat(TradeQuery.last(connection, "trades", instrument)).contains(all.get(all.size() - 1));
        }
        assertThat(TradeQuery.last(connection, "trades", "none")).isEmpty();
    }

    @Test
    void drawsTheNewestCandles() throws Exception {
        long middle = trades.get(250).timestamp();
        for (String runId : List.of("trades", "backtest")) {
            for (String instrument : List.of("A", HOSTILE)) {
                for (long interval : new long[] {MINUTE, 7 * MINUTE, 1_000 * MINUTE, Long.MAX_VALUE / 2}) {
                    for (int limit : new int[] {1, 5, 1000}) {
                        checkCandles(runId, instrument, interval, null, null, limit);
                        checkCandles(runId, instrument, interval, middle, null, limit);
                        checkCandles(runId, instrument, interval, null, middle, limit);
                        checkCandles(runId, instrument, interval, middle - 90 * MINUTE, middle, limit);
                    }
                }
            }
        }
        assertThat(CandleQuery.list(connection, "trades", "none", MINUTE, null, null, 5))
                .isEmpty();
        assertThat(CandleQuery.list(connection, "trades", "A", MINUTE, Long.MAX_VALUE, null, 5))
                .isEmpty();
    }

    private static void checkCandles(
            String runId, String instrument, long interval, @Nullable Long from, @Nullable Long to, int limit)
            throws Exception {
        TreeMap<Long, List<TradeRow>> buckets = new TreeMap<>();
        for (TradeRow row : between(instrument, from, to)) {
            buckets.computeIfAbsent(row.timestamp() - row.timestamp() % interval, bucket -> new ArrayList<>())
                    .add(row);
        }
        List<Candle> expected = new ArrayList<>();
        buckets.forEach((bucket, rows) -> expected.add(candle(bucket, rows)));
        assertThat(CandleQuery.list(connection, runId, instrument, interval, from, to, limit))
                .as("%s: %s of %s ns from %s to %s", runId, instrument, interval, from, to)
                .isEqualTo(expected.subList(Math.max(0, expected.size() - limit), expected.size()));
    }

    private static List<TradeRow> between(String instrument, @Nullable Long from, @Nullable Long to) {
        return trades.stream()
                .filter(row -> row.instrument().equals(instrument))
                .filter(row -> from == null || row.timestamp() >= from)
                .filter(row -> to == null || row.timestamp() <= to)
                .toList();
    }

    private static Candle candle(long bucket, List<TradeRow> rows) {
        BigDecimal quantity = BigDecimal.ZERO;
        BigDecimal volume = BigDecimal.ZERO;
        BigDecimal prices = BigDecimal.ZERO;
        Decimal lowest = rows.get(0).price();
        Decimal highest = lowest;
        for (TradeRow row : rows) {
            BigDecimal price = row.price().toBigDecimal();
            quantity = quantity.add(row.quantity().toBigDecimal());
            volume = volume.add(price.multiply(row.quantity().toBigDecimal()));
            prices = prices.add(price);
            lowest = row.price().compareTo(lowest) < 0 ? row.price() : lowest;
            highest = row.price().compareTo(highest) > 0 ? row.price() : highest;
        }
        return new Candle(
                Instant.ofEpochSecond(0, bucket),
                rows.size(),
                Decimal.of(quantity),
                quotient(prices, BigDecimal.valueOf(rows.size())),
                lowest,
                highest,
                Decimal.of(volume),
                quotient(volume, quantity),
                rows.get(0).price(),
                highest,
                lowest,
                rows.get(rows.size() - 1).price());
    }

    private static Decimal quotient(BigDecimal dividend, BigDecimal divisor) {
        return Decimal.of(dividend.divide(divisor, 12, RoundingMode.HALF_UP));
    }

    @Test
    void averagesPricesOverAllTradesOfATime() throws Exception {
        long middle = trades.get(250).timestamp();
        for (String instrument : NAMES) {
            assertThat(CandleQuery.overallVwap(connection, "trades", instrument, null, null))
                    .isEqualTo(vwap(between(instrument, null, null)));
            assertThat(CandleQuery.overallVwap(connection, "trades", instrument, middle, middle))
                    .isEqualTo(vwap(between(instrument, middle, middle)));
        }
        assertThat(CandleQuery.overallVwap(connection, "trades", "A", Long.MAX_VALUE, null))
                .isEmpty();
        assertThat(CandleQuery.overallVwap(connection, "trades", "none", null, null))
                .isEmpty();
    }

    private static Optional<Decimal> vwap(List<TradeRow> rows) {
        return rows.isEmpty() ? Optional.empty() : Optional.of(candle(0, rows).vwap());
    }
}
