package io.crossbook.replay;

import io.crossbook.model.InputHeader;
import io.crossbook.model.MarketInput;
import io.crossbook.model.MarketInput.EndOfInput;
import io.crossbook.model.MarketInput.Unreadable;
import io.crossbook.model.Origin;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Counts the records of a topic behind its source, and says the account of them at their end; each subtask its part. */
final class InputAccount extends AbstractStreamOperator<MarketInput>
        implements OneInputStreamOperator<MarketInput, MarketInput>, BoundedOneInput {
    private static final long serialVersionUID = 1;
    private static final int ROWS_BETWEEN_LOOKS = 1 << 8;

    private transient ListState<Long> savedRows;
    private transient ListState<Long> savedUnreadable;
    private transient long rows;
    private transient long unreadable;

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        savedRows = counter(context, "rows");
        savedUnreadable = counter(context, "unreadable");
        rows = sum(savedRows);
        unreadable = sum(savedUnreadable);
    }

    private static ListState<Long> counter(StateInitializationContext context, String name) throws Exception {
        return context.getOperatorStateStore().getListState(new ListStateDescriptor<>(name, LongSerializer.INSTANCE));
    }

    private static long sum(ListState<Long> counts) throws Exception {
        long sum = 0;
        for (long count : counts.get()) {
            sum += count;
        }
        return sum;
    }

    @Override
    public void processElement(StreamRecord<MarketInput> element) {
        rows++;
        if (rows % ROWS_BETWEEN_LOOKS == 0) {
            sayProgress();
        }
        if (element.getValue() instanceof Unreadable) {
            unreadable++;
        }
        output.collect(element);
    }

    /** What was said is forgotten, so that a job that comes back after its end does not say it twice. */
    @Override
    public void endInput() {
        sayProgress();
        output.collect(new StreamRecord<>(new EndOfInput(
                new InputHeader("", 0, new Origin(0, 0, 0, 0), null), rows, unreadable, 0, 0, false, false)));
        rows = 0;
        unreadable = 0;
    }

    private void sayProgress() {
        ReplayProgress.CURRENT.advancedOnTopic(getRuntimeContext().getTaskInfo().getIndexOfThisSubtask(), rows);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        savedRows.update(List.of(rows));
        savedUnreadable.update(List.of(unreadable));
    }
}
