package io.crossbook.api.web;

import io.crossbook.model.Decimal;
import io.crossbook.model.Timestamps;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Values as answers and addresses show them: decimals plain, times RFC 3339 in UTC with nanoseconds. */
public final class Texts {
    private Texts() {}

    public static @Nullable String of(@Nullable Decimal value) {
        return value == null ? null : value.toString();
    }

    public static @Nullable String of(@Nullable Instant time) {
        return time == null ? null : Timestamps.format(nanos(time));
    }

    /** As a part of an address. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Nanoseconds since 1970 UTC. */
    public static long nanos(Instant time) {
        return time.getEpochSecond() * Timestamps.NANOS_PER_SECOND + time.getNano();
    }
}
