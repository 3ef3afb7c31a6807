package io.crossbook.pnl.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.flink.MarketTypes;
import io.crossbook.model.InputHeader;
import io.crossbook.model.Instruments;
import io.crossbook.model.MarketEvent;
import io.crossbook.model.MarketInput;
import io.crossbook.model.MarketInput.ExternalFill;
import io.crossbook.model.Origin;
import io.crossbook.model.PnlEvent;
import io.crossbook.model.Reason;
import io.crossbook.model.RunEvent;
import io.crossbook.model.Side;
import io.crossbook.model.Timestamps;
import io.crossbook.pnl.LedgerSettings;
import io.crossbook.testkit.Inputs;
import io.crossbook.testkit.OrderFlow;
import io.crossbook.testkit.Orders;
import io.crossbook.testkit.ReferenceBook;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The ledger through crashes: stopped anywhere and restored, it books what it would have booked. */
class PnlOperatorTest {
    private static final int KEY_GROUPS = 128;
    private static final int COMMANDS = 900;
    private static final List<String> INSTRUMENTS = List.of("A", "B", "C", "D");

    @ParameterizedTest
    @EnumSource
    void saysWhatTheUnbrokenRunSaysHoweverOftenItIsRestored(OrderFlow.Profile profile) throws Exception {
        for (int every : new int[] {60, 400}) {
            List<MarketEvent> events = matched(profile, every);
            List<RunEvent> expected = unbroken(events);
            assertThat(expected).as("%s realizes", profile).hasAtLeastOneElementOfType(PnlEvent.Realized.class);
            assertThat(brokenOff(events, every))
                    .as("%s, restored every %d events", profile, every)
                    .isEqualTo(expected);
        }
    }

    @Test
    void stillKnowsTradeIdsThatWereBookedBeforeTheSnapshot() throws Exception {
        OperatorSubtaskState saved = run(null, fill(1, "T1", "10"), fill(2, "T2", "11"));
        // Twice restored without a new trade in between: the memory is handed on, not only written once.
        saved = run(run(saved), fill(3, "T3", "12"));

        try (Harness restored = new Harness(saved)) {
            restored.take(fill(4, "T1", "10"));
            restored.take(fill(5, "T2", "99"));
            restored.take(fill(6, "T3", "12"));
            restored.endInput();

            assertThat(restored.said())
                    .filteredOn(MarketEvent.Duplicate.class::isInstance)
                    .map(duplicate -> ((MarketEvent.Duplicate) duplicate).duplicateOf())
                    .containsExactly(1L, 3L);
            assertThat(restored.said())
                    .filteredOn(MarketEvent.Refused.class::isInstance)
                    .map(refused -> ((MarketEvent.Refused) refused).reason())
                    .containsExactly(Reason.TRADE_ID_REUSED);
            PnlEvent.LedgerSummary summary = summaries(restored.said()).get(0);
            assertThat(List.of(summary.acceptedRows(), summary.rejectedRows(), summary.duplicateRows()))
                    .containsExactly(3L, 1L, 2L);
        }
    }

    @Test
    void remembersEachTradeIdOnceHoweverManySnapshotsAreTaken() throws Exception {
        OperatorSubtaskState once = run(null, fill(1, "T1", "10"));
        OperatorSubtaskState again = once;
        for (int i = 2; i < 22; i++) {
            again = run(again, fill(i, "T1", "10"));
        }
        assertThat(again.getStateSize()).isLessThan(once.getStateSize() + 100);
    }

    @Test
    void passesTheMatchersEventsOnInTheirOrderBeforeWhatTheyCause() throws Exception {
        List<MarketEvent> events = matched(OrderFlow.Profile.MIXED, 5);
        List<RunEvent> passedOn = unbroken(events).stream()
                .filter(MarketEvent.class::isInstance)
                .filter(event -> !isAboutFills((MarketEvent) event))
                .toList();
        assertThat(passedOn)
                .containsExactlyElementsOf(
                        events.stream().filter(event -> !isAboutFills(event)).toList());
    }

    @Test
    void saysTheEndOfEachInstrumentOnceEvenIfItComesBackBehindTheEnd() throws Exception {
        OperatorSubtaskState behindTheEnd;
        try (Harness harness = new Harness(null)) {
            harness.takeAll(matched(OrderFlow.Profile.QUIET, 3));
            harness.endInput();
            assertThat(summaries(harness.said()))
                    .map(PnlEvent.LedgerSummary::instrument)
                    .containsExactlyElementsOf(INSTRUMENTS);
            behindTheEnd = harness.snapshot();
        }
        try (Harness restored = new Harness(behindTheEnd)) {
            restored.endInput();
            assertThat(restored.said()).isEmpty();
        }
    }

    @Test
    void keepsItsLotsWhenItIsSpreadOverMoreSubtasks() throws Exception {
        List<MarketEvent> events = matched(OrderFlow.Profile.MIXED, 11);
        int half = events.size() / 2;
        OperatorSubtaskState saved;
        List<RunEvent> before;
        try (Harness one = new Harness(null)) {
            one.takeAll(events.subList(0, half));
            before = one.said();
            saved = one.snapshot();
        }
        List<RunEvent> after = new ArrayList<>();
        for (int subtask = 0; subtask < 2; subtask++) {
            int here = subtask;
            try (Harness part = new Harness(saved, 2, here)) {
                part.takeAll(events.subList(half, events.size()).stream()
                        .filter(event ->
                                KeyGroupRangeAssignment.assignKeyToParallelOperator(event.instrument(), KEY_GROUPS, 2)
                                        == here)
                        .toList());
                part.endInput();
                after.addAll(part.said());
            }
        }
        List<RunEvent> expected = unbroken(events);
        for (String instrument : INSTRUMENTS) {
            List<RunEvent> all = new ArrayList<>(of(instrument, before));
            all.addAll(of(instrument, after));
            assertThat(all).as(instrument).isEqualTo(of(instrument, expected));
        }
    }

    /** What the reference books say to flows of several instruments, mixed. */
    private static List<MarketEvent> matched(OrderFlow.Profile profile, long seed) {
        List<OrderFlow> flows = INSTRUMENTS.stream()
                .map(name -> new OrderFlow(profile, seed * 100 + name.charAt(0)))
                .toList();
        List<ReferenceBook> books = INSTRUMENTS.stream()
                .map(name -> new ReferenceBook(
                        Instruments.none().get(name), false, false, 60 * Timestamps.NANOS_PER_SECOND, true))
                .toList();
        Random random = new Random(seed);
        List<MarketEvent> events = new ArrayList<>();
        Consumer<MarketEvent> collect = event -> events.add(event.copy());
        for (int i = 0; i < COMMANDS; i++) {
            int flow = i < INSTRUMENTS.size() ? i : random.nextInt(INSTRUMENTS.size());
            MarketInput command = flows.get(flow).next();
            InputHeader header = command.header();
            books.get(flow)
                    .apply(
                            Inputs.withHeader(
                                    command,
                                    new InputHeader(
                                            INSTRUMENTS.get(flow),
                                            header.transactTime(),
                                            header.origin(),
                                            header.idempotencyKey())),
                            collect);
        }
        books.forEach(book -> book.finish(collect));
        return events;
    }

    private static boolean isAboutFills(MarketEvent event) {
        return event instanceof MarketEvent.FillReceived
                || (event instanceof MarketEvent.Duplicate duplicate && duplicate.input() instanceof ExternalFill)
                || (event instanceof MarketEvent.Refused refused && refused.input() instanceof ExternalFill);
    }

    private static MarketEvent fill(long sequence, String tradeId, String price) {
        ExternalFill fill = Orders.fill(tradeId, "ann", Side.BUY, price, "2");
        InputHeader header = new InputHeader(fill.instrument(), sequence, new Origin(0, sequence, sequence, 1), null);
        return new MarketEvent.FillReceived((ExternalFill) Inputs.withHeader(fill, header), sequence);
    }

    private static List<RunEvent> unbroken(List<MarketEvent> events) throws Exception {
        try (Harness harness = new Harness(null)) {
            harness.takeAll(events);
            harness.endInput();
            return harness.said();
        }
    }

    private static List<RunEvent> brokenOff(List<MarketEvent> events, int every) throws Exception {
        List<RunEvent> said = new ArrayList<>();
        OperatorSubtaskState saved = null;
        for (int from = 0; from < events.size(); from += every) {
            int to = Math.min(from + every, events.size());
            try (Harness harness = new Harness(saved)) {
                harness.takeAll(events.subList(from, to));
                saved = harness.snapshot();
                said.addAll(harness.said());
                // What was handled behind the snapshot is lost with the crash and comes again.
                harness.takeAll(events.subList(to, Math.min(to + 3, events.size())));
            }
        }
        try (Harness harness = new Harness(saved)) {
            harness.endInput();
            said.addAll(harness.said());
        }
        return said;
    }

    private static OperatorSubtaskState run(OperatorSubtaskState from, MarketEvent... events) throws Exception {
        try (Harness harness = new Harness(from)) {
            harness.takeAll(List.of(events));
            return harness.snapshot();
        }
    }

    private static List<RunEvent> of(String instrument, List<RunEvent> events) {
        return events.stream()
                .filter(event -> event.instrument().equals(instrument))
                .toList();
    }

    private static List<PnlEvent.LedgerSummary> summaries(List<RunEvent> events) {
        return events.stream()
                .filter(PnlEvent.LedgerSummary.class::isInstance)
                .map(PnlEvent.LedgerSummary.class::cast)
                .toList();
    }

    /** One subtask of the operator, begun or restored. */
    private static final class Harness implements AutoCloseable {
        private final KeyedOneInputStreamOperatorTestHarness<String, RunEvent, RunEvent> flink;
        private final List<RunEvent> said = new ArrayList<>();
        private long checkpoint;

        Harness(OperatorSubtaskState saved) throws Exception {
            this(saved, 1, 0);
        }

        Harness(OperatorSubtaskState saved, int subtasks, int subtask) throws Exception {
            flink = new KeyedOneInputStreamOperatorTestHarness<>(
                    new PnlOperator(Instruments.none(), LedgerSettings.backtest()),
                    RunEvent::instrument,
                    Types.STRING,
                    KEY_GROUPS,
                    subtasks,
                    subtask);
            flink.setup(MarketTypes.EVENT.createSerializer(
                    flink.getExecutionConfig().getSerializerConfig()));
            if (saved != null) {
                flink.initializeState(KeyedOneInputStreamOperatorTestHarness.repartitionOperatorState(
                        saved, KEY_GROUPS, 1, subtasks, subtask));
            }
            flink.open();
        }

        void take(MarketEvent event) throws Exception {
            flink.processElement(event, 0);
            collect();
        }

        void takeAll(List<MarketEvent> events) throws Exception {
            for (MarketEvent event : events) {
                take(event);
            }
        }

        void endInput() throws Exception {
            flink.endInput();
            collect();
        }

        /** The operator sends every event in one envelope, as its chain allows, so they are taken out at once. */
        private void collect() {
            said.addAll(flink.extractOutputValues());
            flink.getOutput().clear();
        }

        List<RunEvent> said() {
            return List.copyOf(said);
        }

        OperatorSubtaskState snapshot() throws Exception {
            checkpoint++;
            return flink.snapshot(checkpoint, checkpoint);
        }

        @Override
        public void close() {
            try {
                flink.close();
            } catch (Exception unclosed) {
                throw new IllegalStateException("cannot close the operator", unclosed);
            }
        }
    }
}
