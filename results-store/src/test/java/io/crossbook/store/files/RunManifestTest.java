package io.crossbook.store.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import io.crossbook.model.InstrumentKind;
import io.crossbook.model.Instruments;
import io.crossbook.store.files.RunManifest.Check;
import io.crossbook.store.files.RunManifest.Input;
import io.crossbook.store.files.RunManifest.InputFile;
import io.crossbook.store.files.RunManifest.InstrumentFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunManifestTest {
    private static final Instruments INSTRUMENTS = new Instruments(List.of(new Instrument(
            "ES",
            InstrumentKind.FUTURE,
            "USD",
            Decimal.parse("0.25"),
            Decimal.ONE,
            Decimal.of(50),
            Decimal.parse("-0.2"),
            Decimal.parse("0.5"),
            null,
            Decimal.of(9000),
            null,
            null,
            Decimal.of(100),
            Decimal.of(5000),
            false,
            LocalDate.of(2024, 6, 21),
            "CME",
            1)));

    @TempDir
    Path folder;

    private static RunManifest manifest(Long openingOrders) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("snapshot_interval", "1m");
        config.put("executions", false);
        config.put(RunManifest.INSTRUMENTS_KEY, RunManifest.describe(INSTRUMENTS));
        return new RunManifest(
                "day-1",
                "backtest",
                "0.1.0",
                config,
                new Input(List.of(new InputFile("orders.csv", "ab", 12)), 10, 7, 2, 1, 0, openingOrders),
                3,
                Map.of("ES", Decimal.parse("12.5")),
                2,
                Map.of("USD", Decimal.parse("-1234567890123456789.000000000000000001")),
                Map.of("USD", Decimal.ZERO),
                "cd",
                Map.of("trade_numbers", new Check(true, Map.of("trades", 3), null)),
                0.125,
                80,
                2,
                0,
                "2024-01-02T00:00:00.000000000Z",
                null,
                List.of(new InstrumentFigures(
                        "ES",
                        "USD",
                        7,
                        1,
                        1,
                        3,
                        0,
                        Decimal.parse("12.5"),
                        null,
                        Decimal.ONE,
                        Decimal.ZERO,
                        false,
                        false,
                        0)));
    }

    @Test
    void aSummaryIsReadBackAsItWasWritten() throws IOException {
        manifest(4L).write(folder);
        RunManifest read = RunManifest.read(folder);
        assertThat(read).isEqualTo(manifest(4L));
        assertThat(read.describedInstruments().described()).isEqualTo(INSTRUMENTS.described());
        assertThat(read.toJson()).isEqualTo(Files.readString(folder.resolve("run.json")));
    }

    @Test
    void keysKeepTheirOrderAndDecimalsAreText() {
        String json = manifest(null).toJson();
        assertThat(json)
                .containsSubsequence(
                        "\"run_id\"",
                        "\"mode\"",
                        "\"version\"",
                        "\"config\"",
                        "\"snapshot_interval\"",
                        "\"executions\"",
                        "\"input\"",
                        "\"files\"",
                        "\"name\"",
                        "\"sha256\"",
                        "\"bytes\"",
                        "\"rows\"",
                        "\"accepted\"",
                        "\"rejected\"",
                        "\"duplicate\"",
                        "\"time_steps_back\"",
                        "\"trades\"",
                        "\"volume\"",
                        "\"clients\"",
                        "\"realized_pnl\"",
                        "\"fees\"",
                        "\"hash\"",
                        "\"checks\"",
                        "\"elapsed_seconds\"",
                        "\"commands_per_second\"",
                        "\"parallelism\"",
                        "\"restarts\"",
                        "\"first_timestamp\"",
                        "\"last_timestamp\"",
                        "\"instruments\"")
                .contains("\"USD\" : \"-1234567890123456789.000000000000000001\"")
                .contains("\"last_timestamp\" : null")
                .doesNotContain("opening_orders")
                .doesNotContain("message")
                .endsWith("}\n");
    }

    @Test
    void aSummaryThatIsNoJsonIsRefusedByName() throws IOException {
        Files.writeString(folder.resolve("run.json"), "{\"run_id\": ");
        assertThatIOException()
                .isThrownBy(() -> RunManifest.read(folder))
                .withMessageContaining("run.json is no summary of a run");
        Files.writeString(folder.resolve("run.json"), "{\"fees\": {\"USD\": \"1e5\"}}");
        assertThatIOException().isThrownBy(() -> RunManifest.read(folder)).withMessageContaining("a decimal like");
    }
}
