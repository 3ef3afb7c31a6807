package io.crossbook.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Many clients of the WebSocket who follow the trades of one instrument, and a trader who makes them: whether each client
 * gets each trade once and in order, and how long after the order was sent. Arguments: address, clients, trades a second, seconds.
 */
public final class StreamLoad {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int MOST_SAMPLES = 200_000;

    private final URI address;
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicLong frames = new AtomicLong();
    private final AtomicInteger resyncs = new AtomicInteger();
    private final AtomicInteger samples = new AtomicInteger();
    private final long[] nanos = new long[MOST_SAMPLES];
    private final long[] sentAt;

    private StreamLoad(URI address, int trades) {
        this.address = address;
        this.sentAt = new long[trades + 1];
    }

    public static void main(String[] args) throws Exception {
        int clients = Integer.parseInt(args[1]);
        int perSecond = Integer.parseInt(args[2]);
        int trades = perSecond * Integer.parseInt(args[3]);
        new StreamLoad(URI.create(args[0]), trades).run(clients, perSecond, trades);
        System.exit(0);
    }

    private void run(int clients, int perSecond, int trades) throws Exception {
        List<Follower> followers = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            Follower follower = new Follower();
            WebSocket socket = http.newWebSocketBuilder()
                    .buildAsync(URI.create(address.toString().replace("http", "ws") + "/stream"), follower)
                    .get(30, TimeUnit.SECONDS);
            socket.sendText("{\"type\":\"subscribe\",\"channels\":[\"trades\"],\"instrument\":\"STREAM\"}", true)
                    .get();
            follower.subscribed.get(30, TimeUnit.SECONDS);
            followers.add(follower);
        }
        long began = System.nanoTime();
        for (int trade = 1; trade <= trades; trade++) {
            long due = began + trade * NANOS_PER_SECOND / perSecond;
            LockSupport.parkNanos(due - System.nanoTime());
            enter("SELL");
            sentAt[trade] = System.nanoTime();
            enter("BUY");
        }
        long giveUpAt = System.nanoTime() + 30 * NANOS_PER_SECOND;
        while (frames.get() < (long) clients * trades && System.nanoTime() < giveUpAt) {
            LockSupport.parkNanos(NANOS_PER_SECOND / 100);
        }
        boolean all = followers.stream().allMatch(follower -> follower.inOrder && follower.next == trades + 1);
        long[] sorted = Arrays.stream(nanos, 0, Math.min(MOST_SAMPLES, samples.get()))
                .sorted()
                .toArray();
        System.out.printf(
                Locale.ROOT,
                "| %d | %d | %d | %s | %d | %.1f | %.1f |%n",
                clients,
                trades,
                frames.get(),
                all ? "yes" : "NO",
                resyncs.get(),
                sorted[sorted.length / 2] / 1e6,
                sorted[sorted.length * 99 / 100] / 1e6);
    }

    private void enter(String side) throws IOException, InterruptedException {
        String order = "{\"instrument\":\"STREAM\",\"client_id\":\"trader\",\"side\":\"" + side
                + "\",\"type\":\"LIMIT\",\"price\":\"10\",\"quantity\":\"1\"}";
        HttpResponse<Void> answer = http.send(
                HttpRequest.newBuilder(URI.create(address + "/api/v1/orders"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(order))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException("an order was answered with " + answer.statusCode());
        }
    }

    /** One client; trades of the instrument count from 1. */
    private final class Follower implements WebSocket.Listener {
        private final CompletableFuture<Void> subscribed = new CompletableFuture<>();
        private final StringBuilder text = new StringBuilder();
        private volatile int next = 1;
        private volatile boolean inOrder = true;

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                take(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        private void take(String frame) {
            if (frame.contains("\"subscribed\"")) {
                subscribed.complete(null);
            } else if (frame.contains("\"resync\"")) {
                resyncs.incrementAndGet();
            } else if (frame.contains("\"new_trade\"")) {
                int from = frame.indexOf("\"trade_no\":") + 11;
                int trade = Integer.parseInt(frame.substring(from, frame.indexOf(',', from)));
                inOrder &= trade == next;
                next = trade + 1;
                frames.incrementAndGet();
                int sample = samples.getAndIncrement();
                if (sample < MOST_SAMPLES) {
                    nanos[sample] = System.nanoTime() - sentAt[trade];
                }
            }
        }
    }
}
