package io.crossbook.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Says where the CPU time of a backtest goes, from the collapsed stacks of async-profiler, as a Markdown table.
 *
 * <p>A sample of a task thread belongs to the stage of its innermost frame that belongs to one: a map that the matcher
 * looks into is matching. Arguments: file of collapsed stacks with threads, a sample each millisecond; number of commands.
 */
public final class StageTable {
    private static final double NANOS_PER_SAMPLE = 20e6;
    private static final double PERCENT = 100;

    private enum Stage {
        READ("read: file, gzip, lines, merge"),
        PARSE("parse"),
        SHIP("key, serialize and ship"),
        DESERIALIZE("receive and deserialize"),
        MATCH("match"),
        LEDGER("ledger"),
        ROWS("rows"),
        SPOOL("spool write"),
        POSTGRES("Postgres sink"),
        CHECKPOINT("checkpoint"),
        FLINK("Flink itself, in the task threads"),
        DIGEST("digest of the input"),
        CLOSING("closing: merge, hash, checks"),
        CLASSES("loading classes"),
        COMPILER("JIT compiler"),
        GARBAGE("garbage collector"),
        OTHERS("start and other threads");

        private final String words;

        Stage(String words) {
            this.words = words;
        }
    }

    /** A frame that begins like this belongs to the stage. */
    private record Rule(String begins, Stage stage) {}

    /** In this order; a frame that none fits belongs to whoever called it. */
    private static final List<Rule> FRAMES = List.of(
            new Rule("io/crossbook/replay/input/FileBytes.", Stage.READ),
            new Rule("io/crossbook/replay/input/GzipStream.", Stage.READ),
            new Rule("io/crossbook/replay/input/LineSource.", Stage.READ),
            new Rule("io/crossbook/replay/input/MergedReader.", Stage.READ),
            new Rule("io/crossbook/replay/input/", Stage.PARSE),
            new Rule("io/crossbook/replay/ReplaySource", Stage.READ),
            new Rule("io/crossbook/flink/MarketInputSerializer.deserialize", Stage.DESERIALIZE),
            new Rule("io/crossbook/flink/RunEventSerializer.deserialize", Stage.DESERIALIZE),
            new Rule("io/crossbook/flink/CodecSerializer.deserialize", Stage.DESERIALIZE),
            new Rule("io/crossbook/flink/MarketInputSerializer.", Stage.SHIP),
            new Rule("io/crossbook/flink/RunEventSerializer.", Stage.SHIP),
            new Rule("io/crossbook/flink/CodecSerializer.", Stage.SHIP),
            new Rule("io/crossbook/matching/", Stage.MATCH),
            new Rule("io/crossbook/pnl/", Stage.LEDGER),
            new Rule("io/crossbook/store/files/Spool.write", Stage.SPOOL),
            new Rule("io/crossbook/store/files/PendingFiles.", Stage.SPOOL),
            new Rule("io/crossbook/store/files/", Stage.ROWS),
            new Rule("io/crossbook/store/rows/", Stage.ROWS),
            new Rule("io/crossbook/store/", Stage.POSTGRES),
            new Rule("org/postgresql/", Stage.POSTGRES),
            new Rule("io/crossbook/replay/RunRows.", Stage.ROWS),
            new Rule("io/crossbook/replay/RunSinkWriter.", Stage.ROWS),
            new Rule("org/apache/flink/runtime/io/network/api/serialization/", Stage.DESERIALIZE),
            new Rule("org/apache/flink/runtime/io/network/partition/consumer/", Stage.DESERIALIZE),
            new Rule("org/apache/flink/streaming/runtime/io/checkpointing/", Stage.DESERIALIZE),
            new Rule("org/apache/flink/runtime/io/network/", Stage.SHIP),
            new Rule("org/apache/flink/streaming/runtime/partitioner/", Stage.SHIP),
            new Rule("org/apache/flink/streaming/runtime/io/RecordWriterOutput.", Stage.SHIP),
            new Rule("org/apache/flink/core/memory/", Stage.OTHERS),
            new Rule("org/apache/flink/", Stage.FLINK),
            new Rule("io/crossbook/flink/", Stage.FLINK));

    /** Wherever in the stack of a task thread: what else happens meanwhile happens for its sake. */
    private static final List<Rule> ANYWHERE = List.of(
            new Rule("java/lang/ClassLoader.", Stage.CLASSES),
            new Rule("java/lang/invoke/MethodHandleNatives.linkCallSite", Stage.CLASSES),
            new Rule("org/apache/flink/streaming/runtime/tasks/StreamTask.performCheckpoint", Stage.CHECKPOINT));

    private static final List<Rule> OF_MAIN = List.of(
            new Rule("java/lang/ClassLoader.", Stage.CLASSES),
            new Rule("io/crossbook/replay/InputDigest.", Stage.DIGEST),
            new Rule("io/crossbook/replay/RunClosing.", Stage.CLOSING));

    private static final List<Rule> THREADS = List.of(
            new Rule("[C1 Compiler", Stage.COMPILER),
            new Rule("[C2 Compiler", Stage.COMPILER),
            new Rule("[Sweeper", Stage.COMPILER),
            new Rule("[GC Thread", Stage.GARBAGE),
            new Rule("[G1 ", Stage.GARBAGE),
            new Rule("[VM Thread", Stage.GARBAGE),
            new Rule("[pass over the files", Stage.CLOSING),
            new Rule("[hash of the run", Stage.CLOSING),
            new Rule("[AsyncOperations-thread", Stage.CHECKPOINT),
            new Rule("[Checkpoint Timer", Stage.CHECKPOINT));

    private StageTable() {}

    public static void main(String[] arguments) throws IOException {
        Map<Stage, Long> samples = new EnumMap<>(Stage.class);
        try (Stream<String> stacks = Files.lines(Path.of(arguments[0]))) {
            stacks.forEach(line -> {
                int end = line.lastIndexOf(' ');
                samples.merge(
                        stageOf(line.substring(0, end).split(";")), Long.valueOf(line.substring(end + 1)), Long::sum);
            });
        }
        print(samples, Long.parseLong(arguments[1]));
    }

    private static Stage stageOf(String[] stack) {
        String thread = stack[0];
        if (thread.startsWith("[Source: ") || thread.startsWith("[Match orders")) {
            return ofTask(stack);
        }
        for (Rule rule : THREADS) {
            if (thread.startsWith(rule.begins)) {
                return rule.stage;
            }
        }
        return anywhere(stack, OF_MAIN);
    }

    private static Stage ofTask(String[] stack) {
        Stage meanwhile = anywhere(stack, ANYWHERE);
        if (meanwhile != Stage.OTHERS) {
            return meanwhile;
        }
        for (int i = stack.length - 1; i > 0; i--) {
            for (Rule rule : FRAMES) {
                if (stack[i].startsWith(rule.begins)) {
                    if (rule.stage != Stage.OTHERS) {
                        return rule.stage;
                    }
                    break;
                }
            }
        }
        return Stage.FLINK;
    }

    private static Stage anywhere(String[] stack, List<Rule> rules) {
        for (Rule rule : rules) {
            for (String frame : stack) {
                if (frame.startsWith(rule.begins)) {
                    return rule.stage;
                }
            }
        }
        return Stage.OTHERS;
    }

    private static void print(Map<Stage, Long> samples, long commands) {
        long all = samples.values().stream().mapToLong(Long::longValue).sum();
        System.out.println("| stage | CPU ns per command | share |\n|---|---|---|");
        for (Stage stage : Stage.values()) {
            printRow(stage.words, samples.getOrDefault(stage, 0L), all, commands);
        }
        printRow("all", all, all, commands);
    }

    private static void printRow(String stage, long samples, long all, long commands) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %.1f | %.1f %% |%n",
                stage,
                samples * NANOS_PER_SAMPLE / commands,
                all == 0 ? 0 : PERCENT * samples / all);
    }
}
