package io.crossbook.api.orders;

import io.crossbook.api.live.DisplayedBook;
import io.crossbook.api.live.LiveMetrics;
import io.crossbook.api.live.LiveRun;
import io.crossbook.api.live.LiveRuns;
import io.crossbook.api.live.Outcome;
import io.crossbook.api.market.OrderbookView;
import io.crossbook.api.market.TradeView;
import io.crossbook.api.problem.Problem;
import io.crossbook.api.web.Store;
import io.crossbook.store.queries.ExecutionQuery;
import io.crossbook.store.queries.OrderQuery;
import io.crossbook.store.queries.StoredExecution;
import io.crossbook.store.queries.StoredOrder;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/**
 * Enters, cancels and replaces orders: the command goes to Kafka, the answer is made of what the job says of it.
 */
@Component
public final class OrderEntry {
    private static final Logger LOG = LoggerFactory.getLogger(OrderEntry.class);
    private static final int TOP_LEVELS = 5;
    /** The book of the topic comes with the executions; one that must be read anew is not waited for. */
    private static final long BOOK_MILLIS = 250;

    private final LiveRuns runs;
    private final Store store;
    private final CommandDesk desk;
    private final AnswerThreads threads;
    private final LiveMetrics metrics;

    OrderEntry(LiveRuns runs, Store store, CommandDesk desk, AnswerThreads threads, LiveMetrics metrics) {
        this.runs = runs;
        this.store = store;
        this.desk = desk;
        this.threads = threads;
        this.metrics = metrics;
    }

    /**
     * Enters an order.
     *
     * @param fields of the command, all but its time
     * @param prefer header {@code Prefer}
     */
    public CompletableFuture<ResponseEntity<Object>> enter(Map<String, String> fields, @Nullable String prefer) {
        long began = System.nanoTime();
        LiveRun live = runs.require();
        metrics.received();
        String orderId = fields.get("order_id");
        return desk.send(
                live,
                fields,
                prefer,
                CommandDesk.orderUrl(orderId, fields.get("instrument")),
                outcome -> entered(live, outcome, orderId, began));
    }

    private CompletableFuture<ResponseEntity<Object>> entered(
            LiveRun live, Outcome outcome, String orderId, long began) {
        if (outcome.duplicateOf() != null) {
            return CompletableFuture.supplyAsync(
                            () -> first(live, outcome.instrument(), outcome.duplicateOf()), threads.executor())
                    .thenCompose(first -> answered(live, first, orderId, began));
        }
        return answered(live, outcome, orderId, began);
    }

    private CompletableFuture<ResponseEntity<Object>> answered(
            LiveRun live, Outcome outcome, String orderId, long began) {
        if (outcome.refusal() != null) {
            return CompletableFuture.completedFuture(refused(live, outcome, orderId, began));
        }
        OrderView order = CommandAnswers.order(outcome, orderId);
        List<TradeView> trades = CommandAnswers.trades(outcome, orderId);
        return live.book(outcome.instrument(), TOP_LEVELS)
                .completeOnTimeout(null, BOOK_MILLIS, TimeUnit.MILLISECONDS)
                .thenApply(book -> {
                    metrics.answered(Duration.ofNanos(System.nanoTime() - began), !trades.isEmpty());
                    return ResponseEntity.created(URI.create(CommandDesk.orderUrl(orderId, order.instrument())))
                            .body(new OrderAnswer(order, trades, view(book)));
                });
    }

    private ResponseEntity<Object> refused(LiveRun live, Outcome outcome, String orderId, long began) {
        metrics.answered(Duration.ofNanos(System.nanoTime() - began), false);
        String reason = String.valueOf(outcome.refusal().reason());
        metrics.rejected(reason);
        LOG.atInfo()
                .addKeyValue("run", live.runId())
                .addKeyValue("instrument", outcome.instrument())
                .addKeyValue("order_id", orderId)
                .addKeyValue("sequence", outcome.sequence())
                .log("refused: {}", reason);
        return CommandAnswers.problem(outcome);
    }

    private static @Nullable OrderbookView view(@Nullable DisplayedBook book) {
        return book == null ? null : OrderbookView.from(book);
    }

    /** What the command said that this one repeats. */
    private Outcome first(LiveRun live, String instrument, long sequence) {
        try {
            live.awaitTold();
            List<StoredExecution> executions =
                    store.ask(connection -> ExecutionQuery.ofCommand(connection, live.runId(), instrument, sequence));
            return CommandAnswers.stored(executions);
        } catch (SQLException failed) {
            throw new CompletionException(failed);
        }
    }

    /**
     * Cancels or replaces an order.
     *
     * @param fields of the command without its instrument, where the caller did not name one
     */
    public CompletableFuture<ResponseEntity<Object>> change(
            Map<String, String> fields, @Nullable String instrumentAsked, @Nullable String prefer) throws SQLException {
        LiveRun live = runs.require();
        String orderId = fields.get("order_id");
        String instrument = instrumentAsked != null ? instrumentAsked : instrumentOf(live, orderId);
        fields.put("instrument", instrument);
        return desk.send(
                live,
                fields,
                prefer,
                CommandDesk.orderUrl(orderId, instrument),
                outcome -> CompletableFuture.supplyAsync(() -> changed(live, outcome, orderId), threads.executor()));
    }

    private String instrumentOf(LiveRun live, String orderId) throws SQLException {
        live.awaitTold();
        List<String> instruments =
                store.ask(connection -> OrderQuery.instrumentsWithLive(connection, live.runId(), orderId));
        if (instruments.size() > 1) {
            throw ambiguous(orderId, instruments);
        }
        if (instruments.size() == 1) {
            return instruments.get(0);
        }
        return store.ask(connection -> OrderQuery.newest(connection, live.runId(), orderId, null))
                .map(StoredOrder::instrument)
                .orElseThrow(() -> unknown(orderId));
    }

    static Problem ambiguous(String orderId, List<String> instruments) {
        return Problem.conflict(
                "AMBIGUOUS_ORDER",
                "order_id \"" + orderId + "\" is live in several instruments (" + String.join(", ", instruments)
                        + "); name one with ?instrument=");
    }

    static Problem unknown(String orderId) {
        return Problem.notFound("UNKNOWN_ORDER", "no order \"" + orderId + "\"");
    }

    private ResponseEntity<Object> changed(LiveRun live, Outcome outcome, String orderId) {
        try {
            Outcome first =
                    outcome.duplicateOf() == null ? outcome : first(live, outcome.instrument(), outcome.duplicateOf());
            if (first.refusal() != null) {
                metrics.rejected(String.valueOf(first.refusal().reason()));
                return CommandAnswers.problem(first);
            }
            live.awaitTold();
            OrderView order = store.ask(
                            connection -> OrderQuery.newest(connection, live.runId(), orderId, outcome.instrument()))
                    .map(OrderView::from)
                    .orElseThrow(() -> unknown(orderId));
            DisplayedBook book = live.book(outcome.instrument(), TOP_LEVELS)
                    .completeOnTimeout(null, BOOK_MILLIS, TimeUnit.MILLISECONDS)
                    .join();
            return ResponseEntity.ok(new OrderAnswer(order, CommandAnswers.trades(first, orderId), view(book)));
        } catch (SQLException failed) {
            throw new CompletionException(failed);
        }
    }
}
