package io.crossbook.matching;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.model.Instrument;
import io.crossbook.model.MarketEvent;
import io.crossbook.model.MarketInput;
import io.crossbook.testkit.MarketBook;
import io.crossbook.testkit.OrderFlow;
import io.crossbook.testkit.ReferenceBook;
import io.crossbook.testkit.Twins;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The book says what the reference book says, event by event, on random flows. The number of flows a profile is system
 * property {@code crossbook.flows}; a failure names profile and seed and shows the shortest commands that still differ.
 */
class OrderBookPropertyTest {
    private static final long FLOWS = Long.getLong("crossbook.flows", 120);
    private static final int SHORT_FLOW = 150;
    private static final int LONG_FLOW = 600;
    private static final long MINUTE = 60_000_000_000L;
    private static final List<MatchingSettings> SETTINGS = List.of(
            new MatchingSettings(true, true, MINUTE, true, false, false),
            new MatchingSettings(true, true, 0, false, false, false),
            new MatchingSettings(false, true, 7, true, false, false),
            new MatchingSettings(true, false, MINUTE, true, false, false));

    @ParameterizedTest
    @EnumSource
    void saysWhatTheReferenceBookSays(OrderFlow.Profile profile) {
        for (long seed = 1; seed <= FLOWS; seed++) {
            MatchingSettings settings = SETTINGS.get((int) (seed % SETTINGS.size()));
            OrderFlow flow = new OrderFlow(profile, seed);
            Instrument instrument = flow.instrument();
            List<MarketInput> commands = flow.next(seed % 4 == 0 ? LONG_FLOW : SHORT_FLOW);
            Twins.assertSame(
                    profile + " seed " + seed + " " + settings,
                    commands,
                    () -> reference(instrument, settings),
                    () -> new SoundBook(new LiveBook(instrument, settings)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void saysTheSameWhenItIsRestoredOnTheWay(OrderFlow.Profile profile) {
        for (long seed = 1; seed <= FLOWS / 4; seed++) {
            MatchingSettings settings = SETTINGS.get((int) (seed % SETTINGS.size()));
            int every = (int) (1 + seed % 13);
            OrderFlow flow = new OrderFlow(profile, 1_000_000 + seed);
            Instrument instrument = flow.instrument();
            List<MarketInput> commands = flow.next(LONG_FLOW);
            Supplier<MarketBook> unbroken = () -> new SoundBook(new LiveBook(instrument, settings));
            Twins.assertSame(
                    profile + " seed " + (1_000_000 + seed) + " restored every " + every,
                    commands,
                    unbroken,
                    () -> new RestoredBook(instrument, settings, every));
        }
    }

    private static ReferenceBook reference(Instrument instrument, MatchingSettings settings) {
        return new ReferenceBook(
                instrument,
                settings.executions(),
                settings.bookDeltas(),
                settings.snapshotIntervalNanos(),
                settings.orderIdsForDay());
    }

    /** A live book that is walked after every command. */
    private record SoundBook(LiveBook book) implements MarketBook {
        @Override
        public void apply(MarketInput input, Consumer<? super MarketEvent> events) {
            book.apply(input, events);
            assertThat(book.queueFaults()).as("orders out of place").isZero();
        }

        @Override
        public void finish(Consumer<? super MarketEvent> events) {
            book.finish(events);
        }
    }
}
