package io.crossbook.cli.generate;

import io.crossbook.cli.console.ExitCode;
import io.crossbook.cli.console.OneOf;
import io.crossbook.cli.console.Surroundings;
import io.crossbook.cli.console.TimeValue;
import io.crossbook.cli.console.UsageException;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code crossbook generate}: seeded synthetic order flow as a commands file. */
@Command(
        name = "generate",
        sortOptions = false,
        description = {
            "Writes seeded synthetic order flow as a commands file. The same options give the same bytes everywhere.",
            "",
            "Presets: balanced, moves, taking, deep and multi are flows for measuring: first the orders that fill the"
                    + " books, then the commands. day is a trading day in three instruments with market makers, takers,"
                    + " icebergs, stops, an opening auction, a halt and a close.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./crossbook generate --commands 1000000 --out flow.csv.gz",
            "  ./crossbook generate --preset day --out day.csv.gz --instruments-file instruments.csv",
            "  ./crossbook generate --preset taking --commands 1000 --out - | head"
        })
public final class GenerateCommand implements Callable<Integer> {
    private static final int BUFFER_BYTES = 1 << 17;
    private static final String STANDARD_OUT = "-";

    private final Surroundings surroundings;

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            converter = PresetWord.class,
            description = "balanced, moves, taking, deep, multi or day. Default: ${DEFAULT-VALUE}.")
    private String preset = "balanced";

    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            description = "Commands file to write; .gz compresses it, - is standard output.")
    private String out = STANDARD_OUT;

    @Option(
            names = "--instruments-file",
            paramLabel = "FILE",
            description = "Also writes the instruments, for backtest --instruments.")
    private @Nullable Path instrumentsFile;

    @Option(
            names = "--commands",
            paramLabel = "N",
            description = "Commands behind those that fill the books. Default: 200000.")
    private long commands = 200_000;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of all that is random. Default: 42.")
    private long seed = 42;

    @Option(
            names = "--instruments",
            paramLabel = "K",
            description = "Number of instruments, each with a book as large as in the preset. Default: the preset's.")
    private @Nullable Integer instruments;

    @Option(names = "--clients", paramLabel = "C", description = "Number of accounts. Default: 50, for day 28.")
    private @Nullable Integer clients;

    @Option(
            names = "--rate",
            paramLabel = "PER_SECOND",
            description = "Mean commands per second in the time of the flow. Default: 1000.")
    private @Nullable Double rate;

    @Option(
            names = "--start",
            paramLabel = "TIME",
            converter = TimeValue.class,
            description = "Time of the first command. Default: 2024-03-04T09:00:00Z.")
    private long start = FlowSettings.DEFAULT_START_NANOS;

    @Option(names = "--days", paramLabel = "D", description = "Days that the commands are spread over. Default: 1.")
    private int days = 1;

    @Option(names = "--cancel-share", paramLabel = "SHARE", description = "Share of cancels, from 0 to 1.")
    private @Nullable Double cancelShare;

    @Option(names = "--replace-share", paramLabel = "SHARE", description = "Share of replaces, from 0 to 1.")
    private @Nullable Double replaceShare;

    @Option(names = "--market-share", paramLabel = "SHARE", description = "Share of market orders, from 0 to 1.")
    private @Nullable Double marketShare;

    public GenerateCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        FlowPreset flow = FlowPreset.valueOf(preset.toUpperCase(Locale.ROOT));
        FlowSettings settings = settings(flow);
        if (instrumentsFile != null) {
            try (OutputStream file = create(instrumentsFile)) {
                writeInstruments(flow, settings, file);
            }
        }
        try (OutputStream file = open()) {
            write(flow, settings, file);
        }
        return ExitCode.OK;
    }

    private FlowSettings settings(FlowPreset flow) {
        if (flow == FlowPreset.DAY && (instruments != null || rate != null || ownShares())) {
            throw new UsageException("generate: --preset day has instruments, rate and shares of its own; leave out"
                    + " --instruments, --rate, --cancel-share, --replace-share, --market-share");
        }
        try {
            return new FlowSettings(
                    shape(flow),
                    commands,
                    seed,
                    orElse(
                            clients,
                            flow == FlowPreset.DAY ? DayGenerator.DEFAULT_CLIENTS : FlowSettings.DEFAULT_CLIENTS),
                    rate == null ? FlowSettings.DEFAULT_COMMANDS_PER_SECOND : rate,
                    start,
                    days);
        } catch (IllegalArgumentException wrong) {
            throw new UsageException("generate: " + wrong.getMessage());
        }
    }

    private FlowShape shape(FlowPreset flow) {
        FlowShape shape = flow.shape();
        if (instruments != null) {
            shape = shape.withInstruments(instruments);
        }
        if (!ownShares()) {
            return shape;
        }
        return shape.withShares(
                cancelShare == null ? shape.cancelShare() : cancelShare,
                replaceShare == null ? shape.replaceShare() : replaceShare,
                marketShare == null ? shape.marketShare() : marketShare);
    }

    private boolean ownShares() {
        return cancelShare != null || replaceShare != null || marketShare != null;
    }

    private static int orElse(@Nullable Integer given, int otherwise) {
        return given == null ? otherwise : given;
    }

    private static void writeInstruments(FlowPreset flow, FlowSettings settings, OutputStream file) throws IOException {
        if (flow == FlowPreset.DAY) {
            DayGenerator.writeInstruments(file);
        } else {
            FlowCsv.writeInstruments(file, settings.shape().instruments());
        }
    }

    private void write(FlowPreset flow, FlowSettings settings, OutputStream file) throws IOException {
        if (flow == FlowPreset.DAY) {
            long lines = DayGenerator.run(settings, file);
            surroundings.console().say(String.format(Locale.ROOT, "%,d lines, seed %d", lines, seed));
            return;
        }
        int prefill = FlowGenerator.run(settings, new FlowCsv(file, settings));
        surroundings
                .console()
                .say(String.format(
                        Locale.ROOT,
                        "%,d lines that fill the books, then %,d commands, seed %d",
                        prefill,
                        commands,
                        seed));
    }

    private OutputStream open() throws IOException {
        if (out.equals(STANDARD_OUT)) {
            return new BufferedOutputStream(new KeptOpen(surroundings.console().out()), BUFFER_BYTES);
        }
        OutputStream file = create(Path.of(out));
        // The header of a gzip stream as Java writes it holds no time and no name: same flow, same bytes.
        return new BufferedOutputStream(
                out.endsWith(".gz") ? new GZIPOutputStream(file, BUFFER_BYTES) : file, BUFFER_BYTES);
    }

    private OutputStream create(Path typed) throws IOException {
        Path file = surroundings.resolve(typed);
        Path folder = file.getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw new UsageException(
                    "generate: there is no folder " + surroundings.shown(folder) + " to write " + typed + " to");
        }
        if (Files.isDirectory(file)) {
            throw new UsageException("generate: " + typed + " is a folder; name a file");
        }
        return Files.newOutputStream(file);
    }

    /** Standard output outlives what is written to it. */
    private static final class KeptOpen extends FilterOutputStream {
        KeptOpen(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }

    static final class PresetWord extends OneOf {
        PresetWord() {
            super("balanced", "moves", "taking", "deep", "multi", "day");
        }
    }
}
