package io.crossbook.api.orders;

import io.crossbook.api.ServeSettings;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long a caller waits for an outcome (RFC 7240, {@code Prefer}). */
public final class Waits {
    private static final Duration USUAL = Duration.ofSeconds(2);
    private static final int LONGEST_SECONDS = 30;
    private static final Pattern WAIT = Pattern.compile("(?:^|[,;])\\s*wait\\s*=\\s*(\\d{1,4})\\s*(?:$|[,;])");

    private Waits() {}

    /** Zero for {@code Prefer: respond-async}: until the command is in Kafka, but not for its outcome. */
    public static Duration of(@Nullable String prefer, ServeSettings.Live live) {
        if (prefer != null) {
            String words = prefer.toLowerCase(Locale.ROOT);
            if (words.contains("respond-async")) {
                return Duration.ZERO;
            }
            Matcher wait = WAIT.matcher(words);
            if (wait.find()) {
                return Duration.ofSeconds(Math.min(LONGEST_SECONDS, Integer.parseInt(wait.group(1))));
            }
        }
        Duration ofDelivery = Duration.ofMillis(live.exactlyOnce() ? 2 * live.checkpointIntervalMillis() : 0);
        return ofDelivery.compareTo(USUAL) > 0 ? ofDelivery : USUAL;
    }
}
