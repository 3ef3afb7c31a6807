package io.crossbook.flink;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/**
 * How long a checkpoint held the records of an operator up: from its barrier to the next record. Flight Recorder keeps it
 * when asked; otherwise it costs nothing.
 */
@Name(CheckpointStall.NAME)
@Label("Checkpoint Stall")
@Category({"Crossbook"})
@Description("From the barrier of a checkpoint to the next record of the operator")
@StackTrace(false)
final class CheckpointStall extends Event {
    static final String NAME = "io.crossbook.CheckpointStall";

    @Label("Operator")
    private String operator;

    @Label("Checkpoint")
    private long checkpointId;

    private CheckpointStall(String operator, long checkpointId) {
        this.operator = operator;
        this.checkpointId = checkpointId;
    }

    static CheckpointStall begin(String operator, long checkpointId) {
        CheckpointStall stall = new CheckpointStall(operator, checkpointId);
        stall.begin();
        return stall;
    }
}
