package io.crossbook.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossbook.store.files.RunFile;
import io.crossbook.store.files.RunFileReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Candles and largest trades of each instrument; pictures are kept for the instruments that traded most. */
final class TradeFigures {
    private static final int MOST_PICTURES = 30;
    private static final int MOST_ROWS = 200;
    private static final int LARGEST_TRADES = 24;

    private static final int INSTRUMENT = RunFile.TRADES.column("instrument");
    private static final int TIMESTAMP = RunFile.TRADES.column("timestamp");
    private static final int PRICE = RunFile.TRADES.column("price");
    private static final int QUANTITY = RunFile.TRADES.column("quantity");
    private static final int AGGRESSOR_SIDE = RunFile.TRADES.column("aggressor_side");
    private static final int BUYER = RunFile.TRADES.column("buy_client_id");
    private static final int SELLER = RunFile.TRADES.column("sell_client_id");

    /** A trade worth a mark; {@code number} is its place among the instrument's trades. */
    private record Large(
            long number, long second, double price, double quantity, String side, String buyer, String seller) {}

    /** One instrument while its trades pass by. */
    private static final class Picture {
        private final String instrument;
        private final TimeAxis axis;
        private final double[] open;
        private final double[] high;
        private final double[] low;
        private final double[] close;
        private final double[] volume;
        private final PriorityQueue<Large> largest = new PriorityQueue<>(Comparator.comparingDouble(Large::quantity));
        private long trades;
        private double notional;
        private double quantity;

        Picture(String instrument, TimeAxis axis) {
            this.instrument = instrument;
            this.axis = axis;
            open = new double[axis.size()];
            high = new double[axis.size()];
            low = new double[axis.size()];
            close = new double[axis.size()];
            volume = new double[axis.size()];
        }

        void add(RunFileReader row, long second) {
            double price = Double.parseDouble(row.text(PRICE));
            double lastQuantity = Double.parseDouble(row.text(QUANTITY));
            int i = axis.index(second);
            if (volume[i] == 0) {
                open[i] = price;
                high[i] = price;
                low[i] = price;
            }
            high[i] = Math.max(high[i], price);
            low[i] = Math.min(low[i], price);
            close[i] = price;
            volume[i] += lastQuantity;
            trades++;
            quantity += lastQuantity;
            notional += price * lastQuantity;
            if (largest.size() < LARGEST_TRADES || largest.element().quantity < lastQuantity) {
                largest.add(new Large(
                        trades,
                        second,
                        price,
                        lastQuantity,
                        row.text(AGGRESSOR_SIDE),
                        row.text(BUYER),
                        row.text(SELLER)));
            }
            if (largest.size() > LARGEST_TRADES) {
                largest.remove();
            }
        }

        void writeTo(ObjectNode json) {
            ArrayNode candles = json.putArray("candles");
            for (int i = 0; i < axis.size(); i++) {
                if (volume[i] > 0) {
                    candles.addArray()
                            .add(axis.start(i))
                            .add(open[i])
                            .add(high[i])
                            .add(low[i])
                            .add(close[i])
                            .add(volume[i]);
                }
            }
            json.put("interval_seconds", axis.seconds());
            List<Large> inTime = new ArrayList<>(largest);
            inTime.sort(Comparator.comparingLong(Large::number));
            ArrayNode marks = json.putArray("largest_trades");
            for (Large trade : inTime) {
                marks.addObject()
                        .put("candle", axis.start(axis.index(trade.second)))
                        .put("time", trade.second)
                        .put("price", trade.price)
                        .put("quantity", trade.quantity)
                        .put("side", trade.side)
                        .put("buyer", trade.buyer)
                        .put("seller", trade.seller);
            }
        }
    }

    private record Traded(long trades, double vwap) {}

    private final Map<String, String> currencies;
    private final Map<String, Traded> traded = new HashMap<>();
    private final PriorityQueue<Picture> pictures = new PriorityQueue<>(Comparator.comparingLong(p -> p.trades));

    private TradeFigures(Map<String, String> currencies) {
        this.currencies = currencies;
    }

    /** @param turnover is told of each trade */
    static TradeFigures read(Path runDir, TimeAxis axis, Map<String, String> currencies, Turnover turnover)
            throws IOException {
        TradeFigures figures = new TradeFigures(currencies);
        TimeText times = new TimeText();
        @Nullable Picture picture = null;
        try (RunFileReader trades = RunFileReader.open(runDir, RunFile.TRADES)) {
            while (trades.next()) {
                String instrument = trades.text(INSTRUMENT);
                if (picture == null || !picture.instrument.equals(instrument)) {
                    figures.keep(picture);
                    picture = new Picture(instrument, axis);
                }
                picture.add(trades, times.second(trades.text(TIMESTAMP)));
                turnover.add(
                        currencies.getOrDefault(instrument, ""),
                        instrument,
                        trades.decimal(PRICE),
                        trades.decimal(QUANTITY),
                        trades.text(BUYER),
                        trades.text(SELLER));
            }
        }
        figures.keep(picture);
        return figures;
    }

    private void keep(@Nullable Picture picture) {
        if (picture == null) {
            return;
        }
        traded.put(picture.instrument, new Traded(picture.trades, picture.notional / picture.quantity));
        pictures.add(picture);
        if (pictures.size() > MOST_PICTURES) {
            pictures.remove();
        }
    }

    /** The run's own figures of each instrument, most traded first, with what was drawn from its trades. */
    ObjectNode toJson(JsonNode instruments) {
        List<JsonNode> rows = new ArrayList<>();
        instruments.forEach(rows::add);
        rows.sort(Comparator.comparingLong((JsonNode row) -> row.path("trades").asLong())
                .reversed());
        Map<String, Picture> byInstrument = new HashMap<>();
        pictures.forEach(picture -> byInstrument.put(picture.instrument, picture));

        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("number", rows.size());
        ArrayNode list = json.putArray("list");
        for (JsonNode row : rows.subList(0, Math.min(MOST_ROWS, rows.size()))) {
            ObjectNode shown = list.addObject();
            shown.setAll((ObjectNode) row);
            String instrument = row.path("instrument").asText();
            shown.put("currency", currencies.get(instrument));
            @Nullable Traded sums = traded.get(instrument);
            if (sums != null) {
                shown.put("vwap", sums.vwap);
            }
            @Nullable Picture picture = byInstrument.get(instrument);
            if (picture != null) {
                picture.writeTo(shown);
            }
        }
        return json;
    }
}
