package io.crossbook.api.orders;

import com.github.f4b6a3.uuid.UuidCreator;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Ids that we give to what a caller left without one. */
public final class GivenIds {
    private GivenIds() {}

    /**
     * The id of an order or a fill.
     *
     * @param key the idempotency key: with the same one, client and instrument comes the same id. Without one a UUID of version 7 (RFC
     *     9562), whose first bits are the time: what is entered together lies together in an index
     */
    public static String of(@Nullable String clientId, @Nullable String instrument, @Nullable String key) {
        UUID id = key == null
                ? UuidCreator.getTimeOrderedEpoch()
                : UUID.nameUUIDFromBytes((clientId + '\n' + instrument + '\n' + key).getBytes(StandardCharsets.UTF_8));
        return id.toString();
    }
}
