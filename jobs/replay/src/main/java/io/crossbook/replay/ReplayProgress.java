package io.crossbook.replay;

/** How far the reader is: written by the source, looked at by whoever shows progress in the same process. */
final class ReplayProgress {
    static final ReplayProgress CURRENT = new ReplayProgress();

    private volatile long bytesRead;
    private volatile long bytesInAll;
    private volatile long commands;
    private volatile int readersStarted;

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
