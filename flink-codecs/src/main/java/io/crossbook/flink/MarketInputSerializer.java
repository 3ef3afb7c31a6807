package io.crossbook.flink;

import io.crossbook.model.InputHeader;
import io.crossbook.model.MarketInput;
import io.crossbook.model.MarketInputCodec;
import io.crossbook.model.Origin;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** {@link MarketInputCodec} on Flink's views. */
public final class MarketInputSerializer extends CodecSerializer<MarketInput> {
    public static final MarketInputSerializer INSTANCE = new MarketInputSerializer();

    private static final long serialVersionUID = 1;

    @Override
    public MarketInput createInstance() {
        return new MarketInput.ClockTick(new InputHeader("", 0, new Origin(0, 0, 0, 0), null));
    }

    @Override
    public void serialize(MarketInput value, DataOutputView out) throws IOException {
        MarketInputCodec.write(value, out);
    }

    @Override
    public MarketInput deserialize(DataInputView in) throws IOException {
        return MarketInputCodec.read(in);
    }

    @Override
    public TypeSerializerSnapshot<MarketInput> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Says that this serializer is compatible with itself. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<MarketInput> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
