package io.crossbook.cli.generate;

/**
 * Everything that decides a generated flow.
 *
 * @param commands commands behind the prefill
 * @param clients accounts that the orders belong to
 * @param commandsPerSecond mean rate, in the time of the flow
 * @param startNanos time of the first command, nanoseconds since 1970 UTC
 * @param days days over which the commands are spread evenly, each starting at the same time of day
 */
public record FlowSettings(
        FlowShape shape, long commands, long seed, int clients, double commandsPerSecond, long startNanos, int days) {
    /** 2024-03-04T09:00:00Z. */
    public static final long DEFAULT_START_NANOS = 1_709_542_800_000_000_000L;

    public static final int DEFAULT_CLIENTS = 50;
    public static final double DEFAULT_COMMANDS_PER_SECOND = 1_000;

    public FlowSettings {
        if (commands < 0 || clients < 1 || days < 1 || !(commandsPerSecond > 0)) {
            throw new IllegalArgumentException("commands must be zero or more, clients and days one or more, rate above"
                    + " zero; they were " + commands + ", " + clients + ", " + days + ", " + commandsPerSecond);
        }
    }

    /** A preset with everything else as by default. */
    public static FlowSettings of(FlowPreset preset, long commands, long seed) {
        return new FlowSettings(
                preset.shape(), commands, seed, DEFAULT_CLIENTS, DEFAULT_COMMANDS_PER_SECOND, DEFAULT_START_NANOS, 1);
    }
}
