package io.crossbook.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Prints when a backtest handles its first record: its sink is open and its source has read from the input. In microseconds
 * since 1970, to be set against the clock of whoever gave the command.
 *
 * <p>Arguments: data directory, run id, commands file, large enough to be seen open.
 */
public final class FirstRecord {
    private static final long LOOK_AGAIN_MILLIS = 5;
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;

    private FirstRecord() {}

    public static void main(String[] arguments) throws InterruptedException {
        Path dataDir = Path.of(arguments[0]);
        Path spools = dataDir.resolve("runs").resolve(arguments[1]).resolve("spool");
        Path input = Path.of(arguments[2]);
        RunningReplay replay = RunningReplay.await(dataDir);
        while (replay.isAlive()) {
            if (Files.exists(spools) && replay.positionIn(input) > 0) {
                Instant now = Instant.now();
                System.out.println(now.getEpochSecond() * MICROS_PER_SECOND + now.getNano() / NANOS_PER_MICRO);
                return;
            }
            Thread.sleep(LOOK_AGAIN_MILLIS);
        }
        System.err.println("the replay ended before it was seen to read");
        System.exit(1);
    }
}
