package io.crossbook.cli.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DayGeneratorTest {
    private static final List<String> COLUMNS = List.of(DayCsv.HEADER.split(","));
    private static final int COMMANDS = 40_000;

    private static List<String[]> rows;

    @BeforeAll
    static void generate() throws IOException {
        rows = rows(42);
    }

    @Test
    void holdsEveryKindOfCommandAndOrder() {
        assertThat(count("action")).containsOnlyKeys("NEW", "CANCEL", "REPLACE", "CANCEL_ALL", "PHASE", "MARK");
        assertThat(count("type")).containsKeys("LIMIT", "MARKET", "STOP", "STOP_LIMIT");
        assertThat(count("tif")).containsKeys("DAY", "IOC", "FOK", "GTD");
        assertThat(count("stp")).containsKeys("CANCEL_NEWEST", "CANCEL_OLDEST", "CANCEL_BOTH", "DECREMENT");
        assertThat(count("post_only")).containsKey("true");
        assertThat(count("phase")).containsKeys("CALL", "CONTINUOUS", "HALTED", "CLOSED");
        assertThat(filled("display_quantity")).isGreaterThan(100);
        assertThat(filled("idempotency_key")).isPositive();
        assertThat(count("instrument")).containsOnlyKeys("INDEX-M4", "ACME", "BTC-USD");
        assertThat(count("client_id")).hasSizeGreaterThanOrEqualTo(20);
    }

    @Test
    void isAboutAsLongAsAskedForAndInTimeOrder() {
        assertThat(rows).hasSizeBetween(COMMANDS * 98 / 100, COMMANDS * 102 / 100);
        String before = "";
        for (String[] row : rows) {
            assertThat(row).hasSize(COLUMNS.size());
            assertThat(row[0]).isGreaterThanOrEqualTo(before);
            before = row[0];
        }
    }

    @Test
    void opensWithACallAndClosesAtTheEndOfTheDay() {
        for (String instrument : count("instrument").keySet()) {
            List<String> phases = rows.stream()
                    .filter(row -> row[1].equals(instrument) && row[2].equals("PHASE"))
                    .map(row -> row[COLUMNS.indexOf("phase")])
                    .toList();
            if (instrument.equals("ACME")) {
                assertThat(phases).containsExactly("CALL", "CONTINUOUS", "HALTED", "CALL", "CONTINUOUS", "CLOSED");
            } else {
                assertThat(phases).containsExactly("CALL", "CONTINUOUS", "CLOSED");
            }
        }
    }

    @Test
    void cancelsAndReplacesNameOrdersThatWereEnteredBefore() {
        Set<String> entered = new HashSet<>();
        int unknown = 0;
        for (String[] row : rows) {
            if (row[2].equals("NEW")) {
                entered.add(row[1] + row[3]);
            } else if ((row[2].equals("CANCEL") || row[2].equals("REPLACE")) && !entered.contains(row[1] + row[3])) {
                unknown++;
            }
        }
        assertThat(unknown).as("only the deliberate ones").isBetween(1, 3);
    }

    @Test
    void theSameSeedGivesTheSameDayAndAnotherSeedAnother() throws IOException {
        assertThat(rows(42)).usingRecursiveComparison().isEqualTo(rows);
        assertThat(rows(43)).usingRecursiveComparison().isNotEqualTo(rows);
    }

    @Test
    void severalDaysFollowEachOther() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DayGenerator.run(settings(42, 2), bytes);
        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("2024-03-04T17:30:00", "2024-03-05T09:00:00");
    }

    @Test
    void needsEnoughPeople() {
        FlowSettings settings =
                new FlowSettings(FlowPreset.DAY.shape(), 100, 1, 3, 1, FlowSettings.DEFAULT_START_NANOS, 1);
        assertThatThrownBy(() -> DayGenerator.run(settings, new ByteArrayOutputStream()))
                .hasMessage("A day needs at least 20 clients, was 3");
    }

    private static List<String[]> rows(long seed) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        long lines = DayGenerator.run(settings(seed, 1), bytes);
        List<String[]> all = bytes.toString(StandardCharsets.UTF_8)
                .lines()
                .skip(1)
                .map(line -> line.split(",", -1))
                .toList();
        assertThat(all).hasSize((int) lines);
        return all;
    }

    private static FlowSettings settings(long seed, int days) {
        return new FlowSettings(
                FlowPreset.DAY.shape(),
                COMMANDS,
                seed,
                DayGenerator.DEFAULT_CLIENTS,
                1,
                FlowSettings.DEFAULT_START_NANOS,
                days);
    }

    private static Map<String, Integer> count(String column) {
        IntFunction<String> value = i -> rows.get(i)[COLUMNS.indexOf(column)];
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            counts.merge(value.apply(i), 1, Integer::sum);
        }
        counts.remove("");
        return counts;
    }

    private static int filled(String column) {
        return count(column).values().stream().mapToInt(Integer::intValue).sum();
    }
}
