package io.crossbook.benchmarks;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Loads async-profiler into a replay as soon as it starts; the profiler writes its file when the process ends, however it
 * does, short of a kill.
 *
 * <p>Arguments: data directory, {@code libasyncProfiler.so}, file of collapsed stacks to write. Exit code 3 says that the
 * library does not run here.
 */
public final class ReplayProfiler {
    /** CPU time by a timer of the process: needs no rights of the kernel, so it works in containers. */
    /** Linux counts CPU time in steps of 1 to 10 ms; of an interval that is no multiple every sample would stand for more. */
    private static final String OPTIONS = "start,event=itimer,interval=20ms,threads,collapsed,file=";

    private static final int CANNOT_PROFILE = 3;

    private ReplayProfiler() {}

    public static void main(String[] arguments) throws IOException, InterruptedException, AttachNotSupportedException {
        RunningReplay replay = RunningReplay.await(Path.of(arguments[0]));
        Path stacks = Path.of(arguments[2]).toAbsolutePath();
        Files.deleteIfExists(stacks);
        try {
            replay.loadAgent(Path.of(arguments[1]), OPTIONS + stacks);
        } catch (AgentLoadException | AgentInitializationException refused) {
            System.err.println("async-profiler cannot be loaded: " + refused.getMessage());
            System.exit(CANNOT_PROFILE);
        }
        replay.awaitEnd();
        if (!Files.exists(stacks)) {
            System.err.println("async-profiler was loaded but wrote nothing");
            System.exit(CANNOT_PROFILE);
        }
    }
}
