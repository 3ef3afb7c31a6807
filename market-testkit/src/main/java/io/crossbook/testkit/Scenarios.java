package io.crossbook.testkit;

import io.crossbook.model.Decimal;
import io.crossbook.model.InputHeader;
import io.crossbook.model.Instrument;
import io.crossbook.model.MarketInput;
import io.crossbook.model.MarketInput.CancelAll;
import io.crossbook.model.MarketInput.CancelOrder;
import io.crossbook.model.MarketInput.ClockTick;
import io.crossbook.model.MarketInput.NewOrder;
import io.crossbook.model.MarketInput.PhaseChange;
import io.crossbook.model.MarketInput.ReplaceOrder;
import io.crossbook.model.OrderType;
import io.crossbook.model.Origin;
import io.crossbook.model.Phase;
import io.crossbook.model.SelfTradePrevention;
import io.crossbook.model.Side;
import io.crossbook.model.TimeInForce;
import io.crossbook.model.Timestamps;
import io.crossbook.testkit.Scenario.Step;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The bundled scenarios: what the test suites of public matching engines expect, as far as their rules are ours.
 *
 * <p>A file holds scenarios one after the other; {@code #} begins a comment. {@code scenario NAME} opens one, {@code
 * source} names where its figures are from, {@code instrument} may set {@code tick}, {@code lot}, {@code reference} and
 * {@code band}. Commands are written in the columns of the file's {@code columns} line, empty ones at the end left off;
 * the n-th command comes n seconds after the start unless {@code @SECONDS} stands before it. {@code refused REASON}
 * says that the command above is refused; the other words are those of {@link Scenario}.
 */
public final class Scenarios {
    private static final List<String> FILES = List.of(
            "auctions.txt",
            "icebergs.txt",
            "matching.txt",
            "replace-and-cancel.txt",
            "self-trades.txt",
            "stops.txt",
            "time-in-force.txt");
    private static final String SYMBOL = "X";
    private static final String SOME_CLIENT = "somebody";
    private static final long START = 1_700_000_000L * Timestamps.NANOS_PER_SECOND;

    private Scenarios() {}

    /** All bundled scenarios. */
    public static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>();
        FILES.forEach(file -> all.addAll(ofFile(file)));
        return all;
    }

    private static List<Scenario> ofFile(String file) {
        try (InputStream in = Scenarios.class.getResourceAsStream("/scenarios/" + file)) {
            InputStream found = Objects.requireNonNull(in, "no scenarios in " + file);
            return new Reader().read(new BufferedReader(new InputStreamReader(found, StandardCharsets.UTF_8)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Reads the lines of one file. */
    private static final class Reader {
        private final List<Scenario> scenarios = new ArrayList<>();
        private List<String> columns = List.of();
        private String name = "";
        private String source = "";
        private Instrument instrument = InstrumentBuilder.instrument(SYMBOL).build();
        private List<Step> steps = new ArrayList<>();
        private long second;

        List<Scenario> read(BufferedReader lines) throws IOException {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String text = line.strip();
                if (!text.isEmpty() && !text.startsWith("#")) {
                    readLine(text);
                }
            }
            close();
            return scenarios;
        }

        private void readLine(String text) {
            String word = text.split("[ ,]", 2)[0];
            String rest = text.substring(word.length()).strip();
            switch (word) {
                case "columns" -> columns = List.of(rest.split(","));
                case "scenario" -> open(rest);
                case "source" -> source = rest;
                case "instrument" -> instrument = described(rest);
                case "refused" -> refuse(rest);
                default -> {
                    if (Character.isLowerCase(text.charAt(0))) {
                        steps.add(new Step.Expectation(word, words(rest)));
                    } else {
                        steps.add(new Step.Command(command(text), null));
                    }
                }
            }
        }

        private static List<String> words(String text) {
            return text.isEmpty() ? List.of() : List.of(text.split(" +"));
        }

        private void open(String newName) {
            close();
            name = newName;
            source = "";
            instrument = InstrumentBuilder.instrument(SYMBOL).build();
            steps = new ArrayList<>();
            second = 0;
        }

        private void close() {
            if (!name.isEmpty()) {
                scenarios.add(new Scenario(name, source, instrument, List.copyOf(steps)));
            }
        }

        private static Instrument described(String settings) {
            InstrumentBuilder builder = InstrumentBuilder.instrument(SYMBOL);
            for (String setting : settings.split(" +")) {
                String[] parts = setting.split("=", 2);
                switch (parts[0]) {
                    case "tick" -> builder.tick(parts[1]);
                    case "lot" -> builder.lot(parts[1]);
                    case "reference" -> builder.reference(parts[1]);
                    case "band" -> builder.bandBps(parts[1]);
                    default -> throw new IllegalArgumentException("unknown setting " + setting);
                }
            }
            return builder.build();
        }

        private void refuse(String reason) {
            Step.Command last = (Step.Command) steps.remove(steps.size() - 1);
            steps.add(new Step.Command(last.input(), reason));
        }

        private MarketInput command(String text) {
            String line = text;
            second++;
            if (line.startsWith("@")) {
                String[] parts = line.split(" ", 2);
                second = Long.parseLong(parts[0].substring(1));
                line = parts[1];
            }
            Map<String, String> fields = new HashMap<>();
            String[] values = line.split(",");
            for (int i = 0; i < values.length; i++) {
                if (!values[i].isEmpty()) {
                    fields.put(columns.get(i), values[i]);
                }
            }
            InputHeader header = new InputHeader(
                    SYMBOL,
                    START + second * Timestamps.NANOS_PER_SECOND,
                    new Origin(0, steps.size() + 2L, steps.size() + 1L, 1),
                    null);
            return command(header, fields);
        }

        private static MarketInput command(InputHeader header, Map<String, String> fields) {
            String action = Objects.requireNonNull(fields.get("action"));
            String orderId = fields.getOrDefault("order_id", "");
            String client = fields.get("client_id");
            String clientOrAny = client == null ? SOME_CLIENT : client;
            return switch (action) {
                case "NEW" -> newOrder(header, orderId, clientOrAny, fields);
                case "CANCEL" -> new CancelOrder(header, orderId, client);
                case "REPLACE" ->
                    new ReplaceOrder(
                            header,
                            orderId,
                            client,
                            decimal(fields.get("price")),
                            decimal(fields.get("quantity")),
                            decimal(fields.get("stop_price")),
                            decimal(fields.get("display_quantity")));
                case "CANCEL_ALL" -> new CancelAll(header, clientOrAny);
                case "PHASE" -> new PhaseChange(header, Phase.valueOf(fields.get("phase")));
                case "CLOCK" -> new ClockTick(header);
                default -> throw new IllegalArgumentException("unknown action " + action);
            };
        }

        private static NewOrder newOrder(
                InputHeader header, String orderId, String client, Map<String, String> fields) {
            String expireAt = fields.get("expire_at");
            String prevention = fields.get("stp");
            return new NewOrder(
                    header,
                    orderId,
                    client,
                    Side.valueOf(fields.get("side")),
                    OrderType.valueOf(fields.get("type")),
                    TimeInForce.valueOf(fields.getOrDefault("tif", "GTC")),
                    decimal(fields.get("price")),
                    Decimal.parse(fields.getOrDefault("quantity", "")),
                    decimal(fields.get("stop_price")),
                    decimal(fields.get("display_quantity")),
                    expireAt == null ? null : START + Long.parseLong(expireAt) * Timestamps.NANOS_PER_SECOND,
                    "true".equals(fields.get("post_only")),
                    prevention == null ? null : SelfTradePrevention.valueOf(prevention));
        }

        private static @Nullable Decimal decimal(@Nullable String text) {
            return text == null ? null : Decimal.parse(text);
        }
    }
}
