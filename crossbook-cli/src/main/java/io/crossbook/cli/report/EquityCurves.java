package io.crossbook.cli.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossbook.store.files.RunFile;
import io.crossbook.store.files.RunFileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Net P&amp;L over time of the clients that won or lost most, per currency.
 *
 * <p>A client's curve sums its instruments, whose snapshots come one instrument after the other and only where the
 * interval had a command. So each row adds its change against the row before of the same client and instrument, and
 * the changes are summed along time at the end.
 */
final class EquityCurves {
    private static final int CLIENTS = 8;

    private static final int CLIENT = RunFile.PNL_SNAPSHOTS.column("client_id");
    private static final int INSTRUMENT = RunFile.PNL_SNAPSHOTS.column("instrument");
    private static final int TIME = RunFile.PNL_SNAPSHOTS.column("time");
    private static final int NET = RunFile.PNL_SNAPSHOTS.column("net_pnl");

    private EquityCurves() {}

    static ObjectNode read(Path file, TimeAxis axis, ClientFigures clients, Map<String, String> currencies)
            throws IOException {
        Map<String, List<String>> shown = clients.largest(CLIENTS);
        Map<String, Map<String, double[]>> changes = new HashMap<>();
        shown.forEach((currency, names) -> {
            Map<String, double[]> ofCurrency = new HashMap<>();
            names.forEach(name -> ofCurrency.put(name, new double[axis.size()]));
            changes.put(currency, ofCurrency);
        });
        boolean any = Files.exists(file) && collect(file, axis, currencies, changes);
        return toJson(axis, shown, changes, any);
    }

    private static boolean collect(
            Path file, TimeAxis axis, Map<String, String> currencies, Map<String, Map<String, double[]>> changes)
            throws IOException {
        boolean any = false;
        TimeText times = new TimeText();
        String instrument = "";
        Map<String, double[]> ofCurrency = Map.of();
        Map<String, Double> before = new HashMap<>();
        try (RunFileReader rows = RunFileReader.open(file.toAbsolutePath().getParent(), RunFile.PNL_SNAPSHOTS)) {
            while (rows.next()) {
                if (!rows.text(INSTRUMENT).equals(instrument)) {
                    instrument = rows.text(INSTRUMENT);
                    ofCurrency = changes.getOrDefault(currencies.getOrDefault(instrument, ""), Map.of());
                    before.clear();
                }
                String client = rows.text(CLIENT);
                double @Nullable [] curve = ofCurrency.get(client);
                if (curve != null && !rows.isEmpty(NET)) {
                    double net = Double.parseDouble(rows.text(NET));
                    @Nullable Double last = before.put(client, net);
                    curve[axis.index(times.second(rows.text(TIME)))] += net - (last == null ? 0 : last);
                    any = true;
                }
            }
        }
        return any;
    }

    private static ObjectNode toJson(
            TimeAxis axis, Map<String, List<String>> shown, Map<String, Map<String, double[]>> changes, boolean any) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("first", axis.first()).put("seconds", axis.seconds()).put("size", axis.size());
        ObjectNode currencies = json.putObject("currencies");
        if (!any) {
            return json;
        }
        shown.forEach((currency, names) -> {
            ArrayNode curves = currencies.putArray(currency);
            for (String name : names) {
                ArrayNode net = curves.addObject().put("client", name).putArray("net");
                double sum = 0;
                for (double change : changes.get(currency).get(name)) {
                    sum += change;
                    // Four digits are finer than any picture, and keep the page small.
                    net.add(Math.rint(sum * 1e4) / 1e4);
                }
            }
        });
        return json;
    }
}
