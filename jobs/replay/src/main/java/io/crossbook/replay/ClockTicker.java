package io.crossbook.replay;

import io.crossbook.model.InputHeader;
import io.crossbook.model.MarketEvent;
import io.crossbook.model.MarketEvent.CommandEnded;
import io.crossbook.model.MarketInput;
import io.crossbook.model.Origin;
import io.crossbook.model.RunEvent;
import io.crossbook.model.Topics;
import io.crossbook.replay.kafka.CommandPublisher;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Puts a CLOCK command on the topic for each instrument that has an order due by the wall clock, since orders end only when a
 * record of their instrument comes. The clock is read here and nowhere behind: the command carries its time, so the run
 * can be replayed.
 */
final class ClockTicker extends AbstractStreamOperator<Void> implements OneInputStreamOperator<RunEvent, Void> {
    private static final long serialVersionUID = 1;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** A command that was sent and not seen for so long is sent again; a second one does no harm. */
    private static final long PATIENCE_MILLIS = 30_000;

    private final Topics topics;
    private final String bootstrapServers;
    private final long intervalMillis;

    private transient Map<String, Due> due;
    private transient ListState<byte[]> saved;
    private transient @Nullable CommandPublisher publisher;

    /** When the next order of an instrument is due, and when it was last asked for. */
    private static final class Due {
        private long nextExpiry;
        private long askedAtMillis;
    }

    /** @param intervalMillis how often the clock is looked at; 0 for never, the state is kept all the same */
    ClockTicker(Topics topics, String bootstrapServers, long intervalMillis) {
        this.topics = topics;
        this.bootstrapServers = bootstrapServers;
        this.intervalMillis = intervalMillis;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        due = new HashMap<>();
        saved = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>("due", BytePrimitiveArraySerializer.INSTANCE));
        for (byte[] each : saved.get()) {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(each));
            for (int left = in.readInt(); left > 0; left--) {
                expect(in.readUTF(), in.readLong());
            }
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        if (intervalMillis > 0) {
            publisher = new CommandPublisher(topics, bootstrapServers);
            tickLater();
        }
    }

    private void tickLater() {
        long now = getProcessingTimeService().getCurrentProcessingTime();
        getProcessingTimeService().registerTimer(now + intervalMillis, time -> {
            tick(time);
            tickLater();
        });
    }

    private void tick(long nowMillis) throws IOException {
        CommandPublisher opened = publisher;
        if (opened == null) {
            return;
        }
        for (Map.Entry<String, Due> each : due.entrySet()) {
            Due instrument = each.getValue();
            boolean isDue = instrument.nextExpiry <= nowMillis * NANOS_PER_MILLI;
            if (isDue && nowMillis - instrument.askedAtMillis >= PATIENCE_MILLIS) {
                instrument.askedAtMillis = nowMillis;
                opened.send(new MarketInput.ClockTick(
                        new InputHeader(each.getKey(), nowMillis * NANOS_PER_MILLI, new Origin(0, 0, 0, 1), null)));
            }
        }
    }

    @Override
    public void processElement(StreamRecord<RunEvent> element) {
        if (element.getValue() instanceof CommandEnded ended) {
            expect(ended.instrument(), ended.nextExpiry());
        }
    }

    private void expect(String instrument, long nextExpiry) {
        if (nextExpiry == MarketEvent.NEVER) {
            due.remove(instrument);
            return;
        }
        Due known = due.computeIfAbsent(instrument, name -> new Due());
        if (known.nextExpiry != nextExpiry) {
            known.nextExpiry = nextExpiry;
            known.askedAtMillis = 0;
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(due.size());
        for (Map.Entry<String, Due> each : due.entrySet()) {
            out.writeUTF(each.getKey());
            out.writeLong(each.getValue().nextExpiry);
        }
        saved.update(List.of(bytes.toByteArray()));
    }

    @Override
    public void close() throws Exception {
        if (publisher != null) {
            publisher.close();
        }
        super.close();
    }
}
