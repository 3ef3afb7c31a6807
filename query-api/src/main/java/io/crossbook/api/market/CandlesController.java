package io.crossbook.api.market;

import io.crossbook.api.live.LiveRuns;
import io.crossbook.api.problem.Problem;
import io.crossbook.api.web.Cursors;
import io.crossbook.api.web.Parameters;
import io.crossbook.api.web.Store;
import io.crossbook.api.web.Texts;
import io.crossbook.store.queries.Candle;
import io.crossbook.store.queries.CandleQuery;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Trades of an instrument summed up over time. */
@Tag(name = "market")
@RestController
@RequestMapping("/api/v1/market")
class CandlesController {
    private static final long NANOS_PER_MINUTE = 60_000_000_000L;
    private static final int MOST_MINUTES = 7 * 24 * 60;

    private final LiveRuns runs;
    private final Store store;

    CandlesController(LiveRuns runs, Store store) {
        this.runs = runs;
        this.store = store;
    }

    /**
     * Trades of one interval.
     *
     * @param timeBucket its beginning
     * @param avgPrice plain mean of the prices
     * @param totalVolume price × quantity, summed
     * @param vwap volume ÷ quantity
     */
    @Schema(name = "Bucket")
    record BucketView(
            @Nullable String timeBucket,
            long tradeCount,
            @Nullable String totalQuantity,
            @Nullable String avgPrice,
            @Nullable String minPrice,
            @Nullable String maxPrice,
            @Nullable String totalVolume,
            @Nullable String vwap) {
        static BucketView from(Candle candle) {
            return new BucketView(
                    Texts.of(candle.timeBucket()),
                    candle.tradeCount(),
                    Texts.of(candle.totalQuantity()),
                    Texts.of(candle.avgPrice()),
                    Texts.of(candle.minPrice()),
                    Texts.of(candle.maxPrice()),
                    Texts.of(candle.totalVolume()),
                    Texts.of(candle.vwap()));
        }
    }

    /** The same with the first and the last price. */
    @Schema(name = "Candle")
    record CandleView(
            @Nullable String timeBucket,
            long tradeCount,
            @Nullable String totalQuantity,
            @Nullable String avgPrice,
            @Nullable String minPrice,
            @Nullable String maxPrice,
            @Nullable String totalVolume,
            @Nullable String vwap,
            @Nullable String openPrice,
            @Nullable String highPrice,
            @Nullable String lowPrice,
            @Nullable String closePrice) {
        static CandleView from(Candle candle) {
            BucketView bucket = BucketView.from(candle);
            return new CandleView(
                    bucket.timeBucket(),
                    bucket.tradeCount(),
                    bucket.totalQuantity(),
                    bucket.avgPrice(),
                    bucket.minPrice(),
                    bucket.maxPrice(),
                    bucket.totalVolume(),
                    bucket.vwap(),
                    Texts.of(candle.openPrice()),
                    Texts.of(candle.highPrice()),
                    Texts.of(candle.lowPrice()),
                    Texts.of(candle.closePrice()));
        }
    }

    /** @param interval minutes */
    record AnalyticsView(
            String run,
            String instrument,
            int interval,
            List<BucketView> buckets,
            @Nullable String overallVwap) {}

    /** @param interval minutes */
    record CandlesView(
            String run,
            String instrument,
            int interval,
            List<CandleView> candles,
            @Nullable String overallVwap) {}

    @Operation(summary = "Trades by interval, oldest first: counts, volume, VWAP")
    @GetMapping("/analytics")
    AnalyticsView analytics(
            @RequestParam String instrument,
            @RequestParam(defaultValue = "1") int interval,
            @RequestParam(name = "start_time", required = false) @Nullable String startTime,
            @RequestParam(name = "end_time", required = false) @Nullable String endTime,
            @RequestParam(required = false) @Nullable String run,
            @RequestParam(defaultValue = "1000") int limit)
            throws SQLException {
        Asked asked = new Asked(instrument, interval, startTime, endTime, limit);
        String readable = runs.readable(run);
        return new AnalyticsView(
                readable,
                instrument,
                interval,
                asked.candles(readable).stream().map(BucketView::from).toList(),
                asked.overallVwap(readable));
    }

    @Operation(summary = "Candles by interval, oldest first")
    @GetMapping("/candles")
    CandlesView candles(
            @RequestParam String instrument,
            @RequestParam(defaultValue = "1") int interval,
            @RequestParam(name = "start_time", required = false) @Nullable String startTime,
            @RequestParam(name = "end_time", required = false) @Nullable String endTime,
            @RequestParam(required = false) @Nullable String run,
            @RequestParam(defaultValue = "1000") int limit)
            throws SQLException {
        Asked asked = new Asked(instrument, interval, startTime, endTime, limit);
        String readable = runs.readable(run);
        return new CandlesView(
                readable,
                instrument,
                interval,
                asked.candles(readable).stream().map(CandleView::from).toList(),
                asked.overallVwap(readable));
    }

    /** One question about an instrument's trades. */
    private final class Asked {
        private final String instrument;
        private final int interval;
        private final @Nullable Long from;
        private final @Nullable Long to;
        private final int limit;

        private Asked(
                String instrument, int interval, @Nullable String startTime, @Nullable String endTime, int limit) {
            this.instrument = Parameters.required("instrument", instrument);
            this.interval = interval;
            this.from = Parameters.time("start_time", startTime);
            this.to = Parameters.time("end_time", endTime);
            this.limit = Cursors.limit(limit);
            if (interval < 1 || interval > MOST_MINUTES) {
                throw Problem.invalid(
                        "interval", "interval must be 1 to " + MOST_MINUTES + " minutes, was " + interval);
            }
        }

        private List<Candle> candles(String run) throws SQLException {
            return store.ask(connection ->
                    CandleQuery.list(connection, run, instrument, interval * NANOS_PER_MINUTE, from, to, limit));
        }

        private @Nullable String overallVwap(String run) throws SQLException {
            return store.ask(connection -> CandleQuery.overallVwap(connection, run, instrument, from, to))
                    .map(Texts::of)
                    .orElse(null);
        }
    }
}
