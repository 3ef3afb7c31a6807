package io.crossbook.cli.backtest;

import io.crossbook.cli.console.DurationValue;
import io.crossbook.cli.console.OneOf;
import io.crossbook.cli.console.UsageException;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of the job, the same over files and on a topic. */
public final class JobOptions {
    private static final int MOST_PARALLEL = 128;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description = "Instruments are spread over N threads; the result is the same. Default: ${DEFAULT-VALUE}.")
    int parallelism = 1;

    @Option(
            names = "--state",
            paramLabel = "heap|rocksdb",
            converter = State.class,
            description = "Where state is kept: in memory, or on disk. Default: ${DEFAULT-VALUE}.")
    private String state = "heap";

    @Option(
            names = "--snapshot-interval",
            paramLabel = "TIME",
            converter = SnapshotInterval.class,
            description = "Event time between P&L snapshots, or none. Default: 1m.")
    private long snapshotIntervalNanos = 60 * NANOS_PER_SECOND;

    @Option(
            names = "--order-ids",
            paramLabel = "day|live",
            converter = OrderIds.class,
            description = "An order id is taken for the trading day, or while its order lives."
                    + " Default: ${DEFAULT-VALUE}.")
    private String orderIds = "day";

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            converter = HeapSize.class,
            description =
                    "Memory of the job, taken whole at its start, as 2g or 1500m; also CROSSBOOK_HEAP. Default: as"
                            + " much as it needs, up to a quarter of the machine's.")
    private @Nullable String heap;

    static final class State extends OneOf {
        State() {
            super("heap", "rocksdb");
        }
    }

    static final class OrderIds extends OneOf {
        OrderIds() {
            super("day", "live");
        }
    }

    static final class SnapshotInterval implements ITypeConverter<Long> {
        @Override
        public Long convert(String value) {
            return value.equalsIgnoreCase("none") ? 0L : new DurationValue().convert(value);
        }
    }

    static final class HeapSize implements ITypeConverter<String> {
        private static final Pattern SIZE = Pattern.compile("[1-9]\\d{0,6}[mMgG]");

        @Override
        public String convert(String value) {
            if (SIZE.matcher(value).matches()) {
                return value;
            }
            throw new TypeConversionException("expected a size such as 2g or 1500m, was \"" + value + "\"");
        }
    }

    /** Refuses values that picocli's types let through. */
    public void check() {
        if (parallelism < 1 || parallelism > MOST_PARALLEL) {
            throw new UsageException("--parallelism: expected 1 to " + MOST_PARALLEL + ", was " + parallelism);
        }
    }

    public int parallelism() {
        return parallelism;
    }

    public String state() {
        return state;
    }

    public long snapshotIntervalNanos() {
        return snapshotIntervalNanos;
    }

    public String orderIds() {
        return orderIds;
    }

    /** The memory of the replay program: as given, else {@code CROSSBOOK_HEAP}, else {@code null} for our own choice. */
    public @Nullable String heap(Map<String, String> environment) {
        @Nullable String fromEnvironment = environment.get("CROSSBOOK_HEAP");
        if (heap != null || fromEnvironment == null || fromEnvironment.isEmpty()) {
            return heap;
        }
        try {
            return new HeapSize().convert(fromEnvironment);
        } catch (TypeConversionException fault) {
            throw new UsageException("CROSSBOOK_HEAP: " + fault.getMessage());
        }
    }
}
