package io.crossbook.replay;

import io.crossbook.model.Instruments;
import io.crossbook.model.PnlEvent.Position;
import io.crossbook.model.RunEvent;
import io.crossbook.store.Covered;
import io.crossbook.store.RunWriter;
import io.crossbook.store.files.Spool;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Predicate;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.jspecify.annotations.Nullable;

/**
 * One subtask of the sink: every event becomes its rows, and the rows go to the spool and to Postgres.
 *
 * <p>After a crash both are put back to the checkpoint: the spool is cut, and of this subtask's instruments the rows
 * beyond the checkpointed sequence are deleted, so that each row is there once.
 */
final class RunSinkWriter implements StatefulSinkWriter<RunEvent, RunSinkState> {
    private final Path spools;
    private final int subtask;
    private final Spool spool;
    private final @Nullable RunWriter store;
    private final RunRows rows;

    RunSinkWriter(
            String runId,
            Path spools,
            List<String> fileNames,
            Instruments instruments,
            @Nullable DatabaseLogin database,
            TaskInfo task,
            @Nullable RunSinkState from)
            throws IOException {
        this.spools = spools;
        this.subtask = task.getIndexOfThisSubtask();
        // The server lets nobody write while a predecessor does: once it does, the predecessor's spool can be cut too.
        store = database == null
                ? null
                : open(
                        database,
                        runId,
                        subtask,
                        from == null ? Covered.NOTHING : from.covered(),
                        instrument -> isMine(instrument, task));
        try {
            spool = Spool.open(spools, subtask, from == null ? null : from.spool());
        } catch (IOException unreadable) {
            close(store);
            throw unreadable;
        }
        rows = new RunRows(spool, store, fileNames, instruments);
        if (from != null) {
            rows.goOn(from.covered(), from.summaries());
        }
    }

    private static RunWriter open(
            DatabaseLogin database, String runId, int subtask, Covered covered, Predicate<String> mine)
            throws IOException {
        try {
            RunWriter opened = RunWriter.open(database.connect(), runId, subtask);
            try {
                opened.deleteBeyond(covered, mine);
                return opened;
            } catch (SQLException refused) {
                opened.close();
                throw refused;
            }
        } catch (SQLException unreachable) {
            throw new IOException(
                    "cannot write run " + runId + " to Postgres: " + unreachable.getMessage(), unreachable);
        }
    }

    private static void close(@Nullable RunWriter store) throws IOException {
        try {
            if (store != null) {
                store.close();
            }
        } catch (SQLException unclosed) {
            throw new IOException("cannot leave Postgres", unclosed);
        }
    }

    private static boolean isMine(String instrument, TaskInfo task) {
        return KeyGroupRangeAssignment.assignKeyToParallelOperator(
                        instrument, task.getMaxNumberOfParallelSubtasks(), task.getNumberOfParallelSubtasks())
                == task.getIndexOfThisSubtask();
    }

    /** How a position stands after a command is for topics: the files and tables of a run that ends have it as it ends. */
    @Override
    public void write(RunEvent event, Context context) throws IOException {
        if (!(event instanceof Position position && position.kind() == Position.Kind.COMMAND)) {
            rows.write(event);
        }
    }

    @Override
    public void flush(boolean endOfInput) throws IOException {
        if (store != null) {
            try {
                store.flush();
            } catch (SQLException refused) {
                throw new IOException("Postgres refused rows: " + refused.getMessage(), refused);
            }
        }
        if (endOfInput) {
            spool.checkpoint();
            Summaries.write(spools, subtask, rows.summaries());
        }
    }

    @Override
    public List<RunSinkState> snapshotState(long checkpointId) throws IOException {
        return List.of(new RunSinkState(spool.checkpoint(), rows.covered(), rows.summaries()));
    }

    @Override
    public void close() throws IOException {
        try {
            close(store);
        } finally {
            spool.close();
        }
    }
}
