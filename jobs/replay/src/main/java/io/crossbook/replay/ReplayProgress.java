package io.crossbook.replay;

import java.util.concurrent.atomic.AtomicLongArray;

/** How far the readers are: written by them, looked at by whoever shows progress in the same process. */
final class ReplayProgress {
    static final ReplayProgress CURRENT = new ReplayProgress();

    private volatile long bytesRead;
    private volatile long bytesInAll;
    private volatile long commands;
    private volatile int readersStarted;
    private final AtomicLongArray ofTopic = new AtomicLongArray(ReplayTopology.MAX_PARALLELISM);

    private ReplayProgress() {}

    /** Forgets a job that ran before in this process. */
    void jobStarts() {
        bytesRead = 0;
        bytesInAll = 0;
        commands = 0;
        readersStarted = 0;
    }

    void readerStarted(long bytes) {
        bytesInAll = bytes;
        // Only the one source task of a job writes here, and its attempts follow each other.
        readersStarted = readersStarted + 1;
    }

    void advanced(long bytes, long commandCount) {
        bytesRead = bytes;
        commands = commandCount;
    }

    /** One of the subtasks that read a topic is so far. */
    void advancedOnTopic(int subtask, long records) {
        ofTopic.lazySet(subtask, records);
    }

    long recordsOfTopic() {
        long sum = 0;
        for (int subtask = 0; subtask < ofTopic.length(); subtask++) {
            sum += ofTopic.get(subtask);
        }
        return sum;
    }

    long bytesRead() {
        return bytesRead;
    }

    long bytesInAll() {
        return bytesInAll;
    }

    long commands() {
        return commands;
    }

    /** How often the job went back to a checkpoint inside this process. */
    int restarts() {
        return Math.max(0, readersStarted - 1);
    }
}
