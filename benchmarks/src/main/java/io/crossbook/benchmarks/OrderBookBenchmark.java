package io.crossbook.benchmarks;

import io.crossbook.cli.generate.FlowCommands;
import io.crossbook.cli.generate.FlowPreset;
import io.crossbook.cli.generate.FlowSettings;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Nanoseconds per command of the order book alone, on each reference flow, beside exchange-core's direct book and a
 * textbook book.
 *
 * <p>An iteration is one shot: each engine in turn runs the whole flow, {@value #COMMANDS} commands, through fresh books
 * that were filled before its clock started. A flow must go on through one book, so an average over repeats of a short
 * piece would measure another thing; and a machine has fast and slow minutes, so what is compared must follow each other
 * within a second. The times of the engines are the secondary results; that of the whole shot means nothing.
 *
 * <p>The collector is the parallel one: it suits those that link objects best. Under G1, whose barriers they pay for
 * with every link, exchange-core took up to 2.5 times as long, which would flatter a book of plain arrays.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 6)
@Measurement(iterations = 8)
@Fork(
        value = 3,
        jvmArgsAppend = {
            "-XX:+UseParallelGC",
            "-Xms4g",
            "-Xmx4g",
            "-Xmn3g",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED"
        })
public class OrderBookBenchmark {
    static final int COMMANDS = 1_000_000;

    private static final long SEED = 42;

    @Param({"BALANCED", "MOVES", "TAKING", "DEEP", "MULTI"})
    private FlowPreset flow = FlowPreset.BALANCED;

    /** Ours, as it is by default and with other ids; its code is compiled for one of them in each process. */
    @Param({"CROSSBOOK", "CROSSBOOK_LIVE_IDS", "CROSSBOOK_RANDOM_IDS"})
    private Engine crossbook = Engine.CROSSBOOK;

    private FlowCommands commands;

    /** Nanoseconds that each engine took for the whole flow. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Nanos {
        public long crossbook;
        public long exchangeCore;
        public long textbook;
    }

    @Setup(Level.Trial)
    public void drawFlow() {
        commands = FlowCommands.of(FlowSettings.of(flow, COMMANDS, SEED));
    }

    @Benchmark
    public void allEngines(Nanos nanos) {
        nanos.crossbook = nanosOf(crossbook);
        nanos.exchangeCore = nanosOf(Engine.EXCHANGE_CORE);
        nanos.textbook = nanosOf(Engine.TEXTBOOK);
    }

    private long nanosOf(Engine engine) {
        MeasuredBooks books = engine.books(commands, flow.shape().instruments());
        books.run(commands, 0, commands.prefill());
        // What the setup leaves behind is not collected on the flow's time.
        System.gc();
        long start = System.nanoTime();
        books.run(commands, commands.prefill(), commands.size());
        long nanos = System.nanoTime() - start;
        if (books.trades() == 0 || books.notional() == 0) {
            throw new IllegalStateException("no engine is measured that does nothing");
        }
        return nanos;
    }
}
