package io.crossbook.benchmarks;

import com.sun.tools.attach.AttachNotSupportedException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import jdk.jfr.consumer.RecordedEvent;
import jdk.management.jfr.RemoteRecordingStream;

/**
 * Writes down how long each checkpoint of a replay held each operator up, as Flight Recorder hears it from the operators.
 *
 * <p>Arguments: data directory, CSV file to write.
 */
public final class StallRecorder {
    private static final String STALL = "io.crossbook.CheckpointStall";
    private static final double NANOS_PER_MILLI = 1e6;

    private StallRecorder() {}

    public static void main(String[] arguments) throws IOException, InterruptedException, AttachNotSupportedException {
        RunningReplay replay = RunningReplay.await(Path.of(arguments[0]));
        PrintStream stalls = new PrintStream(arguments[1], StandardCharsets.UTF_8);
        stalls.println("operator,checkpoint,milliseconds");
        // Neither is closed: there is nobody left to say goodbye to.
        RemoteRecordingStream recording = new RemoteRecordingStream(replay.beans());
        recording.enable(STALL).withoutThreshold();
        recording.onEvent(STALL, stall -> write(stall, stalls));
        recording.startAsync();
        replay.awaitEnd();
        stalls.flush();
        Runtime.getRuntime().halt(stalls.checkError() ? 1 : 0);
    }

    private static void write(RecordedEvent stall, PrintStream stalls) {
        stalls.printf(
                Locale.ROOT,
                "%s,%d,%.3f%n",
                stall.getString("operator"),
                stall.getLong("checkpointId"),
                stall.getDuration().toNanos() / NANOS_PER_MILLI);
        stalls.flush();
    }
}
