package io.crossbook.store.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.model.Decimal;
import io.crossbook.model.Timestamps;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is remembered of texts is never taken for another: far more values than places, coming again and again. */
class RowTextsTest {
    private static final long SEED = 11;
    private static final int STEPS = 300_000;

    private final RowTexts texts = new RowTexts();
    private final CsvLines line = new CsvLines(16, texts);
    private final Random random = new Random(SEED);

    @Test
    void writesEachNumberAsItsText() {
        for (int step = 0; step < STEPS; step++) {
            // Digits that differ by their scale alone, and some that fill a long.
            long digits = random.nextInt(8) == 0 ? random.nextLong() : random.nextInt(2_000) - 300L;
            Decimal number = Decimal.of(digits, random.nextInt(19));
            line.clear();
            line.decimal(number).endRow();
            assertThat(text()).as("step %d", step).isEqualTo(number + "\n");
        }
    }

    @Test
    void writesNumbersBeyondALong() {
        Decimal wide = Decimal.parse("-123456789012345678901234567890.123456789");
        line.decimal(wide).decimal(wide).decimal(null).endRow();

        assertThat(text()).isEqualTo(wide + "," + wide + ",\n");
    }

    @Test
    void writesEachNameAsItWasEncoded() {
        String[] names = new String[2_000];
        for (int i = 0; i < names.length; i++) {
            names[i] = switch (i % 4) {
                case 0 -> "c" + i;
                case 1 -> "client \u00e9\u20ac " + i;
                case 2 -> "a,\"b\" " + i;
                default -> "x".repeat(i % 90) + i;
            };
        }
        for (int step = 0; step < STEPS; step++) {
            String name = names[random.nextInt(names.length)];
            line.clear();
            line.name(name).tradeId(name, step).endRow();
            assertThat(text()).as("step %d", step).isEqualTo(quoted(name) + "," + quoted(name + "-" + step) + "\n");
        }
    }

    private static String quoted(String text) {
        return text.contains(",") || text.contains("\"") ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    @Test
    void writesEachTimeAsTheJavaLibraryDoes() {
        for (int step = 0; step < STEPS; step++) {
            long time = random.nextInt(5_000) * Timestamps.NANOS_PER_SECOND + random.nextInt(1_000_000_000);
            line.clear();
            line.time(time).endRow();
            assertThat(text()).as("step %d", step).isEqualTo(Timestamps.format(time) + "\n");
        }
    }

    private String text() {
        return new String(line.array(), 0, line.length(), StandardCharsets.UTF_8);
    }
}
