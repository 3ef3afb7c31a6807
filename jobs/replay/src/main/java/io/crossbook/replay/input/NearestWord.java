package io.crossbook.replay.input;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The column somebody probably meant. */
final class NearestWord {
    private static final int MOST_EDITS = 2;

    /** What others call our columns. */
    private static final Map<String, String> OTHER_NAMES = Map.ofEntries(
            Map.entry("time", "timestamp"),
            Map.entry("ts", "timestamp"),
            Map.entry("datetime", "timestamp"),
            Map.entry("date", "timestamp"),
            Map.entry("transact_time", "timestamp"),
            Map.entry("symbol", "instrument"),
            Map.entry("ticker", "instrument"),
            Map.entry("product", "instrument"),
            Map.entry("id", "order_id"),
            Map.entry("clordid", "order_id"),
            Map.entry("account", "client_id"),
            Map.entry("client", "client_id"),
            Map.entry("trader", "client_id"),
            Map.entry("user_id", "client_id"),
            Map.entry("direction", "side"),
            Map.entry("buy_sell", "side"),
            Map.entry("order_type", "type"),
            Map.entry("ord_type", "type"),
            Map.entry("time_in_force", "tif"),
            Map.entry("px", "price"),
            Map.entry("limit_price", "price"),
            Map.entry("limit", "price"),
            Map.entry("qty", "quantity"),
            Map.entry("size", "quantity"),
            Map.entry("amount", "quantity"),
            Map.entry("volume", "quantity"),
            Map.entry("stop_px", "stop_price"),
            Map.entry("trigger_price", "stop_price"),
            Map.entry("display_qty", "display_quantity"),
            Map.entry("event", "action"),
            Map.entry("event_type", "action"),
            Map.entry("exec_id", "trade_id"),
            Map.entry("fees", "fee"),
            Map.entry("commission", "fee"),
            Map.entry("tick", "tick_size"),
            Map.entry("lot", "lot_size"),
            Map.entry("ccy", "currency"));

    private NearestWord() {}

    static Optional<String> of(String word, Collection<String> known) {
        String plain = word.toLowerCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
        String sameLetters = plain.replace("_", "");
        String meant = OTHER_NAMES.getOrDefault(plain, plain);
        String nearest = null;
        int fewest = MOST_EDITS + 1;
        for (String candidate : known) {
            boolean same = candidate.equals(meant) || candidate.replace("_", "").equals(sameLetters);
            int edits = same ? 0 : edits(plain, candidate);
            // A short word is near to everything.
            if (edits < fewest && edits * 2 < candidate.length()) {
                fewest = edits;
                nearest = candidate;
            }
        }
        return Optional.ofNullable(nearest);
    }

    /** Levenshtein's distance. */
    private static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
