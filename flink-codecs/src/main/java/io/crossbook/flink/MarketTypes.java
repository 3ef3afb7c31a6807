package io.crossbook.flink;

import io.crossbook.model.MarketInput;
import io.crossbook.model.RunEvent;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** The types that travel between the steps of a replay. */
public final class MarketTypes {
    public static final TypeInformation<MarketInput> INPUT =
            new CodecTypeInfo<>(MarketInput.class, new MarketInputSerializer());
    public static final TypeInformation<RunEvent> EVENT =
            new CodecTypeInfo<>(RunEvent.class, RunEventSerializer.INSTANCE);

    private MarketTypes() {}
}
