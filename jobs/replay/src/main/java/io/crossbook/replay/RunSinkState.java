package io.crossbook.replay;

import io.crossbook.store.Covered;
import io.crossbook.store.files.SpoolPosition;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * What a checkpoint keeps of one sink subtask.
 *
 * @param spool how much of the spool it covers
 * @param covered the rows it covers
 * @param summaries what is known of the whole run so far
 */
record RunSinkState(SpoolPosition spool, Covered covered, Summaries summaries) {

    /** A version is Flink's to keep; the rest is as small as it looks. */
    static final class Serializer implements SimpleVersionedSerializer<RunSinkState> {
        @Override
        public int getVersion() {
            return 2;
        }

        @Override
        public byte[] serialize(RunSinkState state) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeLong(state.spool.length());
            out.writeInt(state.covered.sequences().size());
            for (Map.Entry<String, Long> sequence : state.covered.sequences().entrySet()) {
                out.writeUTF(sequence.getKey());
                out.writeLong(sequence.getValue());
            }
            out.writeInt(state.covered.lines().size());
            for (Map.Entry<Integer, Long> line : state.covered.lines().entrySet()) {
                out.writeInt(line.getKey());
                out.writeLong(line.getValue());
            }
            state.summaries.write(out);
            return bytes.toByteArray();
        }

        @Override
        public RunSinkState deserialize(int version, byte[] serialized) throws IOException {
            if (version != getVersion()) {
                throw new IOException("sink state of version " + version + " cannot be read by this release");
            }
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
            SpoolPosition spool = new SpoolPosition(in.readLong());
            Map<String, Long> sequences = new HashMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                sequences.put(in.readUTF(), in.readLong());
            }
            Map<Integer, Long> lines = new HashMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                lines.put(in.readInt(), in.readLong());
            }
            return new RunSinkState(spool, new Covered(sequences, lines), Summaries.read(in));
        }
    }
}
