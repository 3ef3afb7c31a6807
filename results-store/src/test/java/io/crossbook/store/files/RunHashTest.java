package io.crossbook.store.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RunHashTest {
    @TempDir
    Path folder;

    @Test
    void theHashOfARunWithoutRowsIsThatOfItsHeaders() throws IOException {
        try (RunFiles files = new RunFiles(folder, false)) {
            files.commit();
        }
        assertThat(RunHash.of(folder)).isEqualTo("d93120d6e5cb342a221fa86fe962b259ecbeb956b0d1f8002b5f6605f995cac3");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theHashIsWhatSha256sumPrintsForTheConcatenation() throws IOException, InterruptedException {
        try (RunFiles files = new RunFiles(folder, true)) {
            for (int no = 1; no < 2_000; no++) {
                files.append(Rows.trade("CL", no));
            }
            files.append(Rows.order("CL", "o,1"));
            files.append(Rows.realized("CL", 1));
            files.append(Rows.lot("c", "CL", 1));
            files.append(Rows.position("c", "CL"));
            files.append(Rows.execution("CL", 1, 1));
            files.commit();
        }
        Process process = new ProcessBuilder(
                        "sh", "-c", "cat trades.csv orders.csv realized.csv lots.csv positions.csv | sha256sum")
                .directory(folder.toFile())
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(RunHash.of(folder) + "  -\n").isEqualTo(printed);
        Files.writeString(folder.resolve("book.csv"), "beside the hash");
        assertThat(printed).startsWith(RunHash.of(folder));
    }
}
