package io.crossbook.matching.flink;

import static io.crossbook.testkit.Orders.buy;
import static io.crossbook.testkit.Orders.cancel;
import static io.crossbook.testkit.Orders.keyed;
import static io.crossbook.testkit.Orders.sell;
import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.flink.MarketTypes;
import io.crossbook.matching.MatchingSettings;
import io.crossbook.model.InputHeader;
import io.crossbook.model.Instruments;
import io.crossbook.model.MarketEvent;
import io.crossbook.model.MarketInput;
import io.crossbook.model.Origin;
import io.crossbook.model.Reason;
import io.crossbook.model.RunEvent;
import io.crossbook.model.Timestamps;
import io.crossbook.testkit.Inputs;
import io.crossbook.testkit.OrderFlow;
import io.crossbook.testkit.Orders;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The matcher through crashes: stopped anywhere and restored, it says what it would have said. */
class MatchingOperatorTest {
    private static final int KEY_GROUPS = 128;
    private static final int COMMANDS = 900;
    private static final List<String> INSTRUMENTS = List.of("A", "B", "C", "D", "E");
    private static final MatchingSettings SETTINGS =
            new MatchingSettings(true, true, 60 * Timestamps.NANOS_PER_SECOND, true, false, false);

    private long position;

    @ParameterizedTest
    @EnumSource
    void saysWhatTheUnbrokenRunSaysHoweverOftenItIsRestored(OrderFlow.Profile profile) throws Exception {
        for (int every : new int[] {30, 250}) {
            List<MarketInput> commands = interleaved(profile, every);
            assertThat(brokenOff(commands, every))
                    .as("%s, restored every %d commands", profile, every)
                    .isEqualTo(unbroken(commands));
        }
    }

    @Test
    void stillKnowsIdsAndKeysThatWereUsedBeforeTheSnapshot() throws Exception {
        OperatorSubtaskState saved = run(
                null,
                sell("A1").lots(5).at(10),
                cancel("A1"),
                keyed("K", sell("A2").at(11)));
        saved = restoredAndSavedAgain(saved);

        try (Harness restored = new Harness(saved)) {
            restored.take(numbered(sell("A1").at(12)));
            restored.take(numbered(keyed("K", sell("A2").at(11))));
            restored.take(numbered(keyed("K", sell("A3").at(13))));

            assertThat(refusals(restored.said()))
                    .containsExactly(Reason.DUPLICATE_ORDER_ID, Reason.IDEMPOTENCY_KEY_REUSED);
            assertThat(restored.said())
                    .filteredOn(MarketEvent.Duplicate.class::isInstance)
                    .map(duplicate -> ((MarketEvent.Duplicate) duplicate).duplicateOf())
                    .containsExactly(3L);
        }
    }

    @Test
    void dropsTheIdsOfADayThatIsOver() throws Exception {
        List<MarketInput> firstDay = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            // Ids that are not counted take most memory.
            firstDay.add(keyed("K" + i, sell("A" + i + "x").at(10)));
            firstDay.add(cancel("A" + i + "x"));
        }
        MarketInput nextMorning = Orders.at(Timestamps.NANOS_PER_DAY, buy("B1").at(1));

        OperatorSubtaskState evening = run(null, firstDay.toArray(MarketInput[]::new));
        OperatorSubtaskState untouched = restoredAndSavedAgain(evening);
        OperatorSubtaskState morning = run(untouched, nextMorning);

        assertThat(untouched.getStateSize()).isBetween(evening.getStateSize() / 2, evening.getStateSize() * 2);
        assertThat(evening.getStateSize()).isGreaterThan(500 * 56);
        assertThat(morning.getStateSize()).isLessThan(evening.getStateSize() / 4);
        try (Harness restored = new Harness(morning)) {
            restored.take(
                    numbered(Orders.at(Timestamps.NANOS_PER_DAY, sell("A7x").at(10))));
            restored.take(numbered(Orders.at(Timestamps.NANOS_PER_DAY, buy("B1").at(1))));
            assertThat(refusals(restored.said())).containsExactly(Reason.DUPLICATE_ORDER_ID);
        }
    }

    @Test
    void remembersEachIdOnceHoweverManySnapshotsAreTaken() throws Exception {
        OperatorSubtaskState once = run(null, sell("A1").at(10));
        OperatorSubtaskState again = once;
        for (int i = 0; i < 20; i++) {
            again = run(again, Orders.clock(0));
        }
        // The body is rewritten, and a piece of the memory is added only if there is something new to remember.
        assertThat(again.getStateSize()).isLessThan(once.getStateSize() + 100);
    }

    @Test
    void saysTheEndOfEachInstrumentOnceEvenIfItComesBackBehindTheEnd() throws Exception {
        List<MarketInput> commands = interleaved(OrderFlow.Profile.QUIET, 3);
        OperatorSubtaskState behindTheEnd;
        try (Harness harness = new Harness(null)) {
            harness.takeAll(commands);
            harness.endInput();
            assertThat(summaries(harness.said())).containsExactlyElementsOf(INSTRUMENTS);
            behindTheEnd = harness.snapshot();
        }
        try (Harness restored = new Harness(behindTheEnd)) {
            restored.endInput();
            assertThat(restored.said()).isEmpty();
        }
    }

    @Test
    void saysTheEndOfInstrumentsThatAreQuietSinceTheRestore() throws Exception {
        List<MarketInput> commands = interleaved(OrderFlow.Profile.QUIET, 3);
        try (Harness restored = new Harness(run(null, commands.toArray(MarketInput[]::new)))) {
            restored.endInput();
            assertThat(summaries(restored.said())).containsExactlyElementsOf(INSTRUMENTS);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void keepsItsBooksWhenItIsSpreadOverMoreSubtasks(int subtasks) throws Exception {
        List<MarketInput> commands = interleaved(OrderFlow.Profile.MIXED, 11);
        List<MarketInput> firstHalf = commands.subList(0, commands.size() / 2);
        List<MarketInput> secondHalf = commands.subList(commands.size() / 2, commands.size());
        OperatorSubtaskState saved;
        List<RunEvent> before;
        try (Harness one = new Harness(null)) {
            one.takeAll(firstHalf);
            before = one.said();
            saved = one.snapshot();
        }
        List<RunEvent> after = new ArrayList<>();
        for (int subtask = 0; subtask < subtasks; subtask++) {
            try (Harness part = new Harness(saved, subtasks, subtask)) {
                for (MarketInput command : secondHalf) {
                    if (subtaskOf(command.instrument(), subtasks) == subtask) {
                        part.take(command);
                    }
                }
                part.endInput();
                after.addAll(part.said());
            }
        }
        List<RunEvent> expected = unbroken(commands);
        for (String instrument : INSTRUMENTS) {
            List<RunEvent> all = new ArrayList<>(of(instrument, before));
            all.addAll(of(instrument, after));
            assertThat(all).as(instrument).isEqualTo(of(instrument, expected));
        }
    }

    @Test
    void passesOnWhatBelongsToNoInstrumentAtOnce() throws Exception {
        InputHeader nowhere = new InputHeader("", 5, new Origin(0, 7, 7, 1), null);
        MarketInput.Unreadable line = new MarketInput.Unreadable(nowhere, "FIELD_COUNT", "one too many", "a,b");
        MarketInput.EndOfInput end = new MarketInput.EndOfInput(nowhere, 1, 1, 0, 0, false, false);
        try (Harness harness = new Harness(null)) {
            harness.take(line);
            harness.take(end);
            assertThat(harness.said())
                    .containsExactly(new MarketEvent.LineRefused(line), new MarketEvent.InputEnded(end));
            harness.endInput();
            assertThat(harness.said()).hasSize(2);
        }
    }

    /** Flows of the same kind, one for each instrument, in a random order between them that keeps each flow's own. */
    private static List<MarketInput> interleaved(OrderFlow.Profile profile, long seed) {
        List<OrderFlow> flows = INSTRUMENTS.stream()
                .map(name -> new OrderFlow(profile, seed * 100 + name.charAt(0)))
                .toList();
        Random random = new Random(seed);
        List<MarketInput> commands = new ArrayList<>();
        for (int i = 0; i < COMMANDS; i++) {
            // Every instrument comes once at least, the last one only at the start: it is quiet when the end is said.
            int flow = i < INSTRUMENTS.size() ? i : random.nextInt(INSTRUMENTS.size() - 1);
            commands.add(renamed(flows.get(flow).next(), INSTRUMENTS.get(flow)));
        }
        return commands;
    }

    private static MarketInput renamed(MarketInput command, String instrument) {
        InputHeader header = command.header();
        return Inputs.withHeader(
                command, new InputHeader(instrument, header.transactTime(), header.origin(), header.idempotencyKey()));
    }

    /** The command with the next position of the stream. */
    private MarketInput numbered(MarketInput command) {
        InputHeader header = command.header();
        position++;
        return Inputs.withHeader(
                command,
                new InputHeader(
                        header.instrument(),
                        header.transactTime(),
                        new Origin(0, position, position, 1),
                        header.idempotencyKey()));
    }

    private static List<RunEvent> unbroken(List<MarketInput> commands) throws Exception {
        try (Harness harness = new Harness(null)) {
            harness.takeAll(commands);
            harness.endInput();
            return harness.said();
        }
    }

    private static List<RunEvent> brokenOff(List<MarketInput> commands, int every) throws Exception {
        List<RunEvent> said = new ArrayList<>();
        OperatorSubtaskState saved = null;
        for (int from = 0; from < commands.size(); from += every) {
            int to = Math.min(from + every, commands.size());
            try (Harness harness = new Harness(saved)) {
                harness.takeAll(commands.subList(from, to));
                saved = harness.snapshot();
                said.addAll(harness.said());
                // What was handled behind the snapshot is lost with the crash and comes again.
                harness.takeAll(commands.subList(to, Math.min(to + 3, commands.size())));
            }
        }
        try (Harness harness = new Harness(saved)) {
            harness.endInput();
            said.addAll(harness.said());
        }
        return said;
    }

    /** Restores, handles the commands under fresh positions and takes the next snapshot. */
    private OperatorSubtaskState run(OperatorSubtaskState from, MarketInput... commands) throws Exception {
        boolean numbered = commands.length > 0 && commands[0].header().origin().position() > 0;
        try (Harness harness = new Harness(from)) {
            for (MarketInput command : commands) {
                harness.take(numbered ? command : numbered(command));
            }
            return harness.snapshot();
        }
    }

    private OperatorSubtaskState restoredAndSavedAgain(OperatorSubtaskState saved) throws Exception {
        return run(run(saved), new MarketInput[0]);
    }

    private static int subtaskOf(String instrument, int subtasks) {
        return KeyGroupRangeAssignment.assignKeyToParallelOperator(instrument, KEY_GROUPS, subtasks);
    }

    private static List<RunEvent> of(String instrument, List<RunEvent> events) {
        return events.stream()
                .filter(event -> event.instrument().equals(instrument))
                .toList();
    }

    private static List<Reason> refusals(List<RunEvent> events) {
        return events.stream()
                .filter(MarketEvent.Refused.class::isInstance)
                .map(event -> ((MarketEvent.Refused) event).reason())
                .toList();
    }

    private static List<String> summaries(List<RunEvent> events) {
        return events.stream()
                .filter(MarketEvent.BookSummary.class::isInstance)
                .map(RunEvent::instrument)
                .toList();
    }

    /** One subtask of the operator, begun or restored. */
    private static final class Harness implements AutoCloseable {
        private final KeyedOneInputStreamOperatorTestHarness<String, MarketInput, RunEvent> flink;
        private final List<RunEvent> said = new ArrayList<>();
        private long checkpoint;

        Harness(OperatorSubtaskState saved) throws Exception {
            this(saved, 1, 0);
        }

        Harness(OperatorSubtaskState saved, int subtasks, int subtask) throws Exception {
            flink = new KeyedOneInputStreamOperatorTestHarness<>(
                    new MatchingOperator(Instruments.none(), SETTINGS),
                    MarketInput::instrument,
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

        void take(MarketInput command) throws Exception {
            flink.processElement(command, 0);
            collect();
        }

        void takeAll(List<MarketInput> commands) throws Exception {
            for (MarketInput command : commands) {
                take(command);
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
