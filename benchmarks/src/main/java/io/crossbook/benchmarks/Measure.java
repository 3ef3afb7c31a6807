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

/**
 * Runs the benchmarks and writes their medians as Markdown tables: the order book beside the other engines with the
 * ratio to exchange-core and its target, then everything else.
 *
 * <p>Arguments: the file to write, then those of JMH.
 */
public final class Measure {
    private static final String BOOK = OrderBookBenchmark.class.getSimpleName();
    private static final String GARBAGE = "gc.alloc.rate.norm";

    private Measure() {}

    public static void main(String[] arguments) throws RunnerException, CommandLineOptionException, IOException {
        String[] ofJmh = Arrays.copyOfRange(arguments, 1, arguments.length);
        Options options = new OptionsBuilder()
                .parent(new CommandLineOptions(ofJmh))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .build();
        Collection<RunResult> results = new Runner(options).run();
        Files.writeString(Path.of(arguments[0]), tables(results));
    }

    private static String tables(Collection<RunResult> results) {
        Map<String, RunResult> books = results.stream()
                .filter(result -> result.getParams().getBenchmark().contains(BOOK))
                .collect(Collectors.toMap(result -> key(param(result, "flow"), param(result, "engine")), r -> r));
        StringBuilder text = new StringBuilder();
        if (!books.isEmpty()) {
            text.append(
                            "| flow | Crossbook | ids nobody counts | `--order-ids live` | exchange-core | textbook | ratio | target | holds | Crossbook bytes/command |\n")
                    .append("|---|---|---|---|---|---|---|---|---|---|\n");
            for (FlowPreset flow : FlowPreset.values()) {
                appendBook(text, flow, books);
            }
            text.append('\n');
        }
        appendOthers(text, results);
        return text.toString();
    }

    private static void appendBook(StringBuilder text, FlowPreset flow, Map<String, RunResult> books) {
        @Nullable RunResult ours = books.get(key(flow.name(), Engine.CROSSBOOK.name()));
        @Nullable RunResult random = books.get(key(flow.name(), Engine.CROSSBOOK_RANDOM_IDS.name()));
        @Nullable RunResult live = books.get(key(flow.name(), Engine.CROSSBOOK_LIVE_IDS.name()));
        @Nullable RunResult theirs = books.get(key(flow.name(), Engine.EXCHANGE_CORE.name()));
        @Nullable RunResult textbook = books.get(key(flow.name(), Engine.TEXTBOOK.name()));
        if (ours == null || random == null || live == null || theirs == null || textbook == null) {
            return;
        }
        double target = flow == FlowPreset.MOVES ? 1.0 : 0.75;
        double ratio = median(ours) / median(theirs);
        text.append(String.format(
                Locale.ROOT,
                "| %s | %.0f ns | %.0f ns | %.0f ns | %.0f ns | %.0f ns | %.2f | ≤ %.2f | %s | %.1f |%n",
                flow.name().toLowerCase(Locale.ROOT),
                median(ours),
                median(random),
                median(live),
                median(theirs),
                median(textbook),
                ratio,
                target,
                ratio <= target ? "yes" : "no",
                garbage(ours)));
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

    private static double median(RunResult result) {
        return result.getPrimaryResult().getStatistics().getPercentile(50);
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
