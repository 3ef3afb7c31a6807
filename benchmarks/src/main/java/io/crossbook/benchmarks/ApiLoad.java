package io.crossbook.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Requests to the API over so many connections, each one request at a time, as fast as they are answered or at a rate, and how
 * long the answers took. One thread that waits for all connections, as the usual load generators have it, and bytes by hand: the caller shares the machine
 * with what it measures.
 *
 * <p>Arguments: address, {@code orders}, {@code fills}, {@code pnl} or {@code orderbook}, connections, seconds, seconds of warm-up, and
 * requests per second in all (0: as many as go).
 */
public final class ApiLoad {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final String kind;
    private final long seconds;
    private final long warmUntil;
    private final long end;
    /** Between two requests of a connection; 0: the next follows the answer. */
    private final long pauseNanos;

    private final Selector selector = Selector.open();
    private final List<ApiConnection> connections = new ArrayList<>();
    private long[] nanos = new long[1 << 20];
    private int count;
    private int failures;
    private int pending;
    private String firstFailure = "";

    private ApiLoad(URI address, String kind, int connections, long seconds, long warmUpSeconds, long rate)
            throws IOException {
        this.kind = kind;
        this.seconds = seconds;
        this.pauseNanos = rate == 0 ? 0 : connections * NANOS_PER_SECOND / rate;
        InetSocketAddress socket = new InetSocketAddress(address.getHost(), address.getPort());
        long now = System.nanoTime();
        SplittableRandom random = new SplittableRandom(0);
        for (int i = 0; i < connections; i++) {
            this.connections.add(new ApiConnection(
                    socket,
                    new ApiRequests(address.getAuthority(), ApiRequests.Kind.of(kind), i),
                    selector,
                    now + (pauseNanos == 0 ? 0 : random.nextLong(pauseNanos))));
        }
        this.warmUntil = now + warmUpSeconds * NANOS_PER_SECOND;
        this.end = warmUntil + seconds * NANOS_PER_SECOND;
    }

    public static void main(String[] args) throws Exception {
        ApiLoad load = new ApiLoad(
                URI.create(args[0]),
                args[1],
                Integer.parseInt(args[2]),
                Long.parseLong(args[3]),
                Long.parseLong(args[4]),
                Long.parseLong(args[5]));
        load.run();
        load.tell();
    }

    private void run() throws IOException {
        for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
            long next = end;
            for (ApiConnection connection : connections) {
                if (!connection.waiting()) {
                    if (connection.due() <= now) {
                        connection.ask();
                    } else {
                        next = Math.min(next, connection.due());
                    }
                }
            }
            // Rounded up: a selector that waits for nothing would take a core.
            long milliseconds = TimeUnit.NANOSECONDS.toMillis(next - System.nanoTime()) + 1;
            selector.select(this::answered, Math.max(1, milliseconds));
        }
    }

    private void answered(SelectionKey key) {
        ApiConnection connection = (ApiConnection) key.attachment();
        try {
            int status = connection.read();
            if (status < 0) {
                return;
            }
            took(connection, status);
            if (pauseNanos == 0) {
                connection.next(System.nanoTime());
                connection.ask();
            } else {
                connection.next(connection.due() + pauseNanos);
            }
        } catch (IOException gone) {
            key.cancel();
            fail(gone.toString());
        }
    }

    /** Measured from when a request was due: a slow answer must not hide the ones it delays. */
    private void took(ApiConnection connection, int status) {
        if (status == 202) {
            pending++;
        } else if (status / 100 != 2) {
            fail("status " + status);
        }
        if (connection.due() >= warmUntil) {
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * count);
            }
            nanos[count++] = System.nanoTime() - connection.due();
        }
    }

    private void fail(String what) {
        failures++;
        firstFailure = "(" + what + ")";
    }

    private void tell() {
        long[] all = Arrays.copyOf(nanos, count);
        Arrays.sort(all);
        System.out.printf(
                Locale.ROOT,
                "%s: %d requests, %.0f/s, median %.1f ms, p99 %.1f ms, max %.1f ms, %d failures, %d unknown %s%n",
                kind,
                all.length,
                all.length / (double) seconds,
                at(all, 0.5),
                at(all, 0.99),
                at(all, 1),
                failures,
                pending,
                firstFailure);
    }

    private static double at(long[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1, share * sorted.length)] / 1e6;
    }
}
