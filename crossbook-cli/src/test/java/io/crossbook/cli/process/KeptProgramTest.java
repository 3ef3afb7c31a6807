package io.crossbook.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossbook.cli.console.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Small shell scripts in the place of our programs. */
class KeptProgramTest {
    private static final long PATIENCE_SECONDS = 60;

    private final ByteArrayOutputStream remarks = new ByteArrayOutputStream();
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

    @Test
    void startsAgainWhatEndsUntilItIsClosed() throws Exception {
        long second;
        try (KeptProgram kept = keep("echo ready; echo $$; exec cat >/dev/null")) {
            kept.start();
            long first = Long.parseLong(next());
            ProcessHandle.of(first).orElseThrow().destroyForcibly();
            second = Long.parseLong(next());
            assertThat(second).isNotEqualTo(first);
        }
        assertThat(ProcessHandle.of(second)).isEmpty();
        assertThat(remarks().lines())
                .containsExactly("script: ended with exit code 137; starting it again", "script: it runs again");
    }

    @Test
    void answersWhoAsks() throws Exception {
        try (KeptProgram kept =
                keep("echo ready 8080; echo reset; read answer; echo got $answer; exec cat >/dev/null")) {
            kept.start();
            assertThat(next()).isEqualTo("reset");
            assertThat(next()).isEqualTo("got {}");
        }
    }

    @Test
    void saysThatItEndedBeforeItWasReady() {
        try (KeptProgram kept = keep("echo nearly; exit 3")) {
            assertThatThrownBy(kept::start)
                    .isInstanceOfSatisfying(KeptProgram.NotStarted.class, failed -> assertThat(failed.exitCode())
                            .isEqualTo(3))
                    .hasMessage("ended with exit code 3 before it was ready; look here");
        }
    }

    @Test
    void doesNotHearACtrlC() throws Exception {
        try (KeptProgram kept = keep("echo ready; echo $$; kill -INT $$; echo alive; exec cat >/dev/null")) {
            kept.start();
            next();
            assertThat(next()).isEqualTo("alive");
        }
    }

    private String next() throws InterruptedException {
        String line = said.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(line).as(remarks()).isNotNull();
        return line;
    }

    private String remarks() {
        return remarks.toString(StandardCharsets.UTF_8);
    }

    private KeptProgram keep(String script) {
        PrintStream err = new PrintStream(remarks, true, StandardCharsets.UTF_8);
        return new KeptProgram(new Script(script, said), new Console(err, err, false, false));
    }

    private record Script(String text, BlockingQueue<String> said) implements KeptProgram.Program {
        @Override
        public String name() {
            return "script";
        }

        @Override
        public ProcessBuilder command() {
            return new ProcessBuilder(List.of("/bin/sh", "-c", text));
        }

        @Override
        public String whereToLook() {
            return "look here";
        }

        @Override
        public void said(String line, Consumer<String> answer) {
            said.add(line);
            if (line.equals("reset")) {
                answer.accept("{}");
            }
        }

        @Override
        public int secondsToEnd() {
            return 30;
        }
    }
}
