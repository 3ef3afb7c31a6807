package io.crossbook.store.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.crossbook.model.Decimal;
import io.crossbook.model.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFileReaderTest {
    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "00",
            "7",
            "-7",
            "07",
            "0.5",
            "-0.5",
            "00.5",
            "0.50",
            "10",
            "1.0",
            "123456789012345678",
            "1234567890123456789",
            "-9223372036854775808",
            "9223372036854775807",
            "123456789012345678.123456789012345678",
            "100000000000000000000");

    @TempDir
    Path folder;

    /** A reader at the first of rows of {@code book.csv} that hold the text as their price and as their level. */
    private RunFileReader at(String text) throws IOException {
        Files.writeString(
                folder.resolve("book.csv"), RunFile.BOOK.header() + "\nCL,BUY," + text + "," + text + ",1,0,1\n");
        RunFileReader row = RunFileReader.open(folder, RunFile.BOOK);
        assertThat(row.next()).isTrue();
        return row;
    }

    @Test
    void fieldsOfAnyContentAreFoundWhereverTheyLieInMemory() throws IOException {
        long seed = 11;
        Random random = new Random(seed);
        List<List<String>> rows = new ArrayList<>();
        StringBuilder file = new StringBuilder(RunFile.BOOK.header()).append('\n');
        for (int i = 0; i < 20_000; i++) {
            List<String> row = new ArrayList<>();
            for (int column = 0; column < RunFile.BOOK.columns().size(); column++) {
                row.add(i % 5_000 == 7 && column == 3 ? "long,".repeat(30_000) : text(random));
            }
            rows.add(row);
            file.append(String.join(
                            ",", row.stream().map(RunFileReaderTest::quoted).toList()))
                    .append('\n');
        }
        Files.writeString(folder.resolve("book.csv"), file);
        try (RunFileReader reader = RunFileReader.open(folder, RunFile.BOOK)) {
            for (List<String> row : rows) {
                assertThat(reader.next()).isTrue();
                for (int column = 0; column < row.size(); column++) {
                    assertThat(reader.text(column))
                            .as("seed %d row %d column %d", seed, reader.row(), column)
                            .isEqualTo(row.get(column));
                    assertThat(reader.field(column)).isEqualTo(FieldText.of(row.get(column)));
                }
            }
            assertThat(reader.next()).isFalse();
        }
    }

    private static String text(Random random) {
        String letters = "abc019 +-.:é😀\u0001,\n\"";
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(20); i > 0; i--) {
            text.appendCodePoint(letters.codePointAt(
                    letters.offsetByCodePoints(0, random.nextInt(letters.codePointCount(0, letters.length())))));
        }
        return text.toString();
    }

    private static String quoted(String text) {
        boolean must = text.contains(",") || text.contains("\"") || text.contains("\n");
        return must ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
    }

    @Test
    void aFieldHoldsADecimalOnlyAsItIsWritten() throws IOException {
        for (String text : NUMBERS) {
            try (RunFileReader row = at(text)) {
                for (String other : NUMBERS) {
                    Decimal value = Decimal.parse(other);
                    assertThat(row.holds(3, value))
                            .as("%s holds %s", text, value)
                            .isEqualTo(text.equals(value.toString()));
                }
            }
        }
    }

    @Test
    void aFieldHoldsANumberOnlyAsItIsWritten() throws IOException {
        for (String text : List.of("0", "-0", "00", "7", "+7", "07", "-7", "", "x", "\"7\"", "9223372036854775807")) {
            try (RunFileReader row = at(text)) {
                for (long value : new long[] {0, 7, -7, Long.MAX_VALUE}) {
                    assertThat(row.holds(2, value))
                            .as("%s holds %d", text, value)
                            .isEqualTo(row.text(2).equals(Long.toString(value)));
                }
            }
        }
    }

    @Test
    void wholeNumbersAreReadAsTheJavaLibraryReadsThem() throws IOException {
        for (String text : List.of("0", "-0", "007", "+7", "-9223372036854775808", "9223372036854775807")) {
            try (RunFileReader row = at(text)) {
                assertThat(row.number(2)).isEqualTo(Long.parseLong(text));
            }
        }
        for (String text : List.of("", "-", "1.0", "9223372036854775808")) {
            try (RunFileReader row = at(text)) {
                assertThatIOException()
                        .isThrownBy(() -> row.number(2))
                        .withMessageContaining("book.csv:2: field 3 must be a whole number, was \"" + text + "\"");
            }
        }
    }

    @Test
    void aWordThatIsNoneOfItsTypeIsRefusedWithItsPlace() throws IOException {
        try (RunFileReader row = at("1")) {
            assertThat(row.word(1, Side.class)).isEqualTo(Side.BUY);
            assertThatIOException()
                    .isThrownBy(() -> row.word(0, Side.class))
                    .withMessageContaining("book.csv:2: field 1 must be one of [BUY, SELL], was \"CL\"");
        }
    }

    @Test
    void aCopyOfAFieldOutlivesItsRowAndIsFoundByAnotherFieldOfTheSameText() throws IOException {
        Files.writeString(
                folder.resolve("book.csv"),
                RunFile.BOOK.header() + "\né😀,BUY,1,1,1,0,1\n\"é😀\",BUY,1,1,1,0,1\nother,BUY,1,1,1,0,1\n");
        try (RunFileReader row = RunFileReader.open(folder, RunFile.BOOK)) {
            row.next();
            Map<FieldText, String> byText = Map.of(row.field(0).copy(), "found");
            row.next();
            assertThat(byText.get(row.field(0))).isEqualTo("found");
            row.next();
            assertThat(byText.get(row.field(0))).isNull();
            assertThat(byText.keySet()).hasToString("[é😀]");
        }
    }
}
