package io.crossbook.flink;

import io.crossbook.model.RunEvent;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.BooleanSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * An operator keyed by instrument whose state per instrument is a live object.
 *
 * <p>State calls per record cost more than matching does, so the live objects stay in the operator. At a snapshot those
 * that changed since the last one are written as bytes into keyed state; on a miss they are read back. Keyed state has
 * two parts: the object itself, written anew each time, and what it only remembers (ids, keys), which grows all day and is
 * therefore appended piece by piece. A piece carries the epoch it belongs to; when the object's epoch moves on, the
 * pieces of earlier ones are dropped.
 *
 * @param <I> what comes in
 * @param <L> the live object of one instrument
 */
public abstract class LiveStateOperator<I, L> extends AbstractStreamOperator<RunEvent>
        implements OneInputStreamOperator<I, RunEvent>, BoundedOneInput {
    private static final long serialVersionUID = 1;
    private static final String BODY = "live";
    private static final String REMEMBERED = "remembered";
    private static final String FINISHED = "finished";
    private static final int FIRST_BODY_BYTES = 1 << 16;

    private transient Map<String, Live<L>> liveByInstrument;
    private transient @Nullable Live<L> newest;
    private transient List<Live<L>> changed;
    private transient ValueState<byte[]> savedBody;
    private transient ListState<byte[]> savedRemembered;
    private transient ListState<Boolean> savedFinished;
    private transient boolean finished;
    private transient StreamRecord<RunEvent> outgoing;
    private transient Consumer<RunEvent> emitter;
    private transient DataOutputSerializer body;
    private transient @Nullable CheckpointStall stall;

    /** The instrument of a record; empty for one that belongs to none and goes to {@link #passOn}. */
    protected abstract String instrumentOf(I record);

    protected abstract void passOn(I record, Consumer<RunEvent> events);

    protected abstract L create(String instrument);

    protected abstract void apply(L live, I record, Consumer<RunEvent> events);

    protected abstract void finish(L live, Consumer<RunEvent> events);

    /** Writes all but what is only remembered. */
    protected abstract void write(L live, DataOutput out) throws IOException;

    protected abstract L read(String instrument, DataInputStream in) throws IOException;

    /** What was remembered since the last call, {@code null} if nothing. */
    protected abstract byte @Nullable [] drainRemembered(L live) throws IOException;

    protected abstract void remember(L live, byte[] piece) throws IOException;

    /** Moves on when everything remembered so far is forgotten. */
    protected abstract long epoch(L live);

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        liveByInstrument = new HashMap<>();
        changed = new ArrayList<>();
        outgoing = new StreamRecord<>(null);
        body = new DataOutputSerializer(FIRST_BODY_BYTES);
        emitter = event -> output.collect(outgoing.replace(event));
        savedBody = context.getKeyedStateStore()
                .getState(new ValueStateDescriptor<>(BODY, BytePrimitiveArraySerializer.INSTANCE));
        savedRemembered = context.getKeyedStateStore()
                .getListState(new ListStateDescriptor<>(REMEMBERED, BytePrimitiveArraySerializer.INSTANCE));
        savedFinished = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>(FINISHED, BooleanSerializer.INSTANCE));
        finished = false;
        for (boolean saved : savedFinished.get()) {
            finished = finished || saved;
        }
    }

    /** The key is asked for only where keyed state is touched, so setting it for each record would be work for nothing. */
    @Override
    public boolean hasKeyContext1() {
        return false;
    }

    @Override
    public void processElement(StreamRecord<I> element) throws Exception {
        if (stall != null) {
            stall.commit();
            stall = null;
        }
        I record = element.getValue();
        String instrument = instrumentOf(record);
        if (instrument.isEmpty()) {
            passOn(record, emitter);
            return;
        }
        Live<L> live = newest;
        if (live == null || !live.instrument.equals(instrument)) {
            live = liveByInstrument.get(instrument);
            if (live == null) {
                live = restoreOrCreate(instrument);
            }
            newest = live;
        }
        if (!live.changed) {
            live.changed = true;
            changed.add(live);
        }
        apply(live.state, record, emitter);
    }

    /** Comes first when a checkpoint is due; what follows holds the records up. */
    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        super.prepareSnapshotPreBarrier(checkpointId);
        stall = CheckpointStall.begin(getClass().getSimpleName(), checkpointId);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        for (Live<L> live : changed) {
            setCurrentKey(live.instrument);
            savedBody.update(bodyOf(live));
            saveRemembered(live);
            live.changed = false;
        }
        changed.clear();
        savedFinished.update(List.of(finished));
        super.snapshotState(context);
    }

    /** Says the end once, even if the job comes back from a checkpoint that was taken after it. */
    @Override
    public void endInput() throws Exception {
        if (finished) {
            return;
        }
        finished = true;
        for (String instrument : instruments()) {
            Live<L> live = liveByInstrument.get(instrument);
            finish((live == null ? restoreOrCreate(instrument) : live).state, emitter);
        }
    }

    private TreeSet<String> instruments() {
        TreeSet<String> instruments = new TreeSet<>(liveByInstrument.keySet());
        try (Stream<String> saved = this.<String>getKeyedStateBackend().getKeys(BODY, VoidNamespace.INSTANCE)) {
            saved.forEach(instruments::add);
        }
        return instruments;
    }

    private Live<L> restoreOrCreate(String instrument) throws Exception {
        setCurrentKey(instrument);
        byte[] body = savedBody.value();
        Live<L> live = body == null
                ? new Live<>(instrument, create(instrument), 0)
                : restore(instrument, new DataInputStream(new ByteArrayInputStream(body)));
        liveByInstrument.put(instrument, live);
        return live;
    }

    private Live<L> restore(String instrument, DataInputStream in) throws Exception {
        long savedEpoch = in.readLong();
        L state = read(instrument, in);
        Iterable<byte[]> pieces = savedRemembered.get();
        if (pieces != null) {
            for (byte[] piece : pieces) {
                remember(state, piece);
            }
        }
        return new Live<>(instrument, state, savedEpoch);
    }

    private byte[] bodyOf(Live<L> live) throws IOException {
        body.clear();
        body.writeLong(epoch(live.state));
        write(live.state, body);
        return body.getCopyOfBuffer();
    }

    private void saveRemembered(Live<L> live) throws Exception {
        long epoch = epoch(live.state);
        if (epoch != live.savedEpoch) {
            savedRemembered.clear();
            live.savedEpoch = epoch;
        }
        byte[] piece = drainRemembered(live.state);
        if (piece != null) {
            savedRemembered.add(piece);
        }
    }

    /** A live object and whether its bytes are out of date. */
    private static final class Live<L> {
        private final String instrument;
        private final L state;
        private long savedEpoch;
        private boolean changed;

        private Live(String instrument, L state, long savedEpoch) {
            this.instrument = instrument;
            this.state = state;
            this.savedEpoch = savedEpoch;
        }
    }
}
