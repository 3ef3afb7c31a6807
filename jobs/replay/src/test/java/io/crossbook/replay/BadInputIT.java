package io.crossbook.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossbook.replay.input.UsageException;
import io.crossbook.store.files.RunManifest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Broken files through the whole program: each fault is told with its place, and nothing else in the run changes. */
class BadInputIT {
    private static final String HEADER = "timestamp,instrument,action,order_id,client_id,side,type,price,quantity\n";
    private static final List<String> GOOD = List.of(
            "1700000000000000001,X,NEW,s1,ann,SELL,LIMIT,10,5\n",
            "1700000000000000002,X,NEW,s2,bob,SELL,LIMIT,11,5\n",
            "1700000000000000003,X,NEW,b1,cid,BUY,LIMIT,11,7\n",
            "1700000000000000004,X,NEW,b2,dan,BUY,LIMIT,9,4\n",
            "1700000000000000005,X,CANCEL,s2,bob,,,,\n",
            "1700000000000000006,X,NEW,s3,ann,SELL,LIMIT,9,4\n");
    private static final String FILE = "orders.csv";
    /** A bad line stands behind three good ones and the header. */
    private static final int BEFORE = 3;

    private static final String BAD_LINE = "5";
    private static final int HUNDRED_MEGABYTES = 100 << 20;

    @TempDir
    private static Path home;

    private static Runs.Outcome clean;
    private static int runs;

    @BeforeAll
    static void runWithoutFault() throws Exception {
        clean = Runs.run(settings(FILE, bytes(HEADER + String.join("", GOOD)))).isComplete(GOOD.size());
        assertThat(clean.rows("trades.csv")).hasSize(3);
    }

    static Stream<Arguments> unreadableLines() {
        return Stream.of(
                unreadable(
                        "letters for a number", order("x", "ten"), "NOT_A_NUMBER", "price must be a number", "\"ten\""),
                unreadable("NaN", order("x", "NaN"), "NOT_A_NUMBER", "price must be a number", "\"NaN\""),
                unreadable("an exponent", order("x", "1e400"), "NOT_A_NUMBER", "without an exponent", "\"1e400\""),
                unreadable("a thousands separator", order("x", "\"1,000\""), "NOT_A_NUMBER", "price must be", "1,000"),
                unreadable("an open quote", order("\"x", "10"), "OPEN_QUOTE", "order_id has a quote", "does not close"),
                unreadable(
                        "a NUL", order("x\0y", "10"), "CONTROL_CHARACTER", "order_id must have no control", "x\\x00y"),
                unreadable("no UTF-8", order("x\u00fcy", "10"), "BAD_UTF8", "order_id must be UTF-8", "x\\xFCy"),
                unreadable("too few fields", "1,X,NEW", "FIELD_COUNT", "must have 9 fields", "has 3"),
                unreadable("an unknown action", "1,X,BUY,x,a,,,,", "UNKNOWN_WORD", "action must be", "\"BUY\""),
                unreadable("no time", "noon,X,NEW,x,a,,,,", "NOT_A_TIME", "timestamp must be a time", "\"noon\""),
                unreadable("no price", order("x", ""), "MISSING_FIELD", "price is missing", "LIMIT"));
    }

    private static Arguments unreadable(String name, String line, String code, String... said) {
        return Arguments.argumentSet(name, line, code, List.of(said));
    }

    /** An order as Latin-1 text, so that a test can name any byte. */
    private static String order(String orderId, String price) {
        return "1700000000000000003,X,NEW," + orderId + ",eve,BUY,LIMIT," + price + ",1";
    }

    @ParameterizedTest
    @MethodSource("unreadableLines")
    void keepsAnUnreadableLineWithItsPlaceAndBytesAndRunsTheOthersAsIfItWereNotThere(
            String line, String code, List<String> said) throws Exception {
        byte[] bad = line.getBytes(StandardCharsets.ISO_8859_1);
        Runs.Outcome run = Runs.run(settings(FILE, withBad(bad))).isComplete(GOOD.size() + 1L);

        CSVRecord reject = onlyUnreadable(run, code);
        assertThat(reject.get("message"))
                .startsWith(FILE + ":" + BAD_LINE + ": ")
                .contains(said);
        assertThat(reject.get("raw")).isEqualTo(line.replace("\0", "\\x00").replace("\u00fc", "\\xFC"));
        assertSameRun(run);
    }

    @Test
    void makesOneRejectOfALineOf100Megabytes() throws Exception {
        byte[] bad = new byte[HUNDRED_MEGABYTES];
        Arrays.fill(bad, (byte) 'x');
        Runs.Outcome run = Runs.run(settings(FILE, withBad(bad))).isComplete(GOOD.size() + 1L);

        CSVRecord reject = onlyUnreadable(run, "LINE_TOO_LONG");
        assertThat(reject.get("raw")).isEqualTo("x".repeat(1024) + "... (104857600 bytes)");
        assertSameRun(run);
    }

    @ParameterizedTest
    @CsvSource({"-1, 1, INVALID_PRICE", "10, -1, INVALID_QUANTITY", "0, 1, INVALID_PRICE"})
    void refusesANumberThatIsWrongByItsMeaningAndTradesTheOthersTheSame(String price, String quantity, String code)
            throws Exception {
        String bad = "1700000000000000003,X,NEW,x,eve,BUY,LIMIT," + price + "," + quantity;
        Runs.Outcome run = Runs.run(settings(FILE, withBad(bytes(bad)))).isComplete(GOOD.size() + 1L);

        assertThat(run.manifest().input().rejected()).isEqualTo(1);
        CSVRecord reject = run.rows("rejects.csv").get(0);
        assertThat(List.of(reject.get("file"), reject.get("line"), reject.get("instrument"), reject.get("sequence")))
                .containsExactly(FILE, BAD_LINE, "X", Integer.toString(BEFORE + 1));
        assertThat(List.of(reject.get("order_id"), reject.get("code"))).containsExactly("x", code);
        assertThat(reject.get("raw"))
                .startsWith("2023-11-14T22:13:20.000000003Z,X,NEW,x,eve,BUY,LIMIT,GTC," + price + "," + quantity + ",");
        assertThat(tradesWithoutSequence(run)).isEqualTo(tradesWithoutSequence(clean));
        for (String file : List.of("realized.csv", "lots.csv", "positions.csv", "book.csv")) {
            assertThat(run.lines(file)).as(file).isEqualTo(clean.lines(file));
        }
        assertThat(run.rows("orders.csv")).hasSize(clean.rows("orders.csv").size() + 1);
    }

    @Test
    void readsAByteOrderMarkAndCarriageReturnsAsIfTheyWereNotThere() throws Exception {
        String text = "\ufeff" + HEADER + String.join("\r\n", GOOD);
        Runs.Outcome run =
                Runs.run(settings(FILE, bytes(text.replace("\n\r\n", "\r\n")))).isComplete(GOOD.size());
        assertThat(run.manifest().input().rejected()).isZero();
        assertSameRun(run);
    }

    @Test
    void usesAFileWhoseChecksumIsCutOffAndSaysSo() throws Exception {
        byte[] packed = gzip(HEADER + String.join("", GOOD));
        Runs.Outcome run = Runs.run(settings("orders.csv.gz", Arrays.copyOf(packed, packed.length - 8)));

        assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertCounted(run, GOOD.size() + 1L);
        CSVRecord reject = run.rows("rejects.csv").get(0);
        assertThat(reject.get("code")).isEqualTo("BROKEN_OFF");
        assertThat(reject.get("message")).startsWith("orders.csv.gz:8: the file breaks off here: ");
        assertSameRun(run);
    }

    @Test
    void runsWhatStandsBeforeTheBreakOfATruncatedFile() throws Exception {
        StringBuilder text = new StringBuilder(HEADER);
        for (int i = 0; i < 5_000; i++) {
            String side = i % 3 == 0 ? "SELL" : "BUY";
            text.append(1_700_000_000_000_000_000L + i)
                    .append(",X,NEW,o" + i + ",c" + i % 7 + "," + side + ",LIMIT," + (100 + i % 5) + "," + (1 + i % 9)
                            + "\n");
        }
        byte[] packed = gzip(text.toString());
        Runs.Outcome cut = Runs.run(settings("orders.csv.gz", Arrays.copyOf(packed, packed.length / 2)));
        assertThat(cut.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        int good = (int) cut.manifest().input().accepted();
        assertThat(good).isBetween(500, 4_500);
        assertCounted(cut, good + 1L);

        List<String> lines = text.toString().lines().toList().subList(0, good + 1);
        Runs.Outcome whole =
                Runs.run(settings(FILE, bytes(String.join("\n", lines)))).isComplete(good);
        assertThat(cut.manifest().hash()).isEqualTo(whole.manifest().hash());
    }

    @Test
    void bearsAGzipBombInASmallProcess() throws Exception {
        Path bomb = Files.createDirectories(home.resolve("in").resolve("bomb")).resolve("bomb.csv.gz");
        byte[] zeros = new byte[1 << 20];
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(bomb), 1 << 16)) {
            out.write(bytes(HEADER + String.join("", GOOD.subList(0, BEFORE))));
            for (int i = 0; i < 600; i++) {
                out.write(zeros);
            }
            out.write(bytes("\n" + String.join("", GOOD.subList(BEFORE, GOOD.size()))));
        }
        BacktestSettings settings = new Runs(home).of("bomb", bomb);
        Process process = new Runs(home).start(settings, "192m", null);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        Runs.Outcome run = new Runs.Outcome(
                process.exitValue(), Path.of(settings.out()), Files.readString(new Runs(home).errors(settings)));
        run.isComplete(GOOD.size() + 1L);
        assertThat(run.rows("rejects.csv").get(0).get("raw")).endsWith("\\x00... (629145600 bytes)");
        assertSameRun(run);
    }

    @Test
    void takesAHeaderWithoutRowsForAnEmptyRun() throws Exception {
        Runs.Outcome run = Runs.run(settings(FILE, bytes(HEADER))).isComplete(0);
        for (String file : List.of("trades.csv", "orders.csv", "positions.csv", "rejects.csv")) {
            assertThat(run.lines(file)).as(file).hasSize(1);
        }
        assertThat(run.manifest().firstTimestamp()).isNull();
    }

    @Test
    void stopsWhenMoreLinesAreUnreadableThanAllowedAndKeepsWhatRanUntilThen() throws Exception {
        String text = HEADER + "a\n" + String.join("b\n", GOOD.subList(0, 2)) + "c\n"
                + String.join("", GOOD.subList(2, GOOD.size()));
        Runs.Outcome allowed = Runs.run(Runs.with(settings(FILE, bytes(text)), all -> all.put("max_rejects", 3)));
        allowed.isComplete(GOOD.size() + 3L);
        assertSameRun(allowed);

        Runs.Outcome stopped = Runs.run(Runs.with(settings(FILE, bytes(text)), all -> all.put("max_rejects", 2)));
        assertThat(stopped.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertCounted(stopped, 5);
        assertThat(stopped.manifest().input().accepted()).isEqualTo(2);
        assertThat(stopped.rows("orders.csv")).hasSize(2);
        assertThat(stopped.rows("trades.csv")).isEmpty();
    }

    static Stream<Arguments> unusable() {
        return Stream.of(
                Arguments.argumentSet(
                        "an unknown column", "orders.csv", "timestamp,instrument,action,colour\n", "colour"),
                Arguments.argumentSet("a missing column", "orders.csv", "timestamp,action,price\n", "instrument"),
                Arguments.argumentSet("no header", "orders.csv", GOOD.get(0), "header"),
                Arguments.argumentSet("nothing at all", "empty.csv", "", "empty"),
                Arguments.argumentSet("no gzip under that name", "orders.csv.gz", HEADER, "is not gzip"));
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void refusesAnUnusableFileBeforeAnythingRuns(String name, String text, String said) throws Exception {
        BacktestSettings settings = settings(name, bytes(text));
        assertThatThrownBy(() -> Runs.run(settings))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(said);
        assertNothingWasLeft(settings);
    }

    @Test
    void endsWithTheUsageCodeAndNamesEveryFileThatCannotBeUsed() throws Exception {
        Path folder = Files.createDirectories(home.resolve("a-folder"));
        BacktestSettings settings =
                new Runs(home).of("unusable", folder, home.resolve("nowhere.csv"), folder.resolve("none.csv"));
        Process process = new Runs(home).start(settings, "128m", null);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(ExitCode.USAGE);
        assertThat(Files.readAllLines(new Runs(home).errors(settings)))
                .containsExactly(
                        "backtest: a-folder: is a directory; name the files in it",
                        "backtest: nowhere.csv: no such file",
                        "backtest: none.csv: no such file");
        assertNothingWasLeft(settings);
    }

    @Test
    void refusesAFaultyInstrumentsFileBeforeAnythingRuns() throws Exception {
        Path instruments = Files.writeString(
                home.resolve("instruments.csv"), "instrument,kind,currency,tick_size,lot_size\nX,SHARE,USD,0.01,-1\n");
        BacktestSettings settings = Runs.with(
                settings(FILE, bytes(HEADER + String.join("", GOOD))),
                all -> all.put("instruments", instruments.toString()));
        assertThatThrownBy(() -> Runs.run(settings))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("SHARE")
                .hasMessageContaining("lot_size");
        assertNothingWasLeft(settings);
    }

    private static BacktestSettings settings(String fileName, byte[] content) throws IOException {
        String runId = "run-" + ++runs;
        Path folder = Files.createDirectories(home.resolve("in").resolve(runId));
        return new Runs(home).of(runId, Files.write(folder.resolve(fileName), content));
    }

    private static byte[] withBad(byte[] line) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.writeBytes(bytes(HEADER + String.join("", GOOD.subList(0, BEFORE))));
        text.writeBytes(line);
        text.writeBytes(bytes("\n" + String.join("", GOOD.subList(BEFORE, GOOD.size()))));
        return text.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes(text));
        }
        return packed.toByteArray();
    }

    private static CSVRecord onlyUnreadable(Runs.Outcome run, String code) throws IOException {
        assertThat(run.manifest().input().rejected()).isEqualTo(1);
        List<CSVRecord> rejects = run.rows("rejects.csv");
        assertThat(rejects).hasSize(1);
        CSVRecord reject = rejects.get(0);
        assertThat(reject.get("code")).isEqualTo(code);
        assertThat(List.of(reject.get("file"), reject.get("line"))).containsExactly(FILE, BAD_LINE);
        assertThat(List.of(reject.get("instrument"), reject.get("sequence"), reject.get("order_id")))
                .containsOnly("");
        return reject;
    }

    private static void assertCounted(Runs.Outcome run, long rows) throws IOException {
        RunManifest.Input input = run.manifest().input();
        assertThat(input.rows()).isEqualTo(rows);
        assertThat(input.accepted() + input.rejected() + input.duplicate()).isEqualTo(rows);
        assertThat(run.rows("rejects.csv")).hasSize((int) input.rejected());
    }

    /** Trades, orders, realized P&amp;L, lots and positions byte for byte, and the book. */
    private static void assertSameRun(Runs.Outcome run) throws IOException {
        assertThat(run.manifest().hash()).isEqualTo(clean.manifest().hash());
        assertThat(run.lines("book.csv")).isEqualTo(clean.lines("book.csv"));
    }

    private static List<List<String>> tradesWithoutSequence(Runs.Outcome run) throws IOException {
        List<List<String>> trades = new ArrayList<>();
        for (CSVRecord trade : run.rows("trades.csv")) {
            List<String> fields = new ArrayList<>(trade.toList());
            fields.remove(3);
            trades.add(fields);
        }
        return trades;
    }

    private static void assertNothingWasLeft(BacktestSettings settings) {
        assertThat(Path.of(settings.out())).doesNotExist();
        assertThat(Path.of(settings.dataDir(), "runs", settings.runId())).doesNotExist();
    }
}
