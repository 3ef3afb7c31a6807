package io.crossbook.replay.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.model.MarketInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokenInputTest {
    private static final String CLOCK_HEADER = "timestamp,instrument,action\n";

    @TempDir
    private Path folder;

    /** Reads good lines with a bad one between them: only the bad one may suffer. */
    private MarketInput.Unreadable between(byte[] bad) throws Exception {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.writeBytes((CLOCK_HEADER + "1,A,CLOCK\n").getBytes(StandardCharsets.UTF_8));
        text.writeBytes(bad);
        text.writeBytes("\n2,A,CLOCK\n".getBytes(StandardCharsets.UTF_8));
        TestInput.Result result =
                new TestInput(folder).file("bad.csv", text.toByteArray()).read();
        assertThat(TestInput.times(result.readable())).containsExactly(1L, 2L);
        assertThat(result.unreadable()).hasSize(1);
        assertThat(result.counts().rows()).isEqualTo(3);
        assertThat(result.counts().unreadable()).isEqualTo(1);
        MarketInput.Unreadable unreadable = result.unreadable().get(0);
        assertThat(unreadable.header().origin().line()).isEqualTo(3);
        assertThat(unreadable.transactTime()).isEqualTo(1);
        assertThat(unreadable.message()).startsWith("bad.csv:3: ");
        assertThat(InputFault.valueOf(unreadable.code())).isNotNull();
        return unreadable;
    }

    private MarketInput.Unreadable between(String bad) throws Exception {
        return between(bad.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void refusesALineWithTooFewOrTooManyFields() throws Exception {
        assertThat(between("1,A").message()).isEqualTo("bad.csv:3: a line must have 3 fields, this one has 2");
        assertThat(between("1,A,CLOCK,").code()).isEqualTo("FIELD_COUNT");
        assertThat(between(",".repeat(50_000)).code()).isEqualTo("FIELD_COUNT");
    }

    @Test
    void letsAnOpenQuoteSpoilItsOwnLineOnly() throws Exception {
        MarketInput.Unreadable unreadable = between("1,\"A,CLOCK");
        assertThat(unreadable.code()).isEqualTo("OPEN_QUOTE");
        assertThat(unreadable.message()).isEqualTo("bad.csv:3: instrument has a quote that does not close on its line");
        assertThat(unreadable.raw()).isEqualTo("1,\"A,CLOCK");
        assertThat(between("1,A,\"").code()).isEqualTo("OPEN_QUOTE");
        assertThat(between("1,A,\"\"\"").code()).isEqualTo("OPEN_QUOTE");
    }

    @Test
    void refusesQuotesInTheWrongPlace() throws Exception {
        assertThat(between("1,\"A\"B,CLOCK").code()).isEqualTo("MISPLACED_QUOTE");
        assertThat(between("1,A\"B,CLOCK").code()).isEqualTo("MISPLACED_QUOTE");
    }

    @Test
    void refusesBytesThatAreNoUtf8AndShowsThem() throws Exception {
        MarketInput.Unreadable latin1 = between("1,Zürich,CLOCK".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(latin1.code()).isEqualTo("BAD_UTF8");
        assertThat(latin1.message()).isEqualTo("bad.csv:3: instrument must be UTF-8, was \"Z\\xFCrich\"");
        assertThat(latin1.raw()).isEqualTo("1,Z\\xFCrich,CLOCK");
        List<byte[]> wrong = List.of(
                new byte[] {'1', ',', (byte) 0xc0, (byte) 0x80, ',', 'x'},
                new byte[] {'1', ',', (byte) 0xed, (byte) 0xa0, (byte) 0x80, ',', 'x'},
                new byte[] {'1', ',', (byte) 0xf5, (byte) 0x80, (byte) 0x80, (byte) 0x80, ',', 'x'},
                new byte[] {'1', ',', 'A', ',', (byte) 0xe2, (byte) 0x82},
                new byte[] {'1', ',', '"', (byte) 0xff, '"', ',', 'x'});
        for (byte[] line : wrong) {
            assertThat(between(line).code()).as(Arrays.toString(line)).isEqualTo("BAD_UTF8");
        }
    }

    @Test
    void refusesControlCharactersAndShowsThem() throws Exception {
        MarketInput.Unreadable nul = between("1,A\0B,CLOCK");
        assertThat(nul.code()).isEqualTo("CONTROL_CHARACTER");
        assertThat(nul.message()).isEqualTo("bad.csv:3: instrument must have no control characters, was \"A\\x00B\"");
        assertThat(nul.raw()).isEqualTo("1,A\\x00B,CLOCK");
        assertThat(between("1,A\tB,CLOCK").code()).isEqualTo("CONTROL_CHARACTER");
        assertThat(between("1,A\u0085B,CLOCK").raw()).isEqualTo("1,A\\xC2\\x85B,CLOCK");
        assertThat(between("1,A\u007fB,CLOCK").code()).isEqualTo("CONTROL_CHARACTER");
        assertThat(between("1,A\rB,CLOCK").code()).isEqualTo("CONTROL_CHARACTER");
    }

    @Test
    void cutsWhatItShowsOfALongLineAndNotesItsLength() throws Exception {
        String longLine = "1," + "x".repeat(2_000) + ",CLOCK";
        MarketInput.Unreadable unreadable = between(longLine);
        assertThat(unreadable.code()).isEqualTo("TEXT_TOO_LONG");
        assertThat(unreadable.raw()).isEqualTo(longLine.substring(0, 1_024) + "... (2008 bytes)");
        assertThat(unreadable.message()).hasSizeLessThan(200);
    }

    @Test
    void takesALineOf64KiBButNoLongerOne() throws Exception {
        String spaces = " ".repeat(64 * 1024 - "2,A,CLOCK".length());
        TestInput input = new TestInput(folder).file("fits.csv", CLOCK_HEADER + "2,A,CLOCK" + spaces + "\r\n");
        assertThat(input.read().unreadable()).isEmpty();
        MarketInput.Unreadable unreadable = between("2,A,CLOCK" + spaces + " ");
        assertThat(unreadable.code()).isEqualTo("LINE_TOO_LONG");
        assertThat(unreadable.message()).isEqualTo("bad.csv:3: a line has at most 65536 bytes, this one has 65537");
    }

    @Test
    void makesOneRejectOfALineOf100Megabytes() throws Exception {
        Path file = folder.resolve("huge.csv");
        byte[] block = new byte[1 << 20];
        Arrays.fill(block, (byte) 'x');
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write((CLOCK_HEADER + "1,A,CLOCK\n").getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 100; i++) {
                out.write(block);
            }
            out.write("\n2,A,CLOCK\n".getBytes(StandardCharsets.UTF_8));
        }
        TestInput.Result result = TestInput.read(InputSettings.of(List.of(InputFile.named(file.toString()))));
        Files.delete(file);
        assertThat(TestInput.times(result.readable())).containsExactly(1L, 2L);
        assertThat(result.codes()).containsExactly("LINE_TOO_LONG");
        assertThat(result.unreadable().get(0).raw()).isEqualTo("x".repeat(1_024) + "... (104857600 bytes)");
        assertThat(result.readable().get(1).header().origin().line()).isEqualTo(4);
    }

    @Test
    void bearsAGzipBombInBoundedMemory() throws Exception {
        // 1.1 GiB in one line, more than the heap of a test holds, then lines again.
        Path file = folder.resolve("bomb.csv.gz");
        byte[] zeros = new byte[1 << 20];
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file), 1 << 16)) {
            out.write((CLOCK_HEADER + "1,A,CLOCK\n").getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 1_100; i++) {
                out.write(zeros);
            }
            out.write("\n2,A,CLOCK\n".getBytes(StandardCharsets.UTF_8));
        }
        TestInput.Result result = TestInput.read(InputSettings.of(List.of(InputFile.named(file.toString()))));
        assertThat(TestInput.times(result.readable())).containsExactly(1L, 2L);
        assertThat(result.codes()).containsExactly("LINE_TOO_LONG");
        assertThat(result.unreadable().get(0).raw()).isEqualTo("\\x00".repeat(1_024) + "... (1153433600 bytes)");
    }

    @Test
    void understandsByteOrderMarkAndCarriageReturns() throws Exception {
        TestInput.Result result = new TestInput(folder)
                .file("dos.csv", "\ufeff" + (CLOCK_HEADER + "1,A,CLOCK\n2,A,CLOCK").replace("\n", "\r\n"))
                .read();
        assertThat(result.unreadable()).isEmpty();
        assertThat(TestInput.times(result.inputs())).containsExactly(1L, 2L);
    }

    @Test
    void passesOverEmptyLinesWithoutCountingThem() throws Exception {
        TestInput.Result result = new TestInput(folder)
                .file("gaps.csv", "\n" + CLOCK_HEADER + "\n1,A,CLOCK\n\r\n   \n2,A,CLOCK\n\n")
                .read();
        assertThat(result.counts().rows()).isEqualTo(2);
        assertThat(result.inputs().get(1).header().origin().line()).isEqualTo(7);
    }

    @Test
    void takesAHeaderWithoutRowsAsAnEmptyRun() throws Exception {
        TestInput.Result result =
                new TestInput(folder).file("empty.csv", CLOCK_HEADER.trim()).read();
        assertThat(result.inputs()).isEmpty();
        assertThat(result.counts().rows()).isZero();
        assertThat(result.counts().firstTime()).isNull();
    }

    @Test
    void usesATruncatedFileUpToTheBreak() throws Exception {
        byte[] whole = TestInput.gzip(CLOCK_HEADER + TestInput.clocks(50_000));
        for (int cut : new int[] {whole.length - 1, whole.length - 8, whole.length / 2, whole.length / 3}) {
            TestInput.Result result = new TestInput(folder)
                    .file("cut.csv.gz", Arrays.copyOf(whole, cut))
                    .read();
            int good = result.readable().size();
            assertThat(good).isBetween(1, 50_000);
            assertThat(TestInput.times(result.readable())).endsWith((long) good);
            assertThat(result.codes()).containsExactly("BROKEN_OFF");
            assertThat(result.messages())
                    .containsExactly(
                            "cut.csv.gz:" + (good + 2) + ": the file breaks off here: the compressed data is cut off");
            assertThat(result.inputs().get(good)).isInstanceOf(MarketInput.Unreadable.class);
            assertThat(result.counts().rows()).isEqualTo(good + 1L);
            assertThat(result.brokenOff()).isTrue();
        }
    }

    @Test
    void usesADamagedFileUpToTheDamage() throws Exception {
        byte[] damaged = TestInput.gzip(CLOCK_HEADER + TestInput.clocks(50_000));
        Arrays.fill(damaged, damaged.length / 2, damaged.length / 2 + 64, (byte) 0x55);
        TestInput.Result result =
                new TestInput(folder).file("damaged.csv.gz", damaged).read();
        assertThat(result.readable().size()).isBetween(10_000, 45_000);
        assertThat(result.brokenOff()).isTrue();
        assertThat(result.codes()).endsWith("BROKEN_OFF");
    }

    @Test
    void refusesAWrongChecksumAfterTheData() throws Exception {
        byte[] damaged = TestInput.gzip(CLOCK_HEADER + TestInput.clocks(1_000));
        damaged[damaged.length - 8] ^= 1;
        TestInput.Result result =
                new TestInput(folder).file("sum.csv.gz", damaged).read();
        assertThat(result.readable()).hasSize(1_000);
        assertThat(result.messages())
                .containsExactly(
                        "sum.csv.gz:1002: the file breaks off here: " + "the checksum of the compressed data is wrong");
    }

    @Test
    void goesOnWithOtherFilesWhenOneBreaksOff() throws Exception {
        byte[] whole = TestInput.gzip(CLOCK_HEADER + TestInput.clocks(10));
        TestInput.Result result = new TestInput(folder)
                .file("cut.csv.gz", Arrays.copyOf(whole, whole.length - 4))
                .file("good.csv", CLOCK_HEADER + "20,B,CLOCK\n")
                .read();
        assertThat(result.inputs()).hasSize(12);
        assertThat(result.inputs().get(10)).isInstanceOf(MarketInput.Unreadable.class);
        assertThat(result.inputs().get(11).instrument()).isEqualTo("B");
        assertThat(result.rowsPerFile()).containsExactly(11L, 1L);
    }

    @Test
    void readsSeveralGzipMembersAndPadding() throws Exception {
        byte[] members = TestInput.gzip(CLOCK_HEADER + "1,A,CL", "", "OCK\n2,A,CLOCK\n");
        TestInput.Result result = new TestInput(folder)
                .file("members.csv", Arrays.copyOf(members, members.length + 512))
                .read();
        assertThat(TestInput.times(result.inputs())).containsExactly(1L, 2L);
        assertThat(result.unreadable()).isEmpty();
    }

    @Test
    void doesNotTakeJunkBehindAMemberForTheEnd() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(TestInput.gzip(CLOCK_HEADER + "1,A,CLOCK\n"));
        bytes.write("2,A,CLOCK\n".getBytes(StandardCharsets.UTF_8));
        TestInput.Result result =
                new TestInput(folder).file("junk.csv.gz", bytes.toByteArray()).read();
        assertThat(result.readable()).hasSize(1);
        assertThat(result.messages())
                .containsExactly("junk.csv.gz:3: the file breaks off here: "
                        + "there is something else behind the compressed data");
    }

    @Test
    void breaksOffAtTheSameByteHoweverItIsRead() throws IOException {
        byte[] damaged = TestInput.gzip(CLOCK_HEADER + TestInput.clocks(20_000));
        Arrays.fill(damaged, damaged.length / 2, damaged.length / 2 + 64, (byte) 0x55);
        Path file = Files.write(folder.resolve("damaged.gz"), damaged);
        assertThat(goodBytes(file, 1)).isEqualTo(goodBytes(file, 997)).isEqualTo(goodBytes(file, 1 << 18));
    }

    private static long goodBytes(Path file, int chunk) throws IOException {
        byte[] target = new byte[chunk];
        long good = 0;
        try (FileBytes bytes = new FileBytes(file.toString(), 0)) {
            for (int count = bytes.read(target, 0, chunk); count > 0; count = bytes.read(target, 0, chunk)) {
                good += count;
            }
            throw new AssertionError("the damage was not found");
        } catch (BrokenInputException broken) {
            return good;
        }
    }
}
