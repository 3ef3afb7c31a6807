package io.crossbook.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is thrown away and what is not; UpIT refuses it where something runs. */
class FormerStateTest {
    @TempDir
    private Path dataDir;

    @Test
    void removesWhatCommandsLeftAndNothingElse() throws IOException {
        file("kafka/lock");
        file("kafka/data/crossbook.commands-0/0.log");
        file("runs/live/lock");
        file("runs/live/checkpoints/chk-1/_metadata");
        file("requests/live-1.json");
        file("current-runs.json");
        file("runs/mine/notes.txt");
        file("postgres/notes.txt");
        file("orders.csv");

        new FormerState(dataDir).remove();

        assertThat(dataDir.resolve("kafka")).doesNotExist();
        assertThat(dataDir.resolve("runs/live")).doesNotExist();
        assertThat(dataDir.resolve("requests")).doesNotExist();
        assertThat(dataDir.resolve("current-runs.json")).doesNotExist();
        assertThat(dataDir.resolve("runs/mine/notes.txt")).exists();
        assertThat(dataDir.resolve("postgres/notes.txt")).exists();
        assertThat(dataDir.resolve("orders.csv")).exists();
    }

    @Test
    void isContentWithAFolderThatIsNotThere() throws IOException {
        new FormerState(dataDir.resolve("new")).remove();
        assertThat(dataDir.resolve("new")).doesNotExist();
    }

    private void file(String name) throws IOException {
        Path file = dataDir.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
    }
}
