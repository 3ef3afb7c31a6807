package io.crossbook.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.flink.MarketTypes;
import io.crossbook.matching.MatchingSettings;
import io.crossbook.matching.flink.MatchingOperator;
import io.crossbook.model.InputHeader;
import io.crossbook.model.Instruments;
import io.crossbook.model.MarketInput;
import io.crossbook.model.RunEvent;
import io.crossbook.model.Timestamps;
import io.crossbook.pnl.LedgerSettings;
import io.crossbook.pnl.flink.PnlOperator;
import io.crossbook.testkit.Inputs;
import io.crossbook.testkit.OrderFlow;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Matcher and ledger one behind the other, killed and restored together, on each state backend that can be chosen. */
class StateBackendTest {
    private static final long SEED = Long.getLong("crossbook.seed", 20240304);
    private static final List<String> INSTRUMENTS = List.of("A", "B", "C");
    private static final int COMMANDS = 1_500;
    private static final int COMMANDS_BETWEEN_CRASHES = 110;

    /** As {@code --state} names them. */
    enum Backend {
        HEAP,
        ROCKSDB;

        StateBackend create() {
            return this == HEAP ? new HashMapStateBackend() : new EmbeddedRocksDBStateBackend();
        }
    }

    @ParameterizedTest
    @EnumSource
    void saysWhatTheUnbrokenRunSays(Backend backend) throws Exception {
        List<MarketInput> commands = commands();
        List<RunEvent> expected;
        try (Pipeline unbroken = new Pipeline(Backend.HEAP, null)) {
            unbroken.takeAll(commands);
            expected = unbroken.end();
        }
        List<RunEvent> said = new ArrayList<>();
        Saved saved = null;
        for (int from = 0; from < commands.size(); from += COMMANDS_BETWEEN_CRASHES) {
            int to = Math.min(from + COMMANDS_BETWEEN_CRASHES, commands.size());
            try (Pipeline pipeline = new Pipeline(backend, saved)) {
                pipeline.takeAll(commands.subList(from, (from + to) / 2));
                pipeline.save(1);
                pipeline.takeAll(commands.subList((from + to) / 2, to));
                saved = pipeline.save(2);
                said.addAll(pipeline.said);
                // What is handled behind the snapshot is lost with the crash and comes again.
                pipeline.takeAll(commands.subList(to, Math.min(to + 5, commands.size())));
            }
        }
        try (Pipeline pipeline = new Pipeline(backend, saved)) {
            said.addAll(pipeline.end());
        }
        assertThat(said).as("seed %d", SEED).isEqualTo(expected);
    }

    private static List<MarketInput> commands() {
        List<OrderFlow> flows = INSTRUMENTS.stream()
                .map(name -> new OrderFlow(OrderFlow.Profile.MIXED, SEED + name.charAt(0)))
                .toList();
        Random random = new Random(SEED);
        List<MarketInput> commands = new ArrayList<>();
        for (int i = 0; i < COMMANDS; i++) {
            int flow = random.nextInt(flows.size());
            MarketInput command = flows.get(flow).next();
            InputHeader header = command.header();
            commands.add(Inputs.withHeader(
                    command,
                    new InputHeader(
                            INSTRUMENTS.get(flow), header.transactTime(), header.origin(), header.idempotencyKey())));
        }
        return commands;
    }

    /** What one checkpoint keeps of both operators. */
    private record Saved(OperatorSubtaskState matcher, OperatorSubtaskState ledger) {}

    /** Both operators, the one fed by the other. */
    private static final class Pipeline implements AutoCloseable {
        private final KeyedOneInputStreamOperatorTestHarness<String, MarketInput, RunEvent> matcher;
        private final KeyedOneInputStreamOperatorTestHarness<String, RunEvent, RunEvent> ledger;
        private final List<RunEvent> said = new ArrayList<>();

        Pipeline(Backend backend, @Nullable Saved saved) throws Exception {
            MatchingSettings settings =
                    new MatchingSettings(true, true, 60 * Timestamps.NANOS_PER_SECOND, true, false, false);
            matcher = begin(
                    new MatchingOperator(Instruments.none(), settings),
                    MarketInput::instrument,
                    backend,
                    saved == null ? null : saved.matcher());
            ledger = begin(
                    new PnlOperator(Instruments.none(), new LedgerSettings(false, false, true)),
                    RunEvent::instrument,
                    backend,
                    saved == null ? null : saved.ledger());
        }

        private static <I> KeyedOneInputStreamOperatorTestHarness<String, I, RunEvent> begin(
                OneInputStreamOperator<I, RunEvent> operator,
                KeySelector<I, String> key,
                Backend backend,
                @Nullable OperatorSubtaskState saved)
                throws Exception {
            KeyedOneInputStreamOperatorTestHarness<String, I, RunEvent> harness =
                    new KeyedOneInputStreamOperatorTestHarness<>(
                            operator, key, Types.STRING, ReplayTopology.MAX_PARALLELISM, 1, 0);
            harness.setStateBackend(backend.create());
            harness.setup(MarketTypes.EVENT.createSerializer(
                    harness.getExecutionConfig().getSerializerConfig()));
            if (saved != null) {
                harness.initializeState(saved);
            }
            harness.open();
            return harness;
        }

        void takeAll(List<MarketInput> commands) throws Exception {
            for (MarketInput command : commands) {
                matcher.processElement(command, 0);
                handOn();
            }
        }

        private void handOn() throws Exception {
            for (RunEvent event : matcher.extractOutputValues()) {
                ledger.processElement(event, 0);
            }
            matcher.getOutput().clear();
            said.addAll(ledger.extractOutputValues());
            ledger.getOutput().clear();
        }

        Saved save(long checkpoint) throws Exception {
            return new Saved(matcher.snapshot(checkpoint, checkpoint), ledger.snapshot(checkpoint, checkpoint));
        }

        List<RunEvent> end() throws Exception {
            matcher.endInput();
            handOn();
            ledger.endInput();
            handOn();
            return said;
        }

        @Override
        public void close() {
            try {
                matcher.close();
                ledger.close();
            } catch (Exception unclosed) {
                throw new IllegalStateException("cannot close an operator", unclosed);
            }
        }
    }
}
