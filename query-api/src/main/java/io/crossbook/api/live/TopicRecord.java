package io.crossbook.api.live;

import java.nio.charset.StandardCharsets;

/**
 * A record of the run's topics, for those who follow it.
 *
 * @param eventNo its number within its command and topic
 * @param json the record as it is in the topic
 */
public record TopicRecord(
        Channel channel, String instrument, long sequence, int eventNo, boolean snapshot, byte[] json) {
    /** What one can follow. */
    public enum Channel {
        TRADES,
        ORDERS,
        ORDERBOOK,
        PNL
    }

    public String text() {
        return new String(json, StandardCharsets.UTF_8);
    }
}
