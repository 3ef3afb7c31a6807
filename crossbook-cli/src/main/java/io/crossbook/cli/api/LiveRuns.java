package io.crossbook.cli.api;

import io.crossbook.cli.console.UsageException;
import java.io.IOException;
import java.util.Optional;

/** Which live run the API is about. */
public interface LiveRuns {
    /** The one that goes on now; none without a broker. */
    Optional<LiveRun> current();

    /**
     * Ends the one that goes on and starts the next one, and waits until that is ready.
     *
     * @throws UsageException if that is not for us to do; the message says why
     */
    LiveRun next() throws IOException;

    /** A run that somebody else started, or none. */
    static LiveRuns elsewhere(Optional<LiveRun> run) {
        return new LiveRuns() {
            @Override
            public Optional<LiveRun> current() {
                return run;
            }

            @Override
            public LiveRun next() {
                throw new UsageException(
                        "the live run was not started here; only ./crossbook up can start the next one");
            }
        };
    }
}
