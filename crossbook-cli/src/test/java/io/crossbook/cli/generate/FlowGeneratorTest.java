package io.crossbook.cli.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlowGeneratorTest {
    private static final int COMMANDS = 200_000;

    /** The table of reference flows, in percent; the book is counted when the prefill is done. */
    @ParameterizedTest
    @CsvSource({
        "BALANCED, 48.8,  4, 1, 34.3, 10, 2,  8.3, 2.45,   2000,   130,   1",
        "MOVES,    10.4,  3, 0,  4.6, 82, 0,  3.7, 2.3,    1000,   300,   1",
        "TAKING,   69.5, 15, 5,  7.5,  3, 0, 35,   2.3,    4800,   416,   1",
        "DEEP,     49,    4, 1, 34,   10, 2,  8.4, 2.45,  99000,  2560,   1",
        "MULTI,    48.8,  4, 1, 34.2, 10, 2,  8.1, 2.4,  199000, 26600, 500"
    })
    void hasTheSharesOfTheReferenceFlow(
            FlowPreset preset,
            double aNew,
            double ioc,
            double market,
            double cancel,
            double replacePrice,
            double replaceQuantity,
            double trading,
            double fillsEach,
            int resting,
            int levels,
            int instruments) {
        FlowCommands flow = FlowCommands.of(FlowSettings.of(preset, COMMANDS, 42));
        Measured measured = Measured.of(flow);
        System.out.println(preset + " " + measured);

        assertThat(flow.prefill()).isEqualTo(resting);
        assertThat(measured.restingAfterPrefill).isEqualTo(resting);
        assertThat((double) measured.levelsAfterPrefill).isCloseTo(levels, within(levels * 0.03));
        assertThat(measured.instruments).isEqualTo(instruments);
        assertThat(measured.percent(FlowKind.NEW)).isCloseTo(aNew, within(0.7));
        assertThat(measured.percent(FlowKind.IOC)).isCloseTo(ioc, within(0.3));
        assertThat(measured.percent(FlowKind.MARKET)).isCloseTo(market, within(0.3));
        assertThat(measured.percent(FlowKind.CANCEL)).isCloseTo(cancel, within(0.7));
        assertThat(measured.percent(FlowKind.REPLACE_PRICE)).isCloseTo(replacePrice, within(0.5));
        assertThat(measured.percent(FlowKind.REPLACE_QUANTITY)).isCloseTo(replaceQuantity, within(0.3));
        assertThat(100.0 * measured.trading / COMMANDS).isCloseTo(trading, within(trading * 0.04));
        assertThat((double) measured.fills / measured.trading).isCloseTo(fillsEach, within(0.08));
        assertThat((double) measured.resting).isCloseTo(resting, within(resting * 0.15));
    }

    @Test
    void keepsItsBookAndSharesOverALongFlow() {
        FlowCommands flow = FlowCommands.of(FlowSettings.of(FlowPreset.BALANCED, 2_000_000, 7));
        Measured measured = Measured.of(flow);
        assertThat((double) measured.resting).isCloseTo(2_000, within(400.0));
        assertThat((double) measured.levels).isCloseTo(130, within(40.0));
        assertThat((double) measured.fills / measured.trading).isCloseTo(2.45, within(0.05));
    }

    @Test
    void theSameSeedGivesTheSameBytesAndAnotherSeedOthers() throws IOException {
        assertThat(csv(1)).isEqualTo(csv(1)).isNotEqualTo(csv(2));
    }

    @Test
    void writesLinesThatAreInTimeOrderAndNameTheirFields() throws IOException {
        String[] lines = csv(3).split("\n");
        assertThat(lines[0]).isEqualTo("timestamp,instrument,action,order_id,client_id,side,type,tif,price,quantity");
        assertThat(lines[1])
                .matches("2024-03-04T09:00:00\\.\\d{6}Z,S001,NEW,1,c\\d+,(BUY|SELL),LIMIT,,\\d+\\.\\d\\d,\\d+");
        for (int i = 2; i < lines.length; i++) {
            assertThat(lines[i].substring(0, 27)).isGreaterThanOrEqualTo(lines[i - 1].substring(0, 27));
            assertThat(lines[i].split(",", -1)).hasSize(10);
        }
    }

    @Test
    void spreadsTheCommandsOverTheDays() throws IOException {
        FlowSettings settings =
                new FlowSettings(FlowPreset.MOVES.shape(), 3_000, 1, 5, 1_000, FlowSettings.DEFAULT_START_NANOS, 3);
        Map<Long, Integer> perDay = new HashMap<>();
        FlowGenerator.run(
                settings,
                (kind, instrument, time, id, client, buy, price, quantity, by) ->
                        perDay.merge(time / 86_400_000_000_000L, 1, Integer::sum));
        assertThat(perDay.values()).containsExactlyInAnyOrder(2_000, 1_000, 1_000);
    }

    @Test
    void aFlowWithoutCancelsStillRuns() {
        FlowShape shape = FlowPreset.BALANCED.shape().withShares(0, 0, 0.3).withInstruments(3);
        FlowCommands flow =
                FlowCommands.of(new FlowSettings(shape, 20_000, 9, 2, 10, FlowSettings.DEFAULT_START_NANOS, 1));
        Measured measured = Measured.of(flow);
        assertThat(measured.instruments).isEqualTo(3);
        assertThat(measured.percent(FlowKind.CANCEL)).isZero();
        assertThat(measured.percent(FlowKind.MARKET)).isCloseTo(30, within(3.0));
    }

    private static String csv(long seed) throws IOException {
        FlowSettings settings = FlowSettings.of(FlowPreset.BALANCED, 2_000, seed);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        FlowGenerator.run(settings, new FlowCsv(bytes, settings));
        return bytes.toString(java.nio.charset.StandardCharsets.UTF_8);
    }

    /** What a flow does to plain books. */
    private static final class Measured {
        private final Map<FlowKind, Integer> kinds = new EnumMap<>(FlowKind.class);
        private int commands;
        private int trading;
        private long fills;
        private int instruments;
        private int restingAfterPrefill;
        private int levelsAfterPrefill;
        private int resting;
        private int levels;

        static Measured of(FlowCommands flow) {
            Measured measured = new Measured();
            Map<Integer, PlainBook> books = new HashMap<>();
            for (int i = 0; i < flow.size(); i++) {
                int trades = books.computeIfAbsent(flow.instrument(i), instrument -> new PlainBook())
                        .run(flow, i);
                if (i >= flow.prefill()) {
                    measured.commands++;
                    measured.kinds.merge(flow.kind(i), 1, Integer::sum);
                    measured.trading += trades > 0 ? 1 : 0;
                    measured.fills += trades;
                } else if (trades > 0) {
                    throw new AssertionError("command " + i + " of the prefill trades");
                }
                if (i == flow.prefill() - 1) {
                    measured.restingAfterPrefill = sum(books, PlainBook::resting);
                    measured.levelsAfterPrefill = sum(books, PlainBook::levels);
                }
            }
            measured.instruments = books.size();
            measured.resting = sum(books, PlainBook::resting);
            measured.levels = sum(books, PlainBook::levels);
            return measured;
        }

        private static int sum(Map<Integer, PlainBook> books, java.util.function.ToIntFunction<PlainBook> figure) {
            return books.values().stream().mapToInt(figure).sum();
        }

        double percent(FlowKind kind) {
            return 100.0 * kinds.getOrDefault(kind, 0) / commands;
        }

        @Override
        public String toString() {
            return kinds + " trading " + 100.0 * trading / commands + " fills each " + (double) fills / trading
                    + " after prefill " + restingAfterPrefill + "/" + levelsAfterPrefill + " at the end " + resting
                    + "/" + levels;
        }
    }
}
