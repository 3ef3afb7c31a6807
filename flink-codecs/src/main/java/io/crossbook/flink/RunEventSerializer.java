package io.crossbook.flink;

import io.crossbook.model.MarketEvent;
import io.crossbook.model.RunEvent;
import io.crossbook.model.RunEventCodec;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** {@link RunEventCodec} on Flink's views. */
public final class RunEventSerializer extends CodecSerializer<RunEvent> {
    public static final RunEventSerializer INSTANCE = new RunEventSerializer();

    private static final long serialVersionUID = 1;

    @Override
    public RunEvent copy(RunEvent value) {
        return value.copy();
    }

    @Override
    public RunEvent createInstance() {
        return new MarketEvent.IntervalEnded("", 0, 0);
    }

    @Override
    public void serialize(RunEvent value, DataOutputView out) throws IOException {
        RunEventCodec.write(value, out);
    }

    @Override
    public RunEvent deserialize(DataInputView in) throws IOException {
        return RunEventCodec.read(in);
    }

    @Override
    public TypeSerializerSnapshot<RunEvent> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Says that this serializer is compatible with itself. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<RunEvent> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
