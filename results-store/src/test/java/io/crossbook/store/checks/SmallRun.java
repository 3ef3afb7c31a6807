package io.crossbook.store.checks;

import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import io.crossbook.model.InstrumentKind;
import io.crossbook.model.Instruments;
import io.crossbook.model.Side;
import io.crossbook.store.files.RunFile;
import io.crossbook.store.files.RunHash;
import io.crossbook.store.files.RunManifest;
import io.crossbook.store.files.RunManifest.Input;
import io.crossbook.store.files.RunManifest.InputFile;
import io.crossbook.store.files.RunManifest.InstrumentFigures;
import io.crossbook.store.rows.FillRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A right run, worked out by hand.
 *
 * <p>X: client p trades B100@10, B50@12, S120@11, S50@13, B5@12.5 with q, and is marked at 12.80. Y: an auction at 20, then
 * a sweep of 21 and 22. Z: two external fills of z.
 */
final class SmallRun {
    static final Instruments INSTRUMENTS = new Instruments(List.of(new Instrument(
            "X",
            InstrumentKind.EQUITY,
            "USD",
            Decimal.parse("0.5"),
            Decimal.ONE,
            Decimal.ONE,
            Decimal.ONE,
            Decimal.of(10),
            null,
            null,
            null,
            null,
            null,
            null,
            true,
            null,
            null,
            null)));

    static final List<FillRow> FILLS =
            List.of(fill(1, "e1", Side.BUY, "5", "2", "1"), fill(2, "e2", Side.SELL, "7", "1", "-0.5"));

    private static final String TRADES = """
            X,1,X-1,2,@1,10,100,BUY,q1,p1,p1,q1,p,q
            X,2,X-2,4,@2,12,50,BUY,q2,p2,p2,q2,p,q
            X,3,X-3,6,@3,11,120,SELL,q3,p3,q3,p3,q,p
            X,4,X-4,8,@4,13,50,SELL,q4,p4,q4,p4,q,p
            X,5,X-5,10,@5,12.5,5,BUY,q5,p5,p5,q5,p,q
            Y,1,Y-1,5,@6,20,3,,,,b1,s1,p,q
            Y,2,Y-2,5,@6,20,2,,,,b2,s1,r,q
            Y,3,Y-3,8,@7,21,1,BUY,s2,b3,b3,s2,r,q
            Y,4,Y-4,8,@7,22,1,BUY,s3,b3,b3,s3,r,q
            """;
    private static final String ORDERS = """
            X,q1,1,q,SELL,LIMIT,GTC,10,100,100,0,10,FILLED,,@1,@1
            X,p1,2,p,BUY,MARKET,IOC,,100,100,0,10,FILLED,,@1,@1
            X,q2,3,q,SELL,LIMIT,GTC,12,50,50,0,12,FILLED,,@2,@2
            X,p2,4,p,BUY,MARKET,IOC,,50,50,0,12,FILLED,,@2,@2
            X,q3,5,q,BUY,LIMIT,GTC,11,120,120,0,11,FILLED,,@3,@3
            X,p3,6,p,SELL,MARKET,IOC,,120,120,0,11,FILLED,,@3,@3
            X,q4,7,q,BUY,LIMIT,GTC,13,50,50,0,13,FILLED,,@4,@4
            X,p4,8,p,SELL,MARKET,IOC,,50,50,0,13,FILLED,,@4,@4
            X,q5,9,q,SELL,LIMIT,GTC,12.5,5,5,0,12.5,FILLED,,@5,@5
            X,p5,10,p,BUY,MARKET,IOC,,5,5,0,12.5,FILLED,,@5,@5
            Y,b1,3,p,BUY,LIMIT,GTC,20,3,3,0,20,FILLED,,@6,@6
            Y,s1,2,q,SELL,LIMIT,GTC,20,5,5,0,20,FILLED,,@6,@6
            Y,b2,4,r,BUY,LIMIT,GTC,20,2,2,0,20,FILLED,,@6,@6
            Y,s2,6,q,SELL,LIMIT,GTC,21,1,1,0,21,FILLED,,@6,@7
            Y,s3,7,q,SELL,LIMIT,GTC,22,1,1,0,22,FILLED,,@6,@7
            Y,b3,8,r,BUY,LIMIT,IOC,22,3,2,0,21.5,CANCELLED,IMMEDIATE_REMAINDER,@7,@7
            Y,bad,9,r,BUY,LIMIT,GTC,-1,3,0,0,,REJECTED,INVALID_PRICE,@7,@7
            Y,b4,10,p,BUY,LIMIT,GTC,19,2,0,2,,OPEN,,@8,@8
            Y,s5,11,q,SELL,LIMIT,GTC,23,2,0,2,,OPEN,,@8,@8
            """;
    private static final String REALIZED = """
            X,1,q,X-1,X-3,SELL,100,10,11,-100,@3
            X,2,q,X-2,X-3,SELL,20,12,11,20,@3
            X,3,p,X-1,X-3,BUY,100,10,11,100,@3
            X,4,p,X-2,X-3,BUY,20,12,11,-20,@3
            X,5,q,X-2,X-4,SELL,30,12,13,-30,@4
            X,6,p,X-2,X-4,BUY,30,12,13,30,@4
            X,7,p,X-4,X-5,SELL,5,13,12.5,2.5,@5
            X,8,q,X-4,X-5,BUY,5,13,12.5,-2.5,@5
            Z,1,z,e1,e2,BUY,1,5,7,2,@2
            """;
    private static final String LOTS = """
            p,X,3,X-4,SELL,15,13,@4
            p,Y,1,Y-1,BUY,3,20,@6
            q,X,3,X-4,BUY,15,13,@4
            q,Y,1,Y-1,SELL,3,20,@6
            q,Y,2,Y-2,SELL,2,20,@6
            q,Y,3,Y-3,SELL,1,21,@7
            q,Y,4,Y-4,SELL,1,22,@7
            r,Y,1,Y-2,BUY,2,20,@6
            r,Y,2,Y-3,BUY,1,21,@7
            r,Y,3,Y-4,BUY,1,22,@7
            z,Z,1,e1,BUY,1,5,@1
            """;
    private static final String POSITIONS = """
            p,X,-15,13,112.5,12.8,3,3.6325,111.8675
            p,Y,3,20,0,22,6,0,6
            q,X,15,13,-112.5,12.8,-3,0.36325,-115.86325
            q,Y,-7,20.428571428571,0,22,-11,0,-11
            r,Y,4,20.75,0,22,5,0,5
            z,Z,1,5,2,,,0.5,
            """;
    private static final String BOOK = """
            Y,BUY,1,19,2,0,1
            Y,SELL,1,23,2,0,1
            """;
    private static final String REJECTS = """
            a.csv,7,,,,NOT_A_NUMBER,no number,x
            a.csv,30,Y,9,bad,INVALID_PRICE,the price must be above zero,raw
            """;

    private final Path folder;
    private Map<String, Object> config = Map.of(RunManifest.INSTRUMENTS_KEY, RunManifest.describe(INSTRUMENTS));
    private RunManifest manifest;

    private SmallRun(Path folder) throws IOException {
        this.folder = folder;
        write(RunFile.TRADES, TRADES);
        write(RunFile.ORDERS, ORDERS);
        write(RunFile.REALIZED, REALIZED);
        write(RunFile.LOTS, LOTS);
        write(RunFile.POSITIONS, POSITIONS);
        write(RunFile.BOOK, BOOK);
        write(RunFile.REJECTS, REJECTS);
        manifest = manifest(
                new Input(List.of(new InputFile("a.csv", "00", 1)), 26, 23, 2, 1, 0, null),
                9,
                figures(1, false, false, 0),
                RunHash.of(folder));
        manifest.write(folder);
    }

    static SmallRun in(Path folder) throws IOException {
        Files.createDirectories(folder);
        return new SmallRun(folder);
    }

    private static FillRow fill(long sequence, String tradeId, Side side, String price, String quantity, String fee) {
        return new FillRow(
                "Z",
                sequence,
                1_704_153_600_000_000_000L + sequence,
                tradeId,
                "z",
                side,
                Decimal.parse(price),
                Decimal.parse(quantity),
                Decimal.parse(fee),
                null);
    }

    private void write(RunFile file, String rows) throws IOException {
        String dated = rows.replaceAll("@(\\d)", "2024-01-02T00:00:00.00000000$1Z");
        Files.writeString(folder.resolve(file.fileName()), file.header() + "\n" + dated);
    }

    Path folder() {
        return folder;
    }

    RunManifest manifest() {
        return manifest;
    }

    /** Puts a text in the place of another, which must be there, and lets the summary's hash follow. */
    SmallRun with(RunFile file, String text, String other) throws IOException {
        Path path = folder.resolve(file.fileName());
        String before = Files.readString(path);
        if (!before.contains(text)) {
            throw new IllegalArgumentException(file + " does not hold " + text);
        }
        Files.writeString(path, before.replace(text, other));
        manifest = manifest(manifest.input(), manifest.trades(), manifest.instruments(), RunHash.of(folder));
        manifest.write(folder);
        return this;
    }

    SmallRun withRows(long rows) {
        Input was = manifest.input();
        Input input = new Input(was.files(), rows, was.accepted(), was.rejected(), was.duplicate(), 0, null);
        manifest = manifest(input, manifest.trades(), manifest.instruments(), manifest.hash());
        return this;
    }

    SmallRun withAcceptedInZ(long accepted) {
        manifest =
                manifest(manifest.input(), manifest.trades(), figures(accepted - 1, false, false, 0), manifest.hash());
        return this;
    }

    SmallRun withTrades(long trades) {
        manifest = manifest(manifest.input(), trades, manifest.instruments(), manifest.hash());
        return this;
    }

    SmallRun withFormat(String format) {
        config = new LinkedHashMap<>(config);
        config.put("files", List.of(Map.of("name", "a.csv", "format", format)));
        manifest = manifest(manifest.input(), manifest.trades(), manifest.instruments(), manifest.hash());
        return this;
    }

    SmallRun withHash(String hash) {
        manifest = manifest(manifest.input(), manifest.trades(), manifest.instruments(), hash);
        return this;
    }

    SmallRun withBook(boolean leftInCall, boolean crossed, long queueFaults) {
        manifest = manifest(
                manifest.input(), manifest.trades(), figures(1, leftInCall, crossed, queueFaults), manifest.hash());
        return this;
    }

    private static List<InstrumentFigures> figures(
            long moreInZ, boolean leftInCall, boolean crossed, long queueFaults) {
        return List.of(
                figures("X", 11, 0, 1, 0, false, false, 0),
                figures("Y", 10, 1, 0, 0, leftInCall, crossed, queueFaults),
                figures("Z", 1 + moreInZ, 0, 0, 2, false, false, 0));
    }

    private static InstrumentFigures figures(
            String symbol,
            long accepted,
            long rejected,
            long duplicate,
            long fills,
            boolean leftInCall,
            boolean crossed,
            long queueFaults) {
        return new InstrumentFigures(
                symbol,
                "USD",
                accepted,
                rejected,
                duplicate,
                0,
                fills,
                Decimal.ZERO,
                null,
                Decimal.ZERO,
                Decimal.ZERO,
                leftInCall,
                crossed,
                queueFaults);
    }

    private RunManifest manifest(Input input, long trades, List<InstrumentFigures> figures, String hash) {
        return new RunManifest(
                "small",
                "backtest",
                "1",
                config,
                input,
                trades,
                Map.of("X", Decimal.of(325), "Y", Decimal.of(7)),
                4,
                Map.of("USD", Decimal.of(2)),
                Map.of("USD", Decimal.parse("4.49575")),
                hash,
                Map.of(),
                1.5,
                16,
                1,
                0,
                "2024-01-02T00:00:00.000000001Z",
                "2024-01-02T00:00:00.000000008Z",
                figures);
    }
}
