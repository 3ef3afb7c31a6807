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
    void refusesARowThatIsNotBehindTheLastOfItsInstrument() throws IOException {
        try (InstrumentLines lines = new InstrumentLines(new CopiedLines(RunFile.REALIZED, 1), folder, 1_000)) {
            assertThat(lines.add(realized("A", 2))).isTrue();
            assertThat(lines.add(realized("B", 1))).isTrue();
            assertThat(lines.add(realized("A", 2))).isFalse();
            assertThat(lines.add(realized("A", 1))).isFalse();
            assertThat(lines.add(realized("B", 2))).isTrue();
        }
    }

    private static byte[] realized(String instrument, int no) {
        return (instrument + "\t" + no + "\tc\tt1\tt2\tBUY\t1\t2.0\t3.00\t4\t5\t" + no + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }
}
