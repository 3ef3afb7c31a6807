package io.crossbook.benchmarks;

import io.crossbook.cli.generate.FlowCommands;
import io.crossbook.cli.generate.FlowPreset;
import io.crossbook.cli.generate.FlowSettings;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
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
 * <p>An iteration is one shot over a whole flow: fresh books, the prefill before the clock starts, then
 * {@value #COMMANDS} commands. A flow must go on through one book, so an average over repeats of a short piece would
 * measure another thing.
 *
 * <p>The collector is the parallel one for all engines: it suits those that link objects best. Under G1, whose barriers
 * they pay for with every link, exchange-core took up to 2.5 times as long, which would flatter a book of plain arrays.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 6)
@Measurement(iterations = 5)
@Fork(
        value = 1,
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

    @Param({"CROSSBOOK", "EXCHANGE_CORE", "TEXTBOOK", "CROSSBOOK_LIVE_IDS", "CROSSBOOK_RANDOM_IDS"})
    private Engine engine = Engine.CROSSBOOK;

    private FlowCommands commands;
    private MeasuredBooks books;

    @Setup(Level.Trial)
    public void drawFlow() {
        commands = FlowCommands.of(FlowSettings.of(flow, COMMANDS, SEED));
    }

    @Setup(Level.Iteration)
    public void fillBooks() {
        books = engine.books(commands, flow.shape().instruments());
        books.run(commands, 0, commands.prefill());
        // What the setup leaves behind is not collected on the flow's time.
        System.gc();
    }

    @Benchmark
    @OperationsPerInvocation(COMMANDS)
    public long nanosPerCommand() {
        books.run(commands, commands.prefill(), commands.size());
        return books.trades() + books.notional();
    }
}
