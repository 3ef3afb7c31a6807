package io.crossbook.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurrentRunTest {
    @TempDir
    private Path dataDir;

    @Test
    void countsTheRunsThatCameOneAfterTheOther() throws IOException {
        CurrentRun first = CurrentRun.read(dataDir, "live", "crossbook");
        assertThat(first.runId()).isEqualTo("live");
        assertThat(first.topicPrefix()).isEqualTo("crossbook");
        assertThat(first.instrumentsOf()).isNull();

        CurrentRun second = first.next(name -> false);
        assertThat(second.runId()).isEqualTo("live-2");
        assertThat(second.topicPrefix()).isEqualTo("crossbook-2");
        assertThat(second.instrumentsOf()).isEqualTo("live");
        assertThat(second.next(name -> false).runId()).isEqualTo("live-3");
    }

    @Test
    void passesOverNamesThatARunHasHad() {
        CurrentRun next = new CurrentRun("live", "crossbook", 1, null).next(Set.of("live-2", "live-3")::contains);
        assertThat(next.runId()).isEqualTo("live-4");
        assertThat(next.instrumentsOf()).isEqualTo("live");
    }

    @Test
    void isRememberedForEachNameByItself() throws IOException {
        CurrentRun.read(dataDir, "live", "crossbook").next(name -> false).write(dataDir);
        CurrentRun.read(dataDir, "paper", "paper")
                .next(name -> false)
                .next(name -> false)
                .write(dataDir);
        assertThat(CurrentRun.read(dataDir, "live", "crossbook").runId()).isEqualTo("live-2");
        assertThat(CurrentRun.read(dataDir, "paper", "paper").runId()).isEqualTo("paper-3");
        assertThat(CurrentRun.read(dataDir, "other", "other").runId()).isEqualTo("other");
    }
}
