package io.crossbook.replay.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossbook.model.MarketInput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MergedReaderTest {
    private static final String HEADER = "timestamp,instrument,action\n";

    @TempDir
    private Path folder;

    private TestInput input;

    @BeforeEach
    void startWithoutFiles() {
        input = new TestInput(folder);
    }

    private static List<String> places(List<MarketInput> inputs) {
        return inputs.stream()
                .map(one -> one.header().origin().source() + ":"
                        + one.header().origin().line())
                .toList();
    }

    @Test
    void mergesByTimeThenByTheOrderOfTheFilesThenByLine() throws Exception {
        TestInput.Result result = input.file("z.csv", HEADER + "1,A,CLOCK\n5,A,CLOCK\n5,A,CLOCK\n9,A,CLOCK\n")
                .file("a.csv", HEADER + "1,B,CLOCK\n5,B,CLOCK\n7,B,CLOCK\n")
                .file("m.csv", HEADER + "0,C,CLOCK\n")
                .read();
        assertThat(places(result.inputs())).containsExactly("2:2", "0:2", "1:2", "0:3", "0:4", "1:3", "1:4", "0:5");
        assertThat(result.inputs().stream().map(one -> one.header().origin().position()))
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
        assertThat(result.counts().firstTime()).isZero();
        assertThat(result.counts().lastTime()).isEqualTo(9);
        assertThat(result.rowsPerFile()).containsExactly(4L, 3L, 1L);
    }

    @Test
    void keepsTheLineThatStepsBackInItsPlaceAndCountsIt() throws Exception {
        TestInput.Result result = input.file(
                        "a.csv", HEADER + "1,A,CLOCK\n8,A,CLOCK\n3,A,CLOCK\n4,A,CLOCK\n9,A,CLOCK\n")
                .file("b.csv", HEADER + "2,B,CLOCK\n8,B,CLOCK\n")
                .read();
        assertThat(TestInput.times(result.inputs())).containsExactly(1L, 2L, 8L, 3L, 4L, 8L, 9L);
        assertThat(places(result.inputs())).containsExactly("0:2", "1:2", "0:3", "0:4", "0:5", "1:3", "0:6");
        assertThat(result.counts().timeStepsBack()).isEqualTo(1);
    }

    @Test
    void putsAnUnreadableLineRightBehindTheLineBeforeIt() throws Exception {
        TestInput.Result result = input.file("a.csv", HEADER + "junk\n1,A,CLOCK\n6,A,CLOCK\n")
                .file("b.csv", HEADER + "2,B,CLOCK\n9,B,junk\n5,B,CLOCK\n")
                .read();
        assertThat(places(result.inputs())).containsExactly("0:2", "0:3", "1:2", "1:3", "1:4", "0:4");
        assertThat(TestInput.times(result.inputs())).containsExactly(0L, 1L, 2L, 2L, 5L, 6L);
        assertThat(result.counts().timeStepsBack()).isZero();
        assertThat(result.counts().unreadable()).isEqualTo(2);
        assertThat(result.counts().rows()).isEqualTo(6);
        assertThat(result.counts().firstTime()).isEqualTo(1);
    }

    @Test
    void mergesManyFilesAsASortWould() throws Exception {
        long seed = 20240102;
        Random random = new Random(seed);
        List<long[]> expected = new ArrayList<>();
        for (int file = 0; file < 37; file++) {
            StringBuilder text = new StringBuilder(HEADER);
            long time = 0;
            for (int line = 2; line < 2 + random.nextInt(40); line++) {
                time += random.nextInt(4);
                text.append(time).append(",A,CLOCK\n");
                expected.add(new long[] {time, file, line});
            }
            input.file("f" + file + ".csv", text.toString());
        }
        expected.sort(Arrays::compare);
        assertThat(places(input.read().inputs()))
                .as("seed " + seed)
                .isEqualTo(expected.stream().map(one -> one[1] + ":" + one[2]).toList());
    }

    @Test
    void startsAtTheFirstTimeAndCountsNothingBeforeIt() throws Exception {
        input.file("a.csv", HEADER + "1,A,CLOCK\njunk\n5,A,CLOCK\njunk\n6,A,CLOCK\n");
        TestInput.Result result = TestInput.read(TestInput.between(input.settings(), 5L, null));
        assertThat(places(result.inputs())).containsExactly("0:4", "0:5", "0:6");
        assertThat(result.counts().rows()).isEqualTo(3);
        assertThat(result.inputs().get(0).header().origin().position()).isEqualTo(1);
    }

    @Test
    void endsEachInstrumentBeforeItsFirstLaterRecord() throws Exception {
        input.file("a.csv", HEADER + "1,A,CLOCK\n5,A,CLOCK\n5,B,CLOCK\n6,A,CLOCK\njunk\n4,A,CLOCK\n5,B,CLOCK\n");
        TestInput.Result result = TestInput.read(TestInput.between(input.settings(), null, 5L));
        assertThat(places(result.inputs())).containsExactly("0:2", "0:3", "0:4", "0:8");
        assertThat(result.counts().rows()).isEqualTo(4);
    }

    @Test
    void tellsABreakEvenIfNothingBeforeItWasWanted() throws Exception {
        byte[] whole = TestInput.gzip(HEADER + "1,A,CLOCK\n");
        input.file("cut.csv.gz", Arrays.copyOf(whole, whole.length - 3));
        TestInput.Result result = TestInput.read(TestInput.between(input.settings(), 5L, null));
        assertThat(result.codes()).containsExactly("BROKEN_OFF");
        assertThat(result.brokenOff()).isTrue();
    }

    @Test
    void countsBytesUpToTheSizeOfTheFiles() throws Exception {
        byte[] packed = TestInput.gzip(HEADER + TestInput.clocks(100));
        String plain = HEADER + TestInput.clocks(10);
        TestInput.Result result =
                input.file("a.csv.gz", packed).file("b.csv", plain).read();
        assertThat(result.counts().totalBytes()).isEqualTo(packed.length + plain.length());
        assertThat(result.counts().bytesRead()).isEqualTo(result.counts().totalBytes());
    }

    /** Plain, packed, broken off, stepping back, with unreadable lines, and LOBSTER beside them. */
    private InputSettings corpus(Long from, Long to) throws Exception {
        byte[] cut = TestInput.gzip(HEADER + "3,C,CLOCK\n34200000000009,C,CLOCK\n7,C,CLOCK\n");
        input.file(
                        "a.csv",
                        "\ufeff\r\n" + HEADER
                                + "1,A,CLOCK\r\n\r\n9,A,CLOCK\r\njunk\r\n\"4\",\"A\"\"\",CLOCK\r\n"
                                + "x".repeat(70_000) + "\r\n34200000000010,A,CLOCK")
                .file("b.csv.gz", TestInput.gzip(HEADER + "2,B,CLOCK\nju", "nk\n34200000000003,B,CLOCK\n"))
                .file("c.csv.gz", Arrays.copyOf(cut, cut.length - 2))
                .file("marks.csv", "timestamp,instrument,price\n5,A,1\n34200000000008,B,2\n")
                .lobster(
                        "X_1970-01-01_1_2_message_1.csv",
                        "34200.000000001,1,10,100,20000,1\n34200.000000002,4,10,10,20000,1\n"
                                + "34200.000000002,5,0,1,20000,1\n34200.000000002,4,10,20,20000,1\nbad\n"
                                + "34200.000000004,2,10,5,20000,1\n34200.000000005,2,10,5,20000,1\n"
                                + "34200.000000005,4,7,9,19000,1\n34200.000000006,3,10,60,20000,1\n");
        Files.writeString(folder.resolve("book.csv"), "21000,5,20000,100,9999999999,0,19000,50\n");
        InputSettings settings = input.settings();
        return new InputSettings(
                settings.files(),
                settings.columnMap(),
                false,
                from,
                to,
                folder.resolve("book.csv").toString(),
                ZoneOffset.UTC);
    }

    @ParameterizedTest
    @ValueSource(strings = {"whole", "from", "to"})
    void goesOnFromEveryPositionWithTheSameRecordsAndCounts(String range) throws Exception {
        InputSettings settings =
                corpus(range.equals("from") ? 9L : null, range.equals("to") ? 34_200_000_000_004L : null);
        InputPlan plan = copy(InputPlan.plan(settings));
        TestInput.Result whole = TestInput.read(settings);
        assertThat(whole.inputs().size()).isGreaterThan(12);
        int rows = whole.inputs().stream()
                .mapToInt(one -> one.header().origin().rows())
                .sum();
        assertThat(whole.counts().rows()).isEqualTo(rows);
        assertThat(whole.rowsPerFile().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(rows);
        for (int stop = 0; stop <= whole.inputs().size(); stop++) {
            List<MarketInput> inputs = new ArrayList<>();
            ReaderPosition position;
            try (MergedReader first = MergedReader.open(plan, null)) {
                for (int i = 0; i < stop; i++) {
                    inputs.add(first.next().plain());
                }
                position = copy(first.position());
            }
            try (MergedReader second = MergedReader.open(plan, position)) {
                assertThat(second.unreadable())
                        .isEqualTo(inputs.stream()
                                .filter(MarketInput.Unreadable.class::isInstance)
                                .count());
                TestInput.Result rest = TestInput.readAll(second);
                inputs.addAll(rest.inputs());
                assertThat(inputs).as("stopped after " + stop).isEqualTo(whole.inputs());
                assertThat(rest.rowsPerFile()).isEqualTo(whole.rowsPerFile());
                assertThat(rest.counts())
                        .usingRecursiveComparison()
                        .ignoringFields("bytesRead")
                        .isEqualTo(whole.counts());
                assertThat(rest.brokenOff()).isEqualTo(whole.brokenOff());
                assertThat(second.next()).isNull();
                assertThat(second.position().ordinal()).isEqualTo(inputs.size());
            }
        }
    }

    @Test
    void findsALineAcrossEveryEdgeOfItsBuffer() throws Exception {
        StringBuilder text = new StringBuilder(HEADER);
        Random random = new Random(7);
        int lines = 3_000;
        for (int i = 1; i <= lines; i++) {
            String padding = " ".repeat(random.nextInt(1_000));
            text.append(i).append(padding).append(",A,CLOCK").append(i % 3 == 0 ? "\r\n" : "\n");
        }
        input.file("a.csv", text.toString());
        InputPlan plan = InputPlan.plan(input.settings());
        try (MergedReader reader = MergedReader.open(plan, null)) {
            ReaderPosition position = reader.position();
            for (long i = 1; i <= lines; i++) {
                assertThat(reader.next().transactTime()).isEqualTo(i);
                if (i % 500 == 0) {
                    position = reader.position();
                }
            }
            assertThat(reader.next()).isNull();
            try (MergedReader again = MergedReader.open(plan, position)) {
                assertThat(again.next()).isNull();
            }
        }
    }

    @Test
    void refusesToGoOnInAFileThatHasBecomeShorter() throws Exception {
        input.file("a.csv", HEADER + TestInput.clocks(1_000));
        InputPlan plan = InputPlan.plan(input.settings());
        ReaderPosition position;
        try (MergedReader reader = MergedReader.open(plan, null)) {
            for (int i = 0; i < 900; i++) {
                reader.next();
            }
            position = reader.position();
        }
        Files.writeString(folder.resolve("a.csv"), HEADER);
        assertThatThrownBy(() -> MergedReader.open(plan, position))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("shorter");
    }

    @SuppressWarnings("unchecked")
    private static <T> T copy(T value) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (T) in.readObject();
        }
    }
}
