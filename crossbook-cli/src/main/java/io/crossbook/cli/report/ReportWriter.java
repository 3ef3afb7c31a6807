package io.crossbook.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossbook.model.Decimal;
import io.crossbook.store.files.RunManifest;
import io.crossbook.store.files.SideBySide;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Writes the report of a run from the run's files. */
public final class ReportWriter {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ReportWriter() {}

    /**
     * Reads the files of a run and writes its page, replacing one that is there.
     *
     * @param runDir folder with run.json, trades.csv, orders.csv, realized.csv, positions.csv, rejects.csv
     * @param pnlSnapshotsCsv P&amp;L per client, instrument and interval, ordered by instrument and time; may be absent
     * @param capital what each client began with, above zero; percentages are of it, and there are none without
     * @param target the page
     * @throws IOException if a file is missing or is not what the product writes; the page is then as it was before
     */
    public static void write(Path runDir, Path pnlSnapshotsCsv, @Nullable Decimal capital, Path target)
            throws IOException {
        JsonNode run = JSON.readTree(runDir.resolve(RunManifest.FILE_NAME).toFile());
        String page = ReportPage.of(run.path("run_id").asText(), figures(run, runDir, pnlSnapshotsCsv, capital));
        Path unfinished = target.resolveSibling(target.getFileName() + ".part");
        Files.write(unfinished, page.getBytes(StandardCharsets.UTF_8));
        Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
    }

    private static ObjectNode figures(JsonNode run, Path runDir, Path pnlSnapshotsCsv, @Nullable Decimal capital)
            throws IOException {
        Map<String, String> currencies = currencies(run);
        TimeAxis axis = TimeAxis.of(run.path("first_timestamp"), run.path("last_timestamp"));
        Turnover turnover = new Turnover(run);
        CompletableFuture<ObjectNode> orders = new CompletableFuture<>();
        CompletableFuture<TradeFigures> trades = new CompletableFuture<>();
        CompletableFuture<ClientFigures> clients = new CompletableFuture<>();
        CompletableFuture<EquityCurves> equity = new CompletableFuture<>();
        SideBySide.run(
                () -> orders.complete(OrderFigures.read(runDir).toJson()),
                () -> trades.complete(TradeFigures.read(runDir, axis, currencies, turnover)),
                () -> {
                    clients.complete(ClientFigures.read(runDir, currencies));
                    equity.complete(EquityCurves.read(
                            pnlSnapshotsCsv, axis, clients.join().listed(), currencies));
                });

        ObjectNode figures = JsonNodeFactory.instance.objectNode();
        figures.set("run", facts(run));
        figures.put("capital", capital == null ? null : capital.toString());
        figures.set("equity", equity.join().toJson());
        figures.set("clients", clients.join().toJson(equity.join(), turnover, capital));
        figures.set("instruments", trades.join().toJson(run.path("instruments")));
        figures.set("orders", orders.join());
        figures.set("rejects", RejectFigures.read(runDir).toJson());
        return figures;
    }

    private static Map<String, String> currencies(JsonNode run) {
        Map<String, String> currencies = new HashMap<>();
        for (JsonNode instrument : run.path("instruments")) {
            currencies.put(
                    instrument.path("instrument").asText(),
                    instrument.path("currency").asText());
        }
        return currencies;
    }

    /** The run's own account of itself, without its long lists. */
    private static ObjectNode facts(JsonNode run) {
        ObjectNode facts = run.deepCopy();
        facts.remove("instruments");
        facts.remove("volume");
        JsonNode config = facts.remove("config");
        ObjectNode settings = facts.putObject("settings");
        for (String name :
                new String[] {"state", "checkpoint_interval_millis", "snapshot_interval_nanos", "order_ids"}) {
            if (config != null && config.hasNonNull(name)) {
                settings.set(name, config.get(name));
            }
        }
        return facts;
    }
}
