package io.crossbook.clearing;

import io.crossbook.store.Columns;
import java.time.Instant;

/** The time, for when a clearing began and was last seen; nothing that is computed knows it. */
final class WallClock {
    private WallClock() {}

    /** Nanoseconds since 1970 UTC. */
    static long nanos() {
        return Columns.nanos(Instant.now());
    }
}
