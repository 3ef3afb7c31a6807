package io.crossbook.cli.backtest;

import io.crossbook.cli.console.DurationValue;
import io.crossbook.cli.console.OneOf;
import io.crossbook.cli.console.UsageException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say how to run and what to keep. */
public final class RunOptions {
    private static final int MOST_PARALLEL = 128;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long SHORTEST_CHECKPOINT_MILLIS = 10;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for the run's files. Default: out/RUN-ID.")
    @Nullable
    Path out;

    @Option(
            names = "--run-id",
            paramLabel = "ID",
            description = "Name of the run. Default: the name of the first file, with -2, -3 and so on if taken.")
    @Nullable
    String runId;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Folder for the embedded database, state and checkpoints. Default: ${DEFAULT-VALUE}.")
    Path dataDir = Path.of(".crossbook");

    @Option(
            names = "--db",
            paramLabel = "URL|embedded|none",
            description = "Where results are stored besides the files. User and password of a URL may come from PGUSER"
                    + " and PGPASSWORD. Default: ${DEFAULT-VALUE}.")
    String db = "embedded";

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description = "Instruments are spread over N threads; the result is the same. Default: ${DEFAULT-VALUE}.")
    int parallelism = 1;

    @Option(
            names = "--checkpoint-interval",
            paramLabel = "TIME",
            converter = DurationValue.class,
            description = "How often state is saved for --resume. Default: 10s.")
    long checkpointIntervalNanos = 10 * NANOS_PER_SECOND;

    @Option(
            names = "--state",
            paramLabel = "heap|rocksdb",
            converter = State.class,
            description = "Where state is kept: in memory, or on disk. Default: ${DEFAULT-VALUE}.")
    String state = "heap";

    @Option(
            names = "--snapshot-interval",
            paramLabel = "TIME",
            converter = SnapshotInterval.class,
            description = "Event time between P&L snapshots, or none. Default: 1m.")
    long snapshotIntervalNanos = 60 * NANOS_PER_SECOND;

    @Option(names = "--executions", description = "Writes executions.csv and the table executions too.")
    boolean executions;

    @Option(names = "--book-history", description = "Stores every change of the order book.")
    boolean bookHistory;

    @Option(
            names = "--order-ids",
            paramLabel = "day|live",
            converter = OrderIds.class,
            description = "An order id is taken for the trading day, or while its order lives."
                    + " Default: ${DEFAULT-VALUE}.")
    String orderIds = "day";

    @Option(
            names = "--max-rejects",
            paramLabel = "N",
            description = "Stops with exit code 4 after more than N unreadable lines. Default: goes on.")
    @Nullable
    Long maxRejects;

    @Option(
            names = "--speed",
            paramLabel = "max|1x|10x",
            converter = Speed.class,
            description = "As fast as it goes, or so many times the pace of the timestamps. Default: ${DEFAULT-VALUE}.")
    String speed = Speed.MAX;

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            converter = HeapSize.class,
            description =
                    "Memory of the replay process, taken at its start, as 2g; also CROSSBOOK_HEAP. Default: up to a quarter of"
                            + " the machine's.")
    @Nullable
    String heap;

    @Option(
            names = "--resume",
            description = "Goes on with a stopped run from its newest checkpoint; give the same arguments as before.")
    boolean resume;

    @Option(names = "--replace", description = "Throws an earlier run of the same name away and starts over.")
    boolean replace;

    @Option(names = "--json", description = "Prints the run as one JSON document (that of run.json), nothing else.")
    boolean json;

    public static final class State extends OneOf {
        public State() {
            super("heap", "rocksdb");
        }
    }

    public static final class OrderIds extends OneOf {
        public OrderIds() {
            super("day", "live");
        }
    }

    public static final class SnapshotInterval implements ITypeConverter<Long> {
        @Override
        public Long convert(String value) {
            return value.equalsIgnoreCase("none") ? 0L : new DurationValue().convert(value);
        }
    }

    public static final class Speed implements ITypeConverter<String> {
        public static final String MAX = "max";
        private static final Pattern FACTOR = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)x?");

        @Override
        public String convert(String value) {
            String factor = value.replaceFirst("[xX]$", "");
            if (value.equalsIgnoreCase(MAX)) {
                return MAX;
            }
            if (FACTOR.matcher(factor).matches() && new BigDecimal(factor).signum() > 0) {
                return factor;
            }
            throw new TypeConversionException(
                    "expected max or a factor above zero such as 1x or 10x, was \"" + value + "\"");
        }
    }

    public static final class HeapSize implements ITypeConverter<String> {
        private static final Pattern SIZE = Pattern.compile("[1-9]\\d{0,6}[mMgG]");

        @Override
        public String convert(String value) {
            if (SIZE.matcher(value).matches()) {
                return value;
            }
            throw new TypeConversionException("expected a size such as 2g or 1500m, was \"" + value + "\"");
        }

        /** The memory of the replay program: as given, else {@code CROSSBOOK_HEAP}, else {@code null} for our own choice. */
        public static @Nullable String of(@Nullable String given, Map<String, String> environment) {
            @Nullable String fromEnvironment = environment.get("CROSSBOOK_HEAP");
            if (given != null || fromEnvironment == null || fromEnvironment.isEmpty()) {
                return given;
            }
            try {
                return new HeapSize().convert(fromEnvironment);
            } catch (TypeConversionException fault) {
                throw new UsageException("CROSSBOOK_HEAP: " + fault.getMessage());
            }
        }
    }

    /** Refuses values that picocli's types let through. */
    void check() {
        if (runId != null) {
            RunNames.checked(runId);
        }
        if (resume && replace) {
            throw new UsageException("--resume goes on with a run and --replace throws it away; give one of them");
        }
        if (parallelism < 1 || parallelism > MOST_PARALLEL) {
            throw new UsageException("--parallelism: expected 1 to " + MOST_PARALLEL + ", was " + parallelism);
        }
        if (maxRejects != null && maxRejects < 0) {
            throw new UsageException("--max-rejects: expected zero or more, was " + maxRejects);
        }
        if (checkpointIntervalMillis() < SHORTEST_CHECKPOINT_MILLIS) {
            throw new UsageException("--checkpoint-interval: expected 10ms or more, was "
                    + DurationValue.format(checkpointIntervalNanos));
        }
    }

    @Nullable
    String heap(Map<String, String> environment) {
        return HeapSize.of(heap, environment);
    }

    long checkpointIntervalMillis() {
        return checkpointIntervalNanos / NANOS_PER_MILLI;
    }

    /** The factor, or {@code null} for as fast as it goes. */
    @Nullable
    String speedFactor() {
        return speed.equals(Speed.MAX) ? null : speed;
    }
}
