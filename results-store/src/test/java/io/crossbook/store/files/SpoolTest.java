package io.crossbook.store.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.crossbook.model.Side;
import io.crossbook.store.rows.LotRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    /** In UTF-16 the surrogates of 😀 come before U+FFFD, in UTF-8 its bytes come after. */
    private static final List<String> IN_BYTE_ORDER = List.of("A", "AB", "a,b", "é", "\uFFFD", "😀");

    @TempDir
    Path folder;

    private Path spools() {
        return folder.resolve("spool");
    }

    private Path merged(int subtasks) throws IOException {
        Path out = folder.resolve("out");
        List<Path> paths = new ArrayList<>();
        for (int subtask = 0; subtask < subtasks; subtask++) {
            paths.add(Spool.path(spools(), subtask));
        }
        String hash = SpoolMerger.merge(paths, out, folder.resolve("internal"), true);
        assertThat(hash).isEqualTo(RunHash.of(out));
        return out;
    }

    @Test
    void interleavedInstrumentsComeOutSortedByTheirUtf8Bytes() throws IOException {
        try (Spool even = Spool.open(spools(), 0, null, 600);
                Spool odd = Spool.open(spools(), 1, null, 600)) {
            for (int no = 1; no <= 50; no++) {
                for (int i = IN_BYTE_ORDER.size() - 1; i >= 0; i--) {
                    Spool spool = i % 2 == 0 ? even : odd;
                    String instrument = IN_BYTE_ORDER.get(i);
                    spool.append(Rows.trade(instrument, no));
                    spool.append(Rows.order(instrument, "o" + no));
                    spool.append(Rows.realized(instrument, no));
                    spool.append(Rows.execution(instrument, no, 1));
                }
            }
            for (String instrument : IN_BYTE_ORDER) {
                even.append(Rows.level(instrument, Side.BUY, 1, "9"));
                odd.append(Rows.position("client", instrument));
                even.append(Rows.lot("client", instrument, 1));
            }
        }
        Path out = merged(2);
        Path expected = folder.resolve("expected");
        try (RunFiles files = new RunFiles(expected, true)) {
            for (String instrument : IN_BYTE_ORDER) {
                for (int no = 1; no <= 50; no++) {
                    files.append(Rows.trade(instrument, no));
                    files.append(Rows.order(instrument, "o" + no));
                    files.append(Rows.realized(instrument, no));
                    files.append(Rows.execution(instrument, no, 1));
                }
                files.append(Rows.level(instrument, Side.BUY, 1, "9"));
                files.append(Rows.position("client", instrument));
                files.append(Rows.lot("client", instrument, 1));
            }
            files.commit();
        }
        assertSameFiles(out, expected);
    }

    private static void assertSameFiles(Path one, Path other) throws IOException {
        for (RunFile file : RunFile.ofFolder(true)) {
            assertThat(one.resolve(file.fileName()))
                    .as(file.fileName())
                    .hasSameBinaryContentAs(other.resolve(file.fileName()));
        }
        try (Stream<Path> left = Files.list(one)) {
            assertThat(left).hasSize(RunFile.ofFolder(true).size());
        }
    }

    @Test
    void lotsAndPositionsAreSortedByClientThenInstrumentThenNumber() throws IOException {
        try (Spool spool = Spool.open(spools(), 0, null)) {
            spool.append(Rows.lot("b", "X", 10));
            spool.append(Rows.lot("b", "X", 9));
            spool.append(Rows.lot("b", "A", 1));
            spool.append(Rows.lot("ab", "Z", 1));
            spool.append(Rows.lot("a", "Z", 2));
            spool.append(Rows.position("b", "A"));
            spool.append(Rows.position("a", "Z"));
        }
        Path out = merged(1);
        assertThat(firstFields(out, RunFile.LOTS, 3)).containsExactly("a,Z,2", "ab,Z,1", "b,A,1", "b,X,9", "b,X,10");
        assertThat(firstFields(out, RunFile.POSITIONS, 2)).containsExactly("a,Z", "b,A");
    }

    @Test
    void rejectsAreUnreadableLinesInTheOrderOfTheNamedFilesThenRefusedCommands() throws IOException {
        try (Spool one = Spool.open(spools(), 0, null);
                Spool other = Spool.open(spools(), 1, null)) {
            one.append(Rows.refused("B", 2));
            one.append(Rows.unreadable(1, "a.csv", 2, "x"));
            other.append(Rows.refused("A", 10));
            other.append(Rows.refused("A", 9));
            one.append(Rows.unreadable(0, "b.csv", 10, "x"));
            one.append(Rows.unreadable(0, "b.csv", 9, "x"));
        }
        assertThat(firstFields(merged(2), RunFile.REJECTS, 4))
                .containsExactly("b.csv,9,,", "b.csv,10,,", "a.csv,2,,", "z.csv,9,A,9", "z.csv,9,A,10", "z.csv,9,B,2");
    }

    @Test
    void intervalSnapshotsGoIntoAFolderOfTheirOwnByInstrumentTimeAndClient() throws IOException {
        try (Spool spool = Spool.open(spools(), 0, null)) {
            spool.append(Rows.snapshot("a", "X", 60));
            spool.append(Rows.snapshot("b", "X", 60));
            spool.append(Rows.snapshot("a", "B", 60));
            spool.append(Rows.snapshot("a", "B", 120));
        }
        Path out = merged(1);
        assertThat(firstFields(folder.resolve("internal"), RunFile.PNL_SNAPSHOTS, 3))
                .containsExactly(
                        "a,B,1970-01-01T00:00:00.000000060Z",
                        "a,B,1970-01-01T00:00:00.000000120Z",
                        "a,X,1970-01-01T00:00:00.000000060Z",
                        "b,X,1970-01-01T00:00:00.000000060Z");
        assertThat(out.resolve("pnl_snapshots.csv")).doesNotExist();
    }

    private static List<String> firstFields(Path folder, RunFile file, int count) throws IOException {
        return Files.readAllLines(folder.resolve(file.fileName())).stream()
                .skip(1)
                .map(line -> String.join(",", List.of(line.split(",", -1)).subList(0, count)))
                .toList();
    }

    @Test
    void aSpoolOpenedAtItsCheckpointGoesOnAsIfNothingHadHappened() throws IOException {
        long seed = 7;
        for (int round = 0; round < 20; round++) {
            Random random = new Random(seed + round);
            Path crashed = folder.resolve("crashed-" + round);
            Path unbroken = folder.resolve("unbroken-" + round);
            try (Spool spool = Spool.open(unbroken, 0, null)) {
                append(spool, 0, 900);
            }
            runWithCrashes(crashed, random);
            Path one = folder.resolve("one-" + round);
            Path other = folder.resolve("other-" + round);
            SpoolMerger.merge(List.of(Spool.path(crashed, 0)), one, folder.resolve("internal"), true);
            SpoolMerger.merge(List.of(Spool.path(unbroken, 0)), other, folder.resolve("internal"), true);
            for (RunFile file : RunFile.ofFolder(true)) {
                assertThat(one.resolve(file.fileName()))
                        .as("seed %d, %s", seed + round, file)
                        .hasSameBinaryContentAs(other.resolve(file.fileName()));
            }
        }
    }

    private static void runWithCrashes(Path folder, Random random) throws IOException {
        SpoolPosition checkpoint = null;
        int covered = 0;
        while (covered < 900) {
            int until = Math.min(900, covered + 1 + random.nextInt(300));
            try (Spool spool = Spool.open(folder, 0, checkpoint, 2_000 + random.nextInt(20_000))) {
                append(spool, covered, until);
                checkpoint = spool.checkpoint();
                covered = until;
                // What a crash leaves behind the checkpoint: some of it in the file.
                append(spool, until, until + random.nextInt(200));
            }
        }
        Spool.open(folder, 0, checkpoint).close();
    }

    private static void append(Spool spool, int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            String instrument = IN_BYTE_ORDER.get(i % IN_BYTE_ORDER.size());
            spool.append(Rows.trade(instrument, i));
            if (i % 3 == 0) {
                spool.append(Rows.order(instrument, "o" + i));
                spool.append(Rows.lot("c" + i % 7, instrument, i));
            }
        }
    }

    @Test
    void aSpoolWithoutACheckpointBeginsAnew() throws IOException {
        try (Spool spool = Spool.open(spools(), 0, null)) {
            spool.append(Rows.trade("CL", 1));
            spool.checkpoint();
        }
        Spool.open(spools(), 0, null).close();
        assertThat(Files.readAllLines(merged(1).resolve("trades.csv"))).hasSize(1);
    }

    @Test
    void aSpoolShorterThanItsCheckpointIsRefused() throws IOException {
        Spool.open(spools(), 0, null).close();
        assertThatIOException()
                .isThrownBy(() -> Spool.open(spools(), 0, new SpoolPosition(1_000)))
                .withMessageContaining("its checkpoint covers 1000");
    }

    @Test
    void aDamagedSpoolIsRefusedAndNoFileAppears() throws IOException {
        try (Spool spool = Spool.open(spools(), 0, null)) {
            spool.append(Rows.trade("CL", 1));
        }
        Path path = Spool.path(spools(), 0);
        byte[] bytes = Files.readAllBytes(path);
        Files.write(path, java.util.Arrays.copyOf(bytes, bytes.length - 3));
        assertThatIOException().isThrownBy(() -> merged(1)).withMessageContaining("is damaged");
        Files.writeString(path, "instrument,trade_no");
        assertThatIOException().isThrownBy(() -> merged(1)).withMessageContaining("no spool of this version");
        assertThat(folder.resolve("out").resolve("trades.csv")).doesNotExist();
    }

    @Test
    void moreRowsThanFitInMemoryAreSortedThroughFiles() throws IOException {
        Random random = new Random(3);
        List<LotRow> lots = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            lots.add(Rows.lot("c" + random.nextInt(40), "X", i));
        }
        Path target = folder.resolve("sorted");
        try (ExternalSort sort = new ExternalSort(folder.resolve("runs"), 20_000);
                var channel = java.nio.channels.FileChannel.open(
                        target, java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.WRITE)) {
            for (LotRow lot : lots) {
                sort.add(SortKey.of(lot), (lot.clientId() + "," + lot.lotNo() + "\n").getBytes());
            }
            assertThat(folder.resolve("runs")).exists();
            sort.writeTo(channel);
        }
        lots.sort(Comparator.comparing(LotRow::clientId).thenComparing(LotRow::lotNo));
        assertThat(Files.readAllLines(target))
                .isEqualTo(lots.stream()
                        .map(lot -> lot.clientId() + "," + lot.lotNo())
                        .toList());
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    @Test
    void memoryStaysBoundedHoweverManyInstrumentsThereAre() throws IOException {
        try (Spool spool = Spool.open(spools(), 0, null, 100_000)) {
            for (int i = 0; i < 5_000; i++) {
                spool.append(Rows.trade("instrument-" + i % 2_500, i / 2_500 + 1));
                assertThat(spool.heldBytes()).isLessThan(110_000);
            }
        }
        assertThat(Files.readAllLines(merged(1).resolve("trades.csv"))).hasSize(5_001);
    }
}
