package io.crossbook.cli.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunNamesTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "data/orders.csv,orders",
        "My orders (1).csv.gz,My-orders-1",
        "day.CSV.GZ,day",
        "..csv,run",
        "börse.csv,b-rse",
        "trades.2026-03-02,trades.2026-03-02"
    })
    void callsARunAfterItsFirstFile(String file, String runId) {
        assertThat(RunNames.after(Path.of(file))).isEqualTo(runId);
        assertThat(RunNames.checked(runId)).isEqualTo(runId);
    }

    @Test
    void givesEveryRunANameOfItsOwn() throws IOException {
        RunNames names = new RunNames(folder.resolve("data"));
        Path out = folder.resolve("out");
        assertThat(names.takeNew("orders", out)).isEqualTo("orders");
        assertThat(names.takeNew("orders", out)).isEqualTo("orders-2");
        Files.createDirectories(out.resolve("orders-3"));
        Files.writeString(out.resolve("orders-3/trades.csv"), "");
        assertThat(names.takeNew("orders", out)).isEqualTo("orders-4");
    }

    @Test
    void findsTheNewestRunOfAName() {
        RunNames names = new RunNames(folder);
        assertThat(names.newest("orders")).isEqualTo("orders");
        names.takeNew("orders", folder.resolve("out"));
        names.takeNew("orders", folder.resolve("out"));
        assertThat(names.newest("orders")).isEqualTo("orders-2");
    }

    @Test
    void givesTheNameOfARunThatNeverBeganFreeAgain() throws IOException {
        RunNames names = new RunNames(folder);
        names.releaseIfUnused(names.takeNew("orders", folder.resolve("out")));
        assertThat(names.takeNew("orders", folder.resolve("out"))).isEqualTo("orders");
        Files.writeString(names.folder("orders").resolve("request.json"), "{}");
        names.releaseIfUnused("orders");
        assertThat(names.isKnown("orders")).isTrue();
    }
}
