package io.crossbook.cli.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** The bundled day is what the generator makes of its seed, byte for byte. */
class DemoDayTest {
    private static final Path DAY = Path.of(System.getProperty("crossbook.datasets", "../datasets"), "demo-day");

    @Test
    void theBundledDayIsMadeByTheGenerator() throws IOException {
        ByteArrayOutputStream made = new ByteArrayOutputStream();
        FlowSettings settings = new FlowSettings(
                FlowPreset.DAY.shape(),
                200_000,
                42,
                DayGenerator.DEFAULT_CLIENTS,
                FlowSettings.DEFAULT_COMMANDS_PER_SECOND,
                FlowSettings.DEFAULT_START_NANOS,
                1);
        DayGenerator.run(settings, made);
        try (InputStream bundled = new GZIPInputStream(Files.newInputStream(DAY.resolve("commands.csv.gz")))) {
            assertThat(made.toByteArray()).isEqualTo(bundled.readAllBytes());
        }
    }

    @Test
    void itsInstrumentsToo() throws IOException {
        ByteArrayOutputStream made = new ByteArrayOutputStream();
        DayGenerator.writeInstruments(made);
        assertThat(made.toByteArray()).isEqualTo(Files.readAllBytes(DAY.resolve("instruments.csv")));
    }

    @Test
    void isSmallEnoughForTheRepository() throws IOException {
        assertThat(Files.size(DAY.resolve("commands.csv.gz"))).isLessThan(6_000_000);
    }
}
