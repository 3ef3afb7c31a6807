package io.crossbook.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.store.files.CopiedLines;
import io.crossbook.store.files.RunFile;
import io.crossbook.store.files.RunFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstrumentLinesTest {
    @TempDir
    private Path folder;

    @Test
    void groupsWhatDoesNotFitIntoMemoryToo() throws IOException {
        for (int mostBytes : new int[] {1, 1_000, 1 << 20}) {
            List<String> wanted = new ArrayList<>();
            for (String instrument : List.of("A", "AA", "B")) {
                for (int no = 1; no <= 1_000; no++) {
                    wanted.add(instrument + "," + no + ",c,t1,t2,BUY,1,2,3,4,1970-01-01T00:00:00.000000005Z");
                }
            }
            try (RunFiles files = new RunFiles(folder, false);
                    InstrumentLines lines =
                            new InstrumentLines(new CopiedLines(RunFile.REALIZED, 1), folder, mostBytes)) {
                for (int no = 1; no <= 1_000; no++) {
                    for (String instrument : List.of("B", "AA", "A")) {
                        assertThat(lines.add(realized(instrument, no))).isTrue();
                    }
                }
                lines.writeTo(files, RunFile.REALIZED);
                files.commit();
            }
            assertThat(Files.readAllLines(folder.resolve("realized.csv")).stream()
                            .skip(1))
                    .containsExactlyElementsOf(wanted);
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).noneMatch(path -> path.toString().endsWith(".part"));
        }
    }

    @Test
    void putsAFewLateRowsWhereTheyBelong() throws IOException {
        try (RunFiles files = new RunFiles(folder, false);
                InstrumentLines lines = new InstrumentLines(new CopiedLines(RunFile.REALIZED, 1), folder, 500)) {
            for (int no : new int[] {2, 3, 6, 1, 7, 5, 9, 4, 8}) {
                assertThat(lines.add(realized("A", no))).isTrue();
            }
            lines.writeTo(files, RunFile.REALIZED);
            files.commit();
        }
        assertThat(Files.readAllLines(folder.resolve("realized.csv")).stream()
                        .skip(1)
                        .map(line -> line.split(",")[1]))
                .containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9");
    }

    @Test
    void takesBackRowsThatCameMuchTooEarlyThroughTheTemporaryFileToo() throws IOException {
        int rows = 5_000;
        try (RunFiles files = new RunFiles(folder, false);
                InstrumentLines lines = new InstrumentLines(new CopiedLines(RunFile.REALIZED, 1), folder, 20_000)) {
            for (int no = 1; no <= rows; no++) {
                if (no % 100 != 0 || no <= rows / 2) {
                    assertThat(lines.add(realized("A", no))).isTrue();
                }
                if (no % 100 == 0 && no < rows / 2) {
                    // One of the second half lies among the first.
                    assertThat(lines.add(realized("A", rows / 2 + no))).isTrue();
                }
            }
            assertThat(lines.add(realized("A", rows))).isTrue();
            lines.writeTo(files, RunFile.REALIZED);
            files.commit();
        }
        assertThat(Files.readAllLines(folder.resolve("realized.csv")).stream()
                        .skip(1)
                        .map(line -> Integer.valueOf(line.split(",")[1])))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, rows).boxed().toList());
    }

    @Test
    void refusesRowsInNoOrder() throws IOException {
        try (InstrumentLines lines = new InstrumentLines(new CopiedLines(RunFile.REALIZED, 1), folder, 500)) {
            assertThat(lines.add(realized("A", 1_000))).isTrue();
            int added = 0;
            for (int no = 999; no > 0 && lines.add(realized("A", no)); no--) {
                added++;
            }
            assertThat(added).isBetween(5, 30);
        }
    }

    private static byte[] realized(String instrument, int no) {
        return (instrument + "\t" + no + "\tc\tt1\tt2\tBUY\t1\t2.0\t3.00\t4\t5\t" + no + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }
}
