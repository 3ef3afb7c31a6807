package io.crossbook.api.live;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a command.
 *
 * @param executions all of them, in order; at least one
 */
public record Outcome(List<ExecutionRecord> executions) {
    public String instrument() {
        return executions.get(0).instrument();
    }

    public long sequence() {
        return executions.get(0).sequence();
    }

    /** The command that this one repeats, {@code null} if it is the first of its kind. */
    public @Nullable Long duplicateOf() {
        return executions.get(executions.size() - 1).duplicateOf();
    }

    /** The refusal, {@code null} if the command was accepted; orders can have expired before it. */
    public @Nullable ExecutionRecord refusal() {
        for (ExecutionRecord execution : executions) {
            if (execution.is("REJECTED")) {
                return execution;
            }
        }
        return null;
    }
}
