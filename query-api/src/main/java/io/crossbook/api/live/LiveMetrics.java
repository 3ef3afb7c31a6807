package io.crossbook.api.live;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** What is counted of orders and of the live run. */
@Component
public final class LiveMetrics {
    private final MeterRegistry registry;
    private final Counter received;
    private final Counter matched;
    private final Timer latency;
    private final Map<String, Counter> rejected = new ConcurrentHashMap<>();
    private final Map<String, Counter> trades = new ConcurrentHashMap<>();
    private final Map<String, Counter> volumes = new ConcurrentHashMap<>();
    private final Set<String> measuredBooks = ConcurrentHashMap.newKeySet();

    LiveMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.received = Counter.builder("orders.received")
                .description("orders entered here")
                .register(registry);
        this.matched = Counter.builder("orders.matched")
                .description("orders entered here that traded on entry")
                .register(registry);
        this.latency = Timer.builder("order.latency")
                .description("from the order to its answer")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(10))
                .register(registry);
    }

    public void received() {
        received.increment();
    }

    /** An order was answered. */
    public void answered(Duration after, boolean traded) {
        latency.record(after);
        if (traded) {
            matched.increment();
        }
    }

    public void rejected(String reason) {
        rejected.computeIfAbsent(reason, code -> Counter.builder("orders.rejected")
                        .description("orders entered here and refused")
                        .tag("reason", code)
                        .register(registry))
                .increment();
    }

    void traded(String instrument, String quantity) {
        trades.computeIfAbsent(instrument, symbol -> Counter.builder("trades")
                        .description("trades of the live run")
                        .tag("instrument", symbol)
                        .register(registry))
                .increment();
        volumes.computeIfAbsent(instrument, symbol -> Counter.builder("trade.volume")
                        .description("traded quantity of the live run")
                        .tag("instrument", symbol)
                        .register(registry))
                .increment(Double.parseDouble(quantity));
    }

    /** Measures the depth of a book from now on. */
    void measureBook(String instrument, Function<String, Integer> bidLevels, Function<String, Integer> askLevels) {
        if (measuredBooks.add(instrument)) {
            depth(instrument, "BUY", bidLevels);
            depth(instrument, "SELL", askLevels);
        }
    }

    private void depth(String instrument, String side, Function<String, Integer> levels) {
        Gauge.builder("current.orderbook.depth", () -> levels.apply(instrument))
                .description("price levels of a displayed book")
                .tag("instrument", instrument)
                .tag("side", side)
                .register(registry);
    }
}
