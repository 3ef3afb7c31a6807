package io.crossbook.replay;

import io.crossbook.model.MarketInput;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/** The merged files as a bounded Flink source of one split. */
final class ReplaySource implements Source<MarketInput, ReplaySplit, Boolean> {
    private static final long serialVersionUID = 1;

    private final String settingsJson;

    ReplaySource(BacktestSettings settings) throws IOException {
        settingsJson = settings.toJson();
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public SourceReader<MarketInput, ReplaySplit> createReader(SourceReaderContext context) throws Exception {
        return new ReplaySourceReader(context, BacktestSettings.JSON.readValue(settingsJson, BacktestSettings.class));
    }

    @Override
    public SplitEnumerator<ReplaySplit, Boolean> createEnumerator(SplitEnumeratorContext<ReplaySplit> context) {
        return new OneSplit(context, false);
    }

    @Override
    public SplitEnumerator<ReplaySplit, Boolean> restoreEnumerator(
            SplitEnumeratorContext<ReplaySplit> context, Boolean handedOut) {
        return new OneSplit(context, handedOut);
    }

    @Override
    public SimpleVersionedSerializer<ReplaySplit> getSplitSerializer() {
        return new ReplaySplit.Serializer();
    }

    @Override
    public SimpleVersionedSerializer<Boolean> getEnumeratorCheckpointSerializer() {
        return new FlagSerializer();
    }

    /** Hands the one split to the first reader that asks, and again if it comes back. */
    private static final class OneSplit implements SplitEnumerator<ReplaySplit, Boolean> {
        private final SplitEnumeratorContext<ReplaySplit> context;
        private @Nullable ReplaySplit waiting;

        private OneSplit(SplitEnumeratorContext<ReplaySplit> context, boolean handedOut) {
            this.context = context;
            this.waiting = handedOut ? null : ReplaySplit.START;
        }

        @Override
        public void start() {}

        @Override
        public void handleSplitRequest(int subtask, @Nullable String hostname) {
            ReplaySplit split = waiting;
            if (split != null) {
                waiting = null;
                context.assignSplit(split, subtask);
            }
            context.signalNoMoreSplits(subtask);
        }

        @Override
        public void addSplitsBack(List<ReplaySplit> splits, int subtask) {
            waiting = splits.isEmpty() ? waiting : splits.get(0);
        }

        @Override
        public void addReader(int subtask) {}

        @Override
        public Boolean snapshotState(long checkpointId) {
            return waiting == null;
        }

        @Override
        public void close() {}
    }

    /** One byte: whether the split was handed out. */
    private static final class FlagSerializer implements SimpleVersionedSerializer<Boolean> {
        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(Boolean flag) {
            return new byte[] {(byte) (flag ? 1 : 0)};
        }

        @Override
        public Boolean deserialize(int version, byte[] serialized) {
            return serialized[0] == 1;
        }
    }
}
