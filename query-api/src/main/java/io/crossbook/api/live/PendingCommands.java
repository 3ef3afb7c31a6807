package io.crossbook.api.live;

import io.crossbook.api.problem.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Commands whose outcome is awaited, found by where they lie in their topic.
 *
 * <p>A command can be matched before we are told where it lies. What ends behind the last place that we were told of is
 * kept while a command is on its way to that partition; the broker tells places in order, so each place that it tells
 * makes older ones needless.
 */
final class PendingCommands {
    private final Map<Integer, Partition> partitions = new HashMap<>();
    private final int most;
    private int waiting;

    /** @param most outcomes awaited at a time */
    PendingCommands(int most) {
        this.most = most;
    }

    private static final class Partition {
        private final Map<Long, CompletableFuture<Outcome>> awaited = new HashMap<>();
        private final Map<Long, List<ExecutionRecord>> early = new HashMap<>();
        private long told = -1;
        private int onTheWay;
    }

    private Partition of(int partition) {
        return partitions.computeIfAbsent(partition, unknown -> new Partition());
    }

    synchronized boolean isFull() {
        return waiting >= most;
    }

    synchronized int size() {
        return waiting;
    }

    /** A command is about to be sent. */
    synchronized void sending(int partition) {
        of(partition).onTheWay++;
        waiting++;
    }

    /** The command will not get there, or nobody knows whether it did. */
    synchronized void failed(int partition) {
        waiting--;
        arrive(of(partition));
    }

    /** The command lies there. Completes the outcome now or when it is known. */
    void sent(Source source, CompletableFuture<Outcome> outcome) {
        List<ExecutionRecord> early;
        synchronized (this) {
            Partition partition = of(source.partition());
            early = partition.early.remove(source.offset());
            if (early == null || !early.get(early.size() - 1).last()) {
                partition.awaited.put(source.offset(), outcome);
                if (early != null) {
                    partition.early.put(source.offset(), early);
                }
                early = null;
            } else {
                waiting--;
            }
            partition.told = Math.max(partition.told, source.offset());
            partition
                    .early
                    .keySet()
                    .removeIf(offset -> offset <= partition.told && !partition.awaited.containsKey(offset));
            arrive(partition);
        }
        if (early != null) {
            outcome.complete(new Outcome(early));
        }
    }

    private static void arrive(Partition partition) {
        partition.onTheWay--;
        if (partition.onTheWay == 0) {
            partition.early.keySet().removeIf(offset -> !partition.awaited.containsKey(offset));
        }
    }

    /** An execution was read; the same one may be read twice. */
    void executed(ExecutionRecord execution) {
        CompletableFuture<Outcome> outcome;
        List<ExecutionRecord> all;
        synchronized (this) {
            Partition partition = partitions.get(execution.source().partition());
            if (partition == null) {
                return;
            }
            long offset = execution.source().offset();
            boolean wanted = partition.awaited.containsKey(offset);
            if (!wanted && (partition.onTheWay == 0 || offset <= partition.told)) {
                return;
            }
            all = partition.early.computeIfAbsent(offset, first -> new ArrayList<>());
            if (execution.eventNo() <= all.size()) {
                return;
            }
            all.add(execution);
            if (!execution.last() || !wanted) {
                return;
            }
            partition.early.remove(offset);
            outcome = partition.awaited.remove(offset);
            waiting--;
        }
        outcome.complete(new Outcome(all));
    }

    /** The record could not be read by the job, which our own never should be. */
    void unreadable(Source source, String message) {
        CompletableFuture<Outcome> outcome;
        synchronized (this) {
            Partition partition = partitions.get(source.partition());
            outcome = partition == null ? null : partition.awaited.remove(source.offset());
            if (outcome == null) {
                return;
            }
            waiting--;
        }
        outcome.completeExceptionally(Problem.invalid("body", "the job cannot read the command: " + message));
    }
}
