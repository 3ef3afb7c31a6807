package io.crossbook.benchmarks;

import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes down, several times a second, how far a replay has read its input, how much memory it holds and how many bytes
 * its task threads have allocated, until it ends.
 *
 * <p>Arguments: data directory, commands file, CSV file to write, {@code memory} or {@code allocation}; without the
 * latter nothing is loaded into the process and the bytes are 0.
 */
public final class ReplaySampler {
    private static final long PERIOD_MILLIS = 200;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final String SOURCE = "Source: ";
    private static final String MATCHING = "Match orders";

    private ReplaySampler() {}

    public static void main(String[] arguments) throws IOException, InterruptedException, AttachNotSupportedException {
        RunningReplay replay = RunningReplay.await(Path.of(arguments[0]));
        long start = System.nanoTime();
        Path input = Path.of(arguments[1]);
        try (PrintStream samples = new PrintStream(arguments[2], StandardCharsets.UTF_8)) {
            ThreadMXBean threads = arguments[3].equals("allocation")
                    ? ManagementFactory.newPlatformMXBeanProxy(
                            replay.beans(), ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class)
                    : null;
            samples.println("seconds,position,rss_kib,source_bytes,matching_bytes,pid");
            while (replay.isAlive()) {
                samples.printf(
                        Locale.ROOT,
                        "%.3f,%d,%d,%s,%d%n",
                        (System.nanoTime() - start) / NANOS_PER_SECOND,
                        replay.positionIn(input),
                        replay.residentKibibytes(),
                        allocated(threads),
                        replay.pid());
                Thread.sleep(PERIOD_MILLIS);
            }
        }
    }

    private static String allocated(@Nullable ThreadMXBean threads) {
        if (threads == null) {
            return "0,0";
        }
        try {
            ThreadInfo[] infos = threads.getThreadInfo(threads.getAllThreadIds());
            return allocated(threads, infos, SOURCE) + "," + allocated(threads, infos, MATCHING);
        } catch (RuntimeException ended) {
            // The process may end between two questions; its last sample then has no figures.
            return "0,0";
        }
    }

    private static long allocated(ThreadMXBean threads, ThreadInfo[] infos, String name) {
        long[] ids = Arrays.stream(infos)
                .filter(Objects::nonNull)
                .filter(info -> info.getThreadName().startsWith(name))
                .mapToLong(ThreadInfo::getThreadId)
                .toArray();
        return ids.length == 0
                ? 0
                : Arrays.stream(threads.getThreadAllocatedBytes(ids)).sum();
    }
}
