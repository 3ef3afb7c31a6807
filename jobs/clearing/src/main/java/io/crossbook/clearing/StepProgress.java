package io.crossbook.clearing;

import java.io.PrintStream;
import java.util.Locale;

/** Shows the steps of a clearing on standard error as they go, and how long each took. */
final class StepProgress {
    private static final long NANOS_BETWEEN_UPDATES = 200_000_000;
    private static final double NANOS_PER_SECOND = 1e9;

    private final PrintStream err;
    private final boolean terminal;
    private String step = "";
    private long beganAt;
    private long toldAt;
    private int total;
    private int done;

    /** @param terminal whether a line can be written over */
    StepProgress(PrintStream err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    void begin(String name) {
        step = name;
        beganAt = System.nanoTime();
        toldAt = beganAt;
        total = 0;
        done = 0;
    }

    /** How many instruments the step is about. */
    void total(int instruments) {
        total = instruments;
    }

    void done(int instruments) {
        done += instruments;
        long now = System.nanoTime();
        if (terminal && now - toldAt > NANOS_BETWEEN_UPDATES) {
            toldAt = now;
            err.print(String.format(Locale.ROOT, "\r  %-12s %,d of %,d instruments ", step, done, total));
            err.flush();
        }
    }

    void end(boolean failed) {
        double took = (System.nanoTime() - beganAt) / NANOS_PER_SECOND;
        String instruments = total == 0 ? "" : String.format(Locale.ROOT, "%,d instruments", total);
        err.printf(
                Locale.ROOT,
                "%s  %-12s %-20s %7.1f s%s%n",
                terminal ? "\r" : "",
                step,
                instruments,
                took,
                failed ? "  failed" : "");
    }
}
