package io.crossbook.api.live;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/**
 * A record of the topic {@code book}: levels that changed, or all of them.
 *
 * @param checksum CRC-32 of {@code side:price:quantity;} over the best ten bids, then the best ten asks
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record BookRecord(String instrument, long sequence, int eventNo, boolean snapshot, List<Level> levels, long checksum) {
    /** @param quantity the displayed one; 0: the level is gone */
    record Level(String side, String price, String quantity, int orders) {}
}
