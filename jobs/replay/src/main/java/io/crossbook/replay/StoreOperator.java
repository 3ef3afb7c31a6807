package io.crossbook.replay;

import io.crossbook.model.Instruments;
import io.crossbook.model.RunEvent;
import io.crossbook.store.Covered;
import io.crossbook.store.RunProgressTable.Progress;
import io.crossbook.store.RunWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableFuture;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.checkpoint.CheckpointOptions;
import org.apache.flink.runtime.state.CheckpointStreamFactory;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.runtime.state.SnapshotResult;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.OperatorSnapshotFutures;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.concurrent.FutureUtils;
import org.jspecify.annotations.Nullable;

/**
 * Keeps Postgres up with a run that goes on: its rows within {@value #COMMIT_MILLIS} ms or, when there is more to do, with a
 * third of the server's time, all of them before a checkpoint is complete, and {@code run_progress} once it is complete.
 *
 * <p>An operator and no sink, since a sink is not told that a checkpoint is complete.
 */
final class StoreOperator extends AbstractStreamOperator<Void>
        implements OneInputStreamOperator<RunEvent, Void>, BoundedOneInput {
    private static final long serialVersionUID = 1;

    /** What a reader waits for at most when the server has nothing else to do. */
    static final long COMMIT_MILLIS = 10;

    private final String runId;
    private final DatabaseLogin login;
    private final List<String> sources;
    private final Instruments instruments;
    private final String summaries;

    private transient @Nullable RunWriter store;
    private transient RunRows rows;
    private transient LiveRows live;
    private transient ListState<byte[]> savedSummaries;
    /** By checkpoint that is not complete yet. */
    private transient TreeMap<Long, List<Progress>> progress;

    /**
     * @param sources the names of the input's partitions, as rejects show them
     * @param summaries folder for what is known of the run at its end
     */
    StoreOperator(String runId, DatabaseLogin login, List<String> sources, Instruments instruments, Path summaries) {
        this.runId = runId;
        this.login = login;
        this.sources = List.copyOf(sources);
        this.instruments = instruments;
        this.summaries = summaries.toString();
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        savedSummaries = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>("summaries", BytePrimitiveArraySerializer.INSTANCE));
        progress = new TreeMap<>();
        int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
        RunWriter opened = RunWriter.openLive(login.connect(), runId, subtask);
        store = opened;
        rows = new RunRows(null, opened, sources, instruments);
        for (byte[] saved : savedSummaries.get()) {
            rows.goOn(Covered.NOTHING, Summaries.read(new DataInputStream(new ByteArrayInputStream(saved))));
        }
        live = new LiveRows(opened, rows, instruments);
    }

    @Override
    public void open() throws Exception {
        super.open();
        commitLater();
    }

    private void commitLater() {
        long now = getProcessingTimeService().getCurrentProcessingTime();
        getProcessingTimeService().registerTimer(now + COMMIT_MILLIS, time -> {
            live.commitSoon();
            commitLater();
        });
    }

    @Override
    public void processElement(StreamRecord<RunEvent> element) throws IOException {
        live.write(element.getValue());
    }

    /** A checkpoint is complete once the rows before it are committed; the commands behind it do not wait for that. */
    @Override
    public OperatorSnapshotFutures snapshotState(
            long checkpointId, long timestamp, CheckpointOptions options, CheckpointStreamFactory storage)
            throws Exception {
        Future<?> committed = live.commit();
        progress.put(checkpointId, live.progress(checkpointId));
        OperatorSnapshotFutures snapshot = super.snapshotState(checkpointId, timestamp, options, storage);
        RunnableFuture<SnapshotResult<OperatorStateHandle>> state = snapshot.getOperatorStateManagedFuture();
        snapshot.setOperatorStateManagedFuture(new FutureTask<>(() -> {
            committed.get();
            return FutureUtils.runIfNotDoneAndGet(state);
        }));
        return snapshot;
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        rows.summaries().write(new DataOutputStream(bytes));
        savedSummaries.update(List.of(bytes.toByteArray()));
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        Map<Long, List<Progress>> complete = progress.headMap(checkpointId, true);
        for (List<Progress> each : complete.values()) {
            live.covered(each);
        }
        complete.clear();
    }

    @Override
    public void endInput() throws Exception {
        live.commit().get();
        Summaries.write(
                Path.of(summaries), getRuntimeContext().getTaskInfo().getIndexOfThisSubtask(), rows.summaries());
    }

    @Override
    public void close() throws Exception {
        RunWriter opened = store;
        try {
            if (opened != null) {
                opened.close();
            }
        } catch (SQLException unclosed) {
            throw new IOException("cannot leave Postgres", unclosed);
        } finally {
            super.close();
        }
    }
}
