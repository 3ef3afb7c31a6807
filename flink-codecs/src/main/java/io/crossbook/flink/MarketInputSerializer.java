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
import org.jspecify.annotations.Nullable;

/**
 * {@link MarketInputCodec} on Flink's views. Each user gets an instance of its own by {@link #duplicate}, since what a codec
 * reads is good until it reads again.
 */
public final class MarketInputSerializer extends CodecSerializer<MarketInput> {
    private static final long serialVersionUID = 1;

    private transient @Nullable MarketInputCodec codec;

    @Override
    public MarketInputSerializer duplicate() {
        return new MarketInputSerializer();
    }

    private MarketInputCodec codec() {
        MarketInputCodec made = codec;
        if (made == null) {
            made = new MarketInputCodec();
            codec = made;
        }
        return made;
    }

    @Override
    public MarketInput copy(MarketInput value) {
        return value.plain();
    }

    @Override
    public MarketInput createInstance() {
        return new MarketInput.ClockTick(new InputHeader("", 0, new Origin(0, 0, 0, 0), null));
    }

    @Override
    public void serialize(MarketInput value, DataOutputView out) throws IOException {
        codec().write(value, out);
    }

    @Override
    public MarketInput deserialize(DataInputView in) throws IOException {
        return codec().read(in);
    }

    @Override
    public TypeSerializerSnapshot<MarketInput> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Says that this serializer is compatible with itself. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<MarketInput> {
        public Snapshot() {
            super(MarketInputSerializer::new);
        }
    }
}
