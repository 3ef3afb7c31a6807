package io.crossbook.cli.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplaySettingsTest {
    @Test
    void writesTheKeysThatTheReplayReads() throws IOException {
        ReplaySettings settings = new ReplaySettings(
                "day1",
                "/o",
                "/d",
                List.of(new ReplaySettings.InputFile("m.csv", "/w/m.csv", "LOBSTER", "AAPL", "2012-06-21")),
                null,
                Map.of("qty", "quantity"),
                true,
                2,
                new ReplaySettings.Database("jdbc:postgresql://db/x", "me"),
                10_000,
                "heap",
                60_000_000_000L,
                false,
                true,
                "day",
                null,
                "1.5",
                7L,
                null,
                null,
                "America/New_York",
                false,
                true,
                "bar",
                "0.1.0");
        JsonNode document = new ObjectMapper().readTree(settings.toJson());
        assertThat(keys(document))
                .containsExactly(
                        "run_id",
                        "out",
                        "data_dir",
                        "files",
                        "instruments",
                        "map",
                        "ignore_extra",
                        "parallelism",
                        "database",
                        "checkpoint_interval_millis",
                        "state",
                        "snapshot_interval_nanos",
                        "executions",
                        "book_history",
                        "order_ids",
                        "max_rejects",
                        "speed",
                        "from",
                        "to",
                        "opening_book",
                        "zone",
                        "resume",
                        "replace",
                        "progress",
                        "version");
        assertThat(keys(document.get("files").get(0))).containsExactly("name", "path", "format", "instrument", "date");
        assertThat(keys(document.get("database"))).containsExactly("url", "user");
        assertThat(document.get("to").isNull()).isTrue();
        assertThat(document.get("speed").textValue()).isEqualTo("1.5");
        assertThat(document.get("map").get("qty").textValue()).isEqualTo("quantity");
    }

    private static List<String> keys(JsonNode node) {
        List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(keys::add);
        return keys;
    }
}
