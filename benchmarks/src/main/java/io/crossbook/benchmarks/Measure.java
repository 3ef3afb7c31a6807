package io.crossbook.benchmarks;

import io.crossbook.cli.generate.FlowPreset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
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
 * ratio to exchange-core and its target, then everything else.
 *
 * <p>A machine has fast and slow minutes, so all is run in rounds: within a round the engines follow each other, and a
 * ratio is the median of those of the rounds.
 *
 * <p>Arguments: the file to write, the number of rounds, then those of JMH.
 */
public final class Measure {
    private static final String BOOK = OrderBookBenchmark.class.getSimpleName();
    private static final String GARBAGE = "gc.alloc.rate.norm";
    private static final double MIDDLE = 50;

    private Measure() {}

    public static void main(String[] arguments) throws RunnerException, CommandLineOptionException, IOException {
        String[] ofJmh = Arrays.copyOfRange(arguments, 2, arguments.length);
        Options options = new OptionsBuilder()
                .parent(new CommandLineOptions(ofJmh))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .build();
        List<Collection<RunResult>> rounds = new ArrayList<>();
        for (int left = Integer.parseInt(arguments[1]); left > 0; left--) {
            rounds.add(new Runner(options).run());
        }
        Files.writeString(Path.of(arguments[0]), tables(rounds));
    }

    private static String tables(List<Collection<RunResult>> rounds) {
        Map<String, List<RunResult>> books = rounds.stream()
                .flatMap(Collection::stream)
                .filter(result -> result.getParams().getBenchmark().contains(BOOK))
                .collect(Collectors.groupingBy(result -> key(param(result, "flow"), param(result, "engine"))));
        StringBuilder text = new StringBuilder();
        if (!books.isEmpty()) {
            text.append("| flow | Crossbook | exchange-core | textbook | `--order-ids live` | ids nobody counts | ratio"
                            + " | of the rounds | target | holds |\n")
                    .append("|---|---|---|---|---|---|---|---|---|---|\n");
            for (FlowPreset flow : FlowPreset.values()) {
                appendBook(text, flow, books);
            }
            return text.toString();
        }
        appendOthers(text, rounds.get(0));
        return text.toString();
    }

    private static void appendBook(StringBuilder text, FlowPreset flow, Map<String, List<RunResult>> books) {
        @Nullable List<RunResult> ours = books.get(key(flow.name(), Engine.CROSSBOOK.name()));
        @Nullable List<RunResult> theirs = books.get(key(flow.name(), Engine.EXCHANGE_CORE.name()));
        if (ours == null || theirs == null) {
            return;
        }
        double[] ratios = IntStream.range(0, ours.size())
                .mapToDouble(round -> median(ours.get(round)) / median(theirs.get(round)))
                .sorted()
                .toArray();
        double ratio = median(ratios);
        double target = flow == FlowPreset.MOVES ? 1.0 : 0.75;
        text.append("| ").append(flow.name().toLowerCase(Locale.ROOT));
        for (Engine engine : List.of(
                Engine.CROSSBOOK,
                Engine.EXCHANGE_CORE,
                Engine.TEXTBOOK,
                Engine.CROSSBOOK_LIVE_IDS,
                Engine.CROSSBOOK_RANDOM_IDS)) {
            text.append(time(books.get(key(flow.name(), engine.name()))));
        }
        text.append(String.format(
                Locale.ROOT,
                " | %.2f | %.2f to %.2f | \u2264 %.2f | %s |%n",
                ratio,
                ratios[0],
                ratios[ratios.length - 1],
                target,
                ratio <= target ? "yes" : "no"));
    }

    private static String time(@Nullable List<RunResult> rounds) {
        if (rounds == null) {
            return " | ";
        }
        double[] medians = rounds.stream().mapToDouble(Measure::median).toArray();
        return String.format(Locale.ROOT, " | %.0f ns", median(medians));
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

    private static double median(double[] values) {
        return new ListStatistics(values).getPercentile(MIDDLE);
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
