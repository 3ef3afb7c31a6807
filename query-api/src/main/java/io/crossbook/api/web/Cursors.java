package io.crossbook.api.web;

import io.crossbook.api.problem.Problem;
import io.crossbook.store.queries.Place;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Places in a list, as text that means nothing to a caller; and how many rows a page has. */
public final class Cursors {
    public static final String MOST_ROWS = "1000";

    private static final int LONGEST = 256;

    private Cursors() {}

    public static @Nullable String write(@Nullable Place place) {
        if (place == null) {
            return null;
        }
        byte[] text = place.text().getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(2 * Long.BYTES + text.length);
        bytes.putLong(place.major()).putLong(place.minor()).put(text);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /**
     * @throws Problem if it is none that was given out
     */
    public static @Nullable Place read(@Nullable String cursor) {
        if (cursor == null || cursor.isEmpty()) {
            return null;
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor.length() > LONGEST ? "!" : cursor));
            if (bytes.remaining() < 2 * Long.BYTES) {
                throw wrong();
            }
            long major = bytes.getLong();
            long minor = bytes.getLong();
            String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            if (text.indexOf('\0') >= 0) {
                throw wrong();
            }
            return new Place(major, text, minor);
        } catch (IllegalArgumentException | CharacterCodingException notOurs) {
            throw wrong();
        }
    }

    private static Problem wrong() {
        return Problem.invalid("cursor", "cursor must be the next_cursor of an earlier answer");
    }

    /**
     * @throws Problem if it is outside 1 to 1000
     */
    public static int limit(int limit) {
        if (limit < 1 || limit > 1000) {
            throw Problem.invalid("limit", "limit must be 1 to 1000, was " + limit);
        }
        return limit;
    }
}
