package io.crossbook.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossbook.store.files.RunManifest;
import io.crossbook.store.files.SideBySide;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Writes the report of a run from the run's files. */
public final class ReportWriter {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ReportWriter() {}

    /**
     * Reads the files of a run and writes its page, replacing one that is there.
     *
     * @param runDir folder with run.json, trades.csv, orders.csv, realized.csv, positions.csv, rejects.csv
     * @param pnlSnapshotsCsv P&amp;L per client, instrument and interval, ordered by instrument and time; may be absent
     * @param target the page
     * @throws IOException if a file is missing or is not what the product writes; the page is then as it was before
     */
    public static void write(Path runDir, Path pnlSnapshotsCsv, Path target) throws IOException {
        JsonNode run = JSON.readTree(runDir.resolve(RunManifest.FILE_NAME).toFile());
        String page = ReportPage.of(run.path("run_id").asText(), figures(run, runDir, pnlSnapshotsCsv));
        Path unfinished = target.resolveSibling(target.getFileName() + ".part");
        Files.write(unfinished, page.getBytes(StandardCharsets.UTF_8));
        Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
    }

    private static ObjectNode figures(JsonNode run, Path runDir, Path pnlSnapshotsCsv) throws IOException {
        Map<String, String> currencies = currencies(run);
        TimeAxis axis = TimeAxis.of(run.path("first_timestamp"), run.path("last_timestamp"));
        Map<String, JsonNode> read = new ConcurrentHashMap<>();
        SideBySide.run(
                () -> read.put("orders", OrderFigures.read(runDir).toJson()),
                () -> read.put(
                        "instruments",
                        TradeFigures.read(runDir, axis, currencies).toJson(run.path("instruments"))),
                () -> {
                    ClientFigures clients = ClientFigures.read(runDir, currencies);
                    read.put("equity", EquityCurves.read(pnlSnapshotsCsv, axis, clients, currencies));
                    read.put("clients", clients.toJson());
                });

        ObjectNode figures = JsonNodeFactory.instance.objectNode();
        figures.set("run", facts(run));
        for (String part : List.of("equity", "clients", "instruments", "orders")) {
            figures.set(part, read.get(part));
        }
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
