package io.crossbook.cli.process;

import io.crossbook.cli.console.Console;
import io.crossbook.cli.console.UsageException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Ports to listen on: the one that is wished for, or the next free one. */
public final class Ports {
    public static final String LOOPBACK = "127.0.0.1";

    private static final int TRIED = 100;
    private static final int ATTEMPTS = 5;
    private static final int LARGEST = 65_535;

    private Ports() {}

    /** Refuses what is no port. */
    public static void check(String option, int port) {
        if (port < 1 || port > LARGEST) {
            throw new UsageException(option + ": expected 1 to " + LARGEST + ", was " + port);
        }
    }

    /** Starts a program on ports that were free a moment ago. */
    public interface Start<T> {
        T on(List<Integer> ports) throws IOException;
    }

    /**
     * Starts a program on the wished port, or on the next free one, which is then said. If somebody else takes it before the
     * program does, it is started on another one.
     *
     * @param name of who listens, for the remark
     * @param count how many ports it needs: the next free ones after the first
     * @throws KeptProgram.NotStarted if it does not start though its ports are free
     * @throws IOException if no port is free, or the host is none of this machine's addresses
     */
    public static <T> T startOnFree(
            String name, InetAddress host, int wished, int count, Console console, Start<T> start) throws IOException {
        for (int attempt = 1; ; attempt++) {
            List<Integer> ports = free(host, wished, count);
            if (ports.get(0) != wished) {
                console.say(name + ": port " + wished + " is taken, so it is " + ports.get(0));
            }
            try {
                return start.on(ports);
            } catch (KeptProgram.NotStarted failed) {
                boolean lost = false;
                for (int port : ports) {
                    lost |= free(host, port) != port;
                }
                if (!lost || attempt == ATTEMPTS) {
                    throw failed;
                }
            }
        }
    }

    private static List<Integer> free(InetAddress host, int wished, int count) throws IOException {
        List<Integer> ports = new ArrayList<>();
        for (int next = wished; ports.size() < count; next = ports.get(ports.size() - 1) + 1) {
            ports.add(free(host, next));
        }
        return ports;
    }

    private static int free(InetAddress host, int wished) throws IOException {
        IOException refusal = new IOException("none was tried");
        for (int port = wished; port < wished + TRIED && port <= LARGEST; port++) {
            try (ServerSocket probe = new ServerSocket()) {
                // As the programs do: connections of one that ended a moment ago do not keep the port.
                probe.setReuseAddress(true);
                probe.bind(new InetSocketAddress(host, port));
                return port;
            } catch (IOException taken) {
                refusal = taken;
            }
        }
        throw new IOException(
                "no port from " + wished + " on is free at " + host.getHostAddress() + ": " + refusal.getMessage(),
                refusal);
    }

    public static InetAddress loopback() {
        try {
            return InetAddress.getByName(LOOPBACK);
        } catch (IOException impossible) {
            throw new IllegalStateException("an address in digits is never looked up", impossible);
        }
    }
}
