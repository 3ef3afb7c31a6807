package io.crossbook.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossbook.cli.console.Console;
import io.crossbook.cli.console.UsageException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortsTest {
    private final ByteArrayOutputStream remarks = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(remarks, true, StandardCharsets.UTF_8);
    private final Console console = new Console(err, err, false, false);

    @Test
    void takesTheNextPortsWhereOneIsTakenAndSaysSo() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, Ports.loopback())) {
            int wished = taken.getLocalPort();
            List<Integer> ports = Ports.startOnFree("broker", Ports.loopback(), wished, 2, console, found -> found);
            assertThat(ports).hasSize(2).isSorted().doesNotHaveDuplicates().doesNotContain(wished);
            assertThat(remarks.toString(StandardCharsets.UTF_8))
                    .isEqualTo(
                            "broker: port " + wished + " is taken, so it is " + ports.get(0) + System.lineSeparator());
        }
    }

    @Test
    void startsOnAnotherPortWhatLostItsPortToSomebodyElse() throws Exception {
        List<ServerSocket> quicker = new ArrayList<>();
        int wished = 20_000;
        List<Integer> ports = Ports.startOnFree("api", Ports.loopback(), wished, 1, console, found -> {
            if (quicker.isEmpty()) {
                quicker.add(new ServerSocket(found.get(0), 1, Ports.loopback()));
                throw new KeptProgram.NotStarted("api", 1, "ended");
            }
            return found;
        });
        try (ServerSocket taken = quicker.get(0)) {
            assertThat(ports.get(0)).isGreaterThan(taken.getLocalPort());
        }
    }

    @Test
    void triesOnlyOnceWhatDoesNotStartThoughItsPortIsFree() {
        List<Integer> tried = new ArrayList<>();
        assertThatThrownBy(() -> Ports.startOnFree("api", Ports.loopback(), 20_000, 1, console, found -> {
                    tried.addAll(found);
                    throw new KeptProgram.NotStarted("api", 1, "ended");
                }))
                .isInstanceOf(KeptProgram.NotStarted.class);
        assertThat(tried).hasSize(1);
    }

    @Test
    void refusesWhatIsNoPort() {
        assertThatThrownBy(() -> Ports.check("--api-port", 65_536))
                .isInstanceOf(UsageException.class)
                .hasMessage("--api-port: expected 1 to 65535, was 65536");
    }
}
