package io.crossbook.api.portfolio;

import io.crossbook.api.live.LiveRun;
import io.crossbook.api.live.LiveRuns;
import io.crossbook.api.live.Outcome;
import io.crossbook.api.live.SentCommand;
import io.crossbook.api.orders.AnswerThreads;
import io.crossbook.api.orders.CommandAnswers;
import io.crossbook.api.orders.CommandDesk;
import io.crossbook.api.problem.Problem;
import io.crossbook.api.web.Store;
import io.crossbook.api.web.Texts;
import io.crossbook.store.queries.FillQuery;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Books trades made elsewhere, and marks. */
@Component
final class PortfolioEntry {
    private final LiveRuns runs;
    private final Store store;
    private final CommandDesk desk;
    private final AnswerThreads threads;

    PortfolioEntry(LiveRuns runs, Store store, CommandDesk desk, AnswerThreads threads) {
        this.runs = runs;
        this.store = store;
        this.desk = desk;
        this.threads = threads;
    }

    CompletableFuture<ResponseEntity<Object>> book(Map<String, String> fields, @Nullable String prefer) {
        LiveRun live = runs.require();
        String statusUrl = "/api/v1/portfolio/trades?client_id=" + Texts.encoded(fields.get("client_id")) + "&symbols="
                + Texts.encoded(fields.get("instrument"));
        return desk.send(live, fields, prefer, statusUrl, outcome -> booked(live, outcome, fields));
    }

    private CompletableFuture<ResponseEntity<Object>> booked(
            LiveRun live, Outcome outcome, Map<String, String> fields) {
        if (outcome.refusal() != null) {
            return CompletableFuture.completedFuture(CommandAnswers.problem(outcome));
        }
        if (outcome.duplicateOf() != null) {
            return CompletableFuture.supplyAsync(() -> repeated(live, outcome, fields), threads.executor());
        }
        FillView fill = FillView.booked(
                fields, outcome.sequence(), outcome.executions().get(0).timestamp());
        return CompletableFuture.completedFuture(
                ResponseEntity.status(HttpStatus.CREATED).body(fill));
    }

    /** The trade as it was booked; one that was refused then is refused now. */
    private ResponseEntity<Object> repeated(LiveRun live, Outcome outcome, Map<String, String> fields) {
        try {
            live.awaitTold();
            return store.ask(connection -> FillQuery.find(
                            connection,
                            live.runId(),
                            fields.get("instrument"),
                            fields.get("client_id"),
                            fields.get("trade_id")))
                    .<ResponseEntity<Object>>map(fill -> ResponseEntity.ok(FillView.from(fill, true)))
                    .orElseThrow(() -> Problem.refused(
                            "REFUSED_BEFORE",
                            "the same trade was refused before, as command " + outcome.duplicateOf() + " of "
                                    + outcome.instrument()));
        } catch (SQLException failed) {
            throw new CompletionException(failed);
        }
    }

    /** Marks of several instruments, all or none. */
    CompletableFuture<ResponseEntity<Object>> mark(Map<String, String> prices, @Nullable String prefer) {
        LiveRun live = runs.require();
        Map<String, Map<String, String>> commands = new LinkedHashMap<>();
        prices.forEach((instrument, price) -> {
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put("instrument", instrument);
            fields.put("action", "MARK");
            fields.put("price", price);
            commands.put(instrument, fields);
        });
        List<SentCommand> sent = live.sendTogether(commands);
        CompletableFuture<?>[] outcomes =
                sent.stream().map(SentCommand::outcome).toArray(CompletableFuture[]::new);
        CompletableFuture<ResponseEntity<Object>> all = CompletableFuture.allOf(outcomes)
                .thenApply(done -> {
                    for (SentCommand command : sent) {
                        Outcome outcome = command.outcome().join();
                        live.told(outcome);
                        if (outcome.refusal() != null) {
                            return CommandAnswers.problem(outcome);
                        }
                    }
                    return ResponseEntity.ok(new MarkedView(live.runId(), new TreeMap<>(prices)));
                });
        return desk.inTime(live, sent.get(0), all, prefer, "/api/v1/portfolio/market-prices");
    }

    /** The marks that were set. */
    record MarkedView(String run, Map<String, String> prices) {}
}
