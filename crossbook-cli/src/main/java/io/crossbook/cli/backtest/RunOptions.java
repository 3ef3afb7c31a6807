package io.crossbook.cli.backtest;

import io.crossbook.cli.console.DurationValue;
import io.crossbook.cli.console.UsageException;
import io.crossbook.model.Decimal;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say how to run and what to keep. */
public final class RunOptions {
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

    @Mixin
    JobOptions job = new JobOptions();

    @Option(
            names = "--checkpoint-interval",
            paramLabel = "TIME",
            converter = DurationValue.class,
            description = "How often state is saved for --resume. Default: 10s.")
    long checkpointIntervalNanos = 10 * NANOS_PER_SECOND;

    @Option(names = "--executions", description = "Writes executions.csv and the table executions too.")
    boolean executions;

    @Option(names = "--book-history", description = "Stores every change of the order book.")
    boolean bookHistory;

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
            names = "--resume",
            description = "Goes on with a stopped run from its newest checkpoint; give the same arguments as before.")
    boolean resume;

    @Option(names = "--replace", description = "Throws an earlier run of the same name away and starts over.")
    boolean replace;

    @Option(
            names = "--capital",
            paramLabel = "AMOUNT",
            converter = Capital.class,
            description = "What each client began with, in each currency: report.html then has percentages of it too.")
    @Nullable
    Decimal capital;

    @Option(names = "--json", description = "Prints the run as one JSON document (that of run.json), nothing else.")
    boolean json;

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

    static final class Capital implements ITypeConverter<Decimal> {
        @Override
        public Decimal convert(String value) {
            @Nullable Decimal amount = Decimal.parseOrNull(value);
            if (amount == null || amount.signum() <= 0) {
                throw new TypeConversionException(
                        "expected an amount above zero such as 100000, was \"" + value + "\"");
            }
            return amount;
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
        job.check();
        if (maxRejects != null && maxRejects < 0) {
            throw new UsageException("--max-rejects: expected zero or more, was " + maxRejects);
        }
        if (checkpointIntervalMillis() < SHORTEST_CHECKPOINT_MILLIS) {
            throw new UsageException("--checkpoint-interval: expected 10ms or more, was "
                    + DurationValue.format(checkpointIntervalNanos));
        }
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
