package io.crossbook.cli.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossbook.model.Decimal;
import io.crossbook.store.files.RunFile;
import io.crossbook.store.files.RunFileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Net P&amp;L over time of the clients that won or lost most, per currency.
 *
 * <p>A client's curve sums its instruments, whose snapshots come one instrument after the other and only where the
 * interval had a command. So each row adds its change against the row before of the same client and instrument, and
 * the changes are summed along time at the end.
 */
final class EquityCurves {
    /** As many as are listed have a curve, of which so many are drawn. */
    private static final int DRAWN = 24;

    private static final int CLIENT = RunFile.PNL_SNAPSHOTS.column("client_id");
    private static final int INSTRUMENT = RunFile.PNL_SNAPSHOTS.column("instrument");
    private static final int TIME = RunFile.PNL_SNAPSHOTS.column("time");
    private static final int NET = RunFile.PNL_SNAPSHOTS.column("net_pnl");

    private static final class OfCurrency {
        private final Map<String, EquityCurve> curves = new HashMap<>();
        /** On which anybody's P&amp;L in this currency was taken down, since 1970. */
        private final TreeSet<Long> days = new TreeSet<>();
    }

    private final TimeAxis axis;
    private final Map<String, List<String>> shown;
    private final Map<String, OfCurrency> byCurrency = new HashMap<>();
    private boolean any;

    private EquityCurves(TimeAxis axis, Map<String, List<String>> shown) {
        this.axis = axis;
        this.shown = shown;
        shown.forEach((currency, clients) -> {
            OfCurrency ofCurrency = new OfCurrency();
            clients.forEach(client -> ofCurrency.curves.put(client, new EquityCurve(axis.size())));
            byCurrency.put(currency, ofCurrency);
        });
    }

    /** @param shown by currency the clients that get a curve, the most important first */
    static EquityCurves read(Path file, TimeAxis axis, Map<String, List<String>> shown, Map<String, String> currencies)
            throws IOException {
        EquityCurves curves = new EquityCurves(axis, shown);
        if (Files.exists(file)) {
            curves.collect(file, currencies);
        }
        return curves;
    }

    private void collect(Path file, Map<String, String> currencies) throws IOException {
        TimeText times = new TimeText();
        String instrument = "";
        OfCurrency ofCurrency = new OfCurrency();
        Map<String, Decimal> before = new HashMap<>();
        try (RunFileReader rows = RunFileReader.open(file.toAbsolutePath().getParent(), RunFile.PNL_SNAPSHOTS)) {
            while (rows.next()) {
                if (!rows.text(INSTRUMENT).equals(instrument)) {
                    instrument = rows.text(INSTRUMENT);
                    ofCurrency = byCurrency.getOrDefault(currencies.getOrDefault(instrument, ""), new OfCurrency());
                    before.clear();
                }
                String client = rows.text(CLIENT);
                @Nullable EquityCurve curve = ofCurrency.curves.get(client);
                if (curve != null && !rows.isEmpty(NET)) {
                    Decimal net = rows.decimal(NET);
                    @Nullable Decimal last = before.put(client, net);
                    long second = times.second(rows.text(TIME));
                    long day = Math.floorDiv(second, TimeAxis.DAY);
                    curve.add(axis.index(second), day, last == null ? net : net.minus(last));
                    ofCurrency.days.add(day);
                    any = true;
                }
            }
        }
    }

    /** The largest fall from a height; the beginning, with nothing earned, is one. Not above zero. */
    Decimal drawdown(String currency, String client) {
        return curve(currency, client).map(EquityCurve::drawdown).orElse(Decimal.ZERO);
    }

    /** The same as a share of what was there at its height: {@code capital} and what was earned until then. */
    Decimal drawdownShare(String currency, String client, Decimal capital) {
        return curve(currency, client)
                .map(curve -> curve.drawdownShare(capital))
                .orElse(Decimal.ZERO);
    }

    int days(String currency) {
        return Optional.ofNullable(byCurrency.get(currency))
                .map(of -> of.days.size())
                .orElse(0);
    }

    /** See {@link EquityCurve#sharpe}. */
    @Nullable
    Double sharpe(String currency, String client) {
        return curve(currency, client)
                .map(curve -> curve.sharpe(byCurrency.get(currency).days))
                .orElse(null);
    }

    private Optional<EquityCurve> curve(String currency, String client) {
        return Optional.ofNullable(byCurrency.get(currency)).map(of -> of.curves.get(client));
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("first", axis.first()).put("seconds", axis.seconds()).put("size", axis.size());
        ObjectNode currencies = json.putObject("currencies");
        if (!any) {
            return json;
        }
        shown.forEach((currency, clients) -> {
            ArrayNode curves = currencies.putArray(currency);
            for (String client : clients.subList(0, Math.min(DRAWN, clients.size()))) {
                curve(currency, client)
                        .ifPresent(curve -> curve.writeTo(curves.addObject().put("client", client)));
            }
        });
        return json;
    }
}
