package io.crossbook.replay;

import io.crossbook.replay.input.ReaderPosition;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The whole input as one split: only one reader can merge the files in one order.
 *
 * @param position where reading goes on, {@code null} for the start
 * @param ended whether the account of the input was given already
 */
record ReplaySplit(@Nullable ReaderPosition position, boolean ended) implements SourceSplit, Serializable {
    static final ReplaySplit START = new ReplaySplit(null, false);

    @Override
    public String splitId() {
        return "input";
    }

    /** Java serialization of a small value that lives as long as its run. */
    static final class Serializer implements SimpleVersionedSerializer<ReplaySplit> {
        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(ReplaySplit split) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(split);
            }
            return bytes.toByteArray();
        }

        @Override
        public ReplaySplit deserialize(int version, byte[] serialized) throws IOException {
            if (version != 1) {
                throw new IOException("a reader position of version " + version + " cannot be read by this release");
            }
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(serialized))) {
                return (ReplaySplit) in.readObject();
            } catch (ClassNotFoundException unknown) {
                throw new IOException("a reader position of another release", unknown);
            }
        }
    }
}
