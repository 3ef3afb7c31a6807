package io.crossbook.pnl;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The two names a trade can have: a number if it was matched here, a text if it was an external fill (then the number
 * is 0). The text of a number is made only where a row needs it.
 */
final class TradeName {
    static final long EXTERNAL = 0;

    private TradeName() {}

    static void write(long tradeNo, @Nullable String fillId, DataOutput out) throws IOException {
        out.writeLong(tradeNo);
        if (tradeNo == EXTERNAL) {
            out.writeUTF(Objects.requireNonNull(fillId));
        }
    }

    /** The text that follows a number already read. */
    static @Nullable String readFillId(long tradeNo, DataInput in) throws IOException {
        return tradeNo == EXTERNAL ? in.readUTF() : null;
    }
}
