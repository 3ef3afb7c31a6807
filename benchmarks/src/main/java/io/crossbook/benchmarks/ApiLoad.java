package io.crossbook.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;

/**
 * Requests to the API from so many connections as fast as they are answered, each connection one request at a time, and how
 * long the answers took. Sockets and bytes by hand: the caller shares the machine with what it measures.
 *
 * <p>Arguments: address, {@code orders}, {@code fills}, {@code pnl} or {@code orderbook}, connections, seconds, seconds of warm-up, and
 * requests per second in all (0: as many as go).
 */
public final class ApiLoad {
    private static final int INSTRUMENTS = 20;
    private static final int CLIENTS = 50;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final URI address;
    private final String kind;
    private final long warmUntil;
    private final long end;
    private final long pauseNanos;
    private final LongAdder failures = new LongAdder();
    private final LongAdder pending = new LongAdder();
    private volatile String firstFailure = "";

    private ApiLoad(URI address, String kind, long seconds, long warmUpSeconds, long pauseNanos) {
        this.address = address;
        this.kind = kind;
        long now = System.nanoTime();
        this.warmUntil = now + warmUpSeconds * NANOS_PER_SECOND;
        this.end = warmUntil + seconds * NANOS_PER_SECOND;
        this.pauseNanos = pauseNanos;
    }

    public static void main(String[] args) throws Exception {
        int connections = Integer.parseInt(args[2]);
        long seconds = Long.parseLong(args[3]);
        long rate = Long.parseLong(args[5]);
        ApiLoad load = new ApiLoad(
                URI.create(args[0]),
                args[1],
                seconds,
                Long.parseLong(args[4]),
                rate == 0 ? 0 : connections * NANOS_PER_SECOND / rate);
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            Worker worker = load.new Worker(i);
            workers.add(worker);
            worker.start();
        }
        for (Worker worker : workers) {
            worker.join();
        }
        load.tell(workers, seconds);
    }

    private void tell(List<Worker> workers, long seconds) {
        long[] all = workers.stream()
                .flatMapToLong(worker -> Arrays.stream(worker.nanos, 0, worker.count))
                .sorted()
                .toArray();
        System.out.printf(
                Locale.ROOT,
                "%s: %d requests, %.0f/s, median %.1f ms, p99 %.1f ms, max %.1f ms, %d failures, %d unknown %s%n",
                kind,
                all.length,
                all.length / (double) seconds,
                at(all, 0.5),
                at(all, 0.99),
                at(all, 1),
                failures.sum(),
                pending.sum(),
                firstFailure);
    }

    private static double at(long[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1, share * sorted.length)] / 1e6;
    }

    /** One connection. */
    private final class Worker extends Thread {
        private final SplittableRandom random;
        private final int number;
        private long[] nanos = new long[1 << 16];
        private int count;
        private long sent;

        private Worker(int number) {
            this.number = number;
            this.random = new SplittableRandom(number);
        }

        @Override
        public void run() {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(address.getHost(), address.getPort()));
                socket.setTcpNoDelay(true);
                ask(socket.getOutputStream(), new BufferedInputStream(socket.getInputStream(), 1 << 14));
            } catch (IOException gone) {
                fail(gone.toString());
            }
        }

        private void ask(OutputStream out, InputStream in) throws IOException {
            long next = System.nanoTime() + (pauseNanos == 0 ? 0 : random.nextLong(pauseNanos));
            while (next < end) {
                waitUntil(next);
                // Measured from when it was due: a slow answer must not hide the ones it delays.
                long due = pauseNanos == 0 ? System.nanoTime() : next;
                out.write(request());
                int status = HttpAnswer.read(in);
                long now = System.nanoTime();
                if (status == 202) {
                    pending.increment();
                } else if (status / 100 != 2) {
                    fail("status " + status);
                }
                if (due >= warmUntil) {
                    add(now - due);
                }
                next = pauseNanos == 0 ? now : next + pauseNanos;
            }
        }

        private void waitUntil(long time) {
            for (long left = time - System.nanoTime(); left > 0; left = time - System.nanoTime()) {
                java.util.concurrent.locks.LockSupport.parkNanos(left);
            }
        }

        private void add(long took) {
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * count);
            }
            nanos[count++] = took;
        }

        private byte[] request() {
            sent++;
            String instrument = "LOAD" + random.nextInt(INSTRUMENTS);
            String client = "client" + random.nextInt(CLIENTS);
            String text =
                    switch (kind) {
                        case "orders" -> post("/api/v1/orders", order(instrument, client));
                        case "fills" -> post("/api/v1/portfolio/trades", fill(instrument, client));
                        case "pnl" -> get("/api/v1/portfolio/pnl?client_id=" + client);
                        case "orderbook" -> get("/api/v1/market/orderbook?instrument=" + instrument);
                        default -> throw new IllegalArgumentException(kind);
                    };
            return text.getBytes(StandardCharsets.UTF_8);
        }

        /** Around a middle, so that about a third trades at once and books stay small. */
        private String order(String instrument, String client) {
            boolean buys = random.nextBoolean();
            int price = 1000 + (buys ? -1 : 1) * (random.nextInt(12) - 3);
            return "{\"instrument\":\"" + instrument + "\",\"client_id\":\"" + client + "\",\"side\":\""
                    + (buys ? "BUY" : "SELL") + "\",\"type\":\"LIMIT\",\"price\":\"" + price + "\",\"quantity\":\""
                    + (1 + random.nextInt(9)) + "\"}";
        }

        private String fill(String instrument, String client) {
            return "{\"instrument\":\"" + instrument + "\",\"client_id\":\"" + client + "\",\"trade_id\":\"" + number
                    + '-'
                    + System.nanoTime() + '-' + sent + "\",\"side\":\"" + (random.nextBoolean() ? "BUY" : "SELL")
                    + "\",\"price\":\"" + (1000 + random.nextInt(20)) + "\",\"quantity\":\"1\"}";
        }

        private String get(String path) {
            return "GET " + path + " HTTP/1.1\r\nHost: " + address.getAuthority() + "\r\n\r\n";
        }

        private String post(String path, String body) {
            return "POST " + path + " HTTP/1.1\r\nHost: " + address.getAuthority()
                    + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        }

        private void fail(String what) {
            failures.increment();
            firstFailure = "(" + what + ")";
        }
    }

    /** Just enough of HTTP to find the end of an answer. */
    private static final class HttpAnswer {
        private static int read(InputStream in) throws IOException {
            String line = line(in);
            int status = Integer.parseInt(line.substring(9, 12));
            long length = -1;
            boolean chunked = false;
            while (!(line = line(in)).isEmpty()) {
                String lower = line.toLowerCase(Locale.ROOT);
                if (lower.startsWith("content-length:")) {
                    length = Long.parseLong(lower.substring(15).strip());
                } else if (lower.startsWith("transfer-encoding:") && lower.contains("chunked")) {
                    chunked = true;
                }
            }
            if (chunked) {
                for (long size = chunk(in); size > 0; size = chunk(in)) {
                    in.skipNBytes(size + 2);
                }
                in.skipNBytes(2);
            } else if (length > 0) {
                in.skipNBytes(length);
            }
            return status;
        }

        private static long chunk(InputStream in) throws IOException {
            return Long.parseLong(line(in), 16);
        }

        private static String line(InputStream in) throws IOException {
            StringBuilder text = new StringBuilder(64);
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0) {
                    throw new IOException("the connection was closed");
                }
                if (next != '\r') {
                    text.append((char) next);
                }
            }
            return text.toString();
        }
    }
}
