package io.crossbook.benchmarks;

import io.crossbook.cli.generate.FlowPreset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.util.ListStatistics;

/**
 * Runs the benchmarks and writes their medians as Markdown tables: the order book beside the other engines with the
 * ratio to exchange-core and its target, then everything else. A ratio is the median of the ratios of all shots.
 *
 * <p>Arguments: the file to write, then those of JMH.
 */
public final class Measure {
    private static final String BOOK = OrderBookBenchmark.class.getSimpleName();
    private static final String GARBAGE = "gc.alloc.rate.norm";
    private static final double MIDDLE = 50;
    private static final double QUARTER = 25;

    private Measure() {}

    public static void main(String[] arguments) throws RunnerException, CommandLineOptionException, IOException {
        String[] ofJmh = Arrays.copyOfRange(arguments, 1, arguments.length);
        Options options = new OptionsBuilder()
                .parent(new CommandLineOptions(ofJmh))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .build();
        Files.writeString(Path.of(arguments[0]), tables(new Runner(options).run()));
    }

    private static String tables(Collection<RunResult> results) {
        Map<String, RunResult> books = results.stream()
                .filter(result -> result.getParams().getBenchmark().contains(BOOK))
                .collect(Collectors.toMap(result -> key(param(result, "flow"), param(result, "crossbook")), r -> r));
        StringBuilder text = new StringBuilder();
        if (!books.isEmpty()) {
            text.append(
                            "| flow | ids | Crossbook | exchange-core | textbook | ratio | middle half of the ratios | target"
                                    + " | holds |\n")
                    .append("|---|---|---|---|---|---|---|---|---|\n");
            appendBooks(text, books, Engine.CROSSBOOK, "counted");
            appendBooks(text, books, Engine.CROSSBOOK_LIVE_IDS, "`--order-ids live`");
            appendBooks(text, books, Engine.CROSSBOOK_RANDOM_IDS, "not counted");
            text.append('\n');
        }
        appendOthers(text, results);
        return text.toString();
    }

    private static void appendBooks(StringBuilder text, Map<String, RunResult> books, Engine engine, String ids) {
        for (FlowPreset flow : FlowPreset.values()) {
            @Nullable RunResult result = books.get(key(flow.name(), engine.name()));
            if (result != null) {
                appendBook(text, flow, result, engine == Engine.CROSSBOOK, ids);
            }
        }
    }

    /** The target is one for the book as it is by default. */
    private static void appendBook(
            StringBuilder text, FlowPreset flow, RunResult result, boolean hasTarget, String ids) {
        double[] ours = nanosPerCommand(result, "crossbook");
        double[] theirs = nanosPerCommand(result, "exchangeCore");
        double[] textbook = nanosPerCommand(result, "textbook");
        double[] ratios = IntStream.range(0, ours.length)
                .mapToDouble(shot -> ours[shot] / theirs[shot])
                .toArray();
        double ratio = percentile(ratios, MIDDLE);
        double target = flow == FlowPreset.MOVES ? 1.0 : 0.75;
        text.append(String.format(
                Locale.ROOT,
                "| %s | %s | %.0f ns | %.0f ns | %.0f ns | %.2f | %.2f to %.2f | %s | %s |%n",
                flow.name().toLowerCase(Locale.ROOT),
                ids,
                percentile(ours, MIDDLE),
                percentile(theirs, MIDDLE),
                percentile(textbook, MIDDLE),
                ratio,
                percentile(ratios, QUARTER),
                percentile(ratios, 2 * MIDDLE - QUARTER),
                hasTarget ? String.format(Locale.ROOT, "\u2264 %.2f", target) : "",
                hasTarget ? ratio <= target ? "yes" : "no" : ""));
    }

    /** Of each shot, in the order they were taken. */
    private static double[] nanosPerCommand(RunResult result, String engine) {
        return result.getBenchmarkResults().stream()
                .flatMap(fork -> fork.getIterationResults().stream())
                .mapToDouble(shot -> shot.getSecondaryResults().get(engine).getScore() / OrderBookBenchmark.COMMANDS)
                .toArray();
    }

    private static void appendOthers(StringBuilder text, Collection<RunResult> results) {
        text.append("| benchmark | parameters | median | unit | bytes/operation |\n|---|---|---|---|---|\n");
        for (RunResult result : results) {
            BenchmarkParams params = result.getParams();
            if (!params.getBenchmark().contains(BOOK)) {
                String parameters = params.getParamsKeys().stream()
                        .map(name -> name + " " + params.getParam(name))
                        .collect(Collectors.joining(", "));
                String name = params.getBenchmark().replaceFirst(".*\\.(\\w+\\.\\w+)$", "$1");
                text.append(String.format(
                        Locale.ROOT,
                        "| %s | %s | %.1f | %s | %.1f |%n",
                        name,
                        parameters,
                        median(result),
                        result.getPrimaryResult().getScoreUnit(),
                        garbage(result)));
            }
        }
    }

    private static String param(RunResult result, String name) {
        return result.getParams().getParam(name);
    }

    private static String key(String flow, String engine) {
        return flow + ' ' + engine;
    }

    private static double percentile(double[] values, double rank) {
        return new ListStatistics(values).getPercentile(rank);
    }

    private static double median(RunResult result) {
        return result.getPrimaryResult().getStatistics().getPercentile(MIDDLE);
    }

    private static double garbage(RunResult result) {
        for (Map.Entry<String, ? extends Result<?>> secondary :
                secondary(result).entrySet()) {
            if (secondary.getKey().contains(GARBAGE)) {
                return secondary.getValue().getScore();
            }
        }
        return Double.NaN;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // JMH declares the map with a raw Result.
    private static Map<String, ? extends Result<?>> secondary(RunResult result) {
        return (Map) result.getSecondaryResults();
    }
}
