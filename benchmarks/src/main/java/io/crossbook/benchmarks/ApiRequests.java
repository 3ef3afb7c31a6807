package io.crossbook.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;

/** What {@link ApiLoad} asks for on one connection, from a seed. */
final class ApiRequests {
    private static final int INSTRUMENTS = 20;
    private static final int CLIENTS = 50;

    /** Kinds of requests. */
    enum Kind {
        ORDERS,
        FILLS,
        PNL,
        ORDERBOOK;

        static Kind of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    private final String authority;
    private final Kind kind;
    private final int connection;
    private final SplittableRandom random;
    /** Ids of trades must not come again in a later call. */
    private final long call = System.nanoTime();

    private long asked;

    ApiRequests(String authority, Kind kind, int connection) {
        this.authority = authority;
        this.kind = kind;
        this.connection = connection;
        this.random = new SplittableRandom(connection);
    }

    byte[] next() {
        asked++;
        String instrument = "LOAD" + random.nextInt(INSTRUMENTS);
        String client = "client" + random.nextInt(CLIENTS);
        String text =
                switch (kind) {
                    case ORDERS -> post("/api/v1/orders", order(instrument, client));
                    case FILLS -> post("/api/v1/portfolio/trades", fill(instrument, client));
                    case PNL -> get("/api/v1/portfolio/pnl?client_id=" + client);
                    case ORDERBOOK -> get("/api/v1/market/orderbook?instrument=" + instrument);
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
        return "{\"instrument\":\"" + instrument + "\",\"client_id\":\"" + client + "\",\"trade_id\":\"" + connection
                + '-' + call + '-' + asked + "\",\"side\":\"" + (random.nextBoolean() ? "BUY" : "SELL")
                + "\",\"price\":\"" + (1000 + random.nextInt(20)) + "\",\"quantity\":\"1\"}";
    }

    private String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n";
    }

    private String post(String path, String body) {
        return "POST " + path + " HTTP/1.1\r\nHost: " + authority
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }
}
