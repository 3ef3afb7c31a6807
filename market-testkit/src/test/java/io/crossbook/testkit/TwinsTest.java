package io.crossbook.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossbook.model.Instrument;
import io.crossbook.model.MarketEvent;
import io.crossbook.model.MarketEvent.BookSummary;
import io.crossbook.model.MarketInput;
import io.crossbook.model.MarketInput.CancelAll;
import io.crossbook.model.MarketInput.NewOrder;
import io.crossbook.model.Trade;
import io.crossbook.testkit.OrderFlow.Profile;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TwinsTest {
    @ParameterizedTest
    @EnumSource(Profile.class)
    void theSameSeedGivesTheSameFlow(Profile profile) {
        assertThat(new OrderFlow(profile, 7).next(300)).isEqualTo(new OrderFlow(profile, 7).next(300));
        assertThat(new OrderFlow(profile, 7).next(300)).isNotEqualTo(new OrderFlow(profile, 8).next(300));
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void everyFlowTradesAndIsRefusedAndKeepsItsAccounts(Profile profile) {
        for (int seed = 0; seed < 3; seed++) {
            OrderFlow flow = new OrderFlow(profile, seed);
            MarketBook book = new ReferenceBook(flow.instrument(), true, true, 60_000_000_000L, true);
            EventLog log = new EventLog();
            List<MarketInput> commands = flow.next(600);
            commands.forEach(command -> book.apply(command, log));
            book.finish(log);
            BookSummary summary = log.of(BookSummary.class).get(0);
            assertThat(summary.tradeCount()).as("%s", flow).isGreaterThan(10);
            assertThat(log.refusals()).as("%s", flow).hasSizeGreaterThan(20);
            long rows = commands.stream()
                    .mapToLong(command -> command.header().origin().rows())
                    .sum();
            long fillRows = log.of(MarketEvent.FillReceived.class).stream()
                    .mapToLong(fill -> fill.fill().header().origin().rows())
                    .sum();
            assertThat(summary.acceptedRows() + summary.rejectedRows() + summary.duplicateRows() + fillRows)
                    .as("%s", flow)
                    .isEqualTo(rows);
        }
    }

    @Test
    void theFlowsTogetherReachEveryReasonOfTheBook() {
        Set<String> reached = new TreeSet<>();
        for (Profile profile : Profile.values()) {
            for (int seed = 0; seed < 4; seed++) {
                OrderFlow flow = new OrderFlow(profile, seed);
                MarketBook book = new ReferenceBook(flow.instrument(), true, true, 0, true);
                EventLog log = new EventLog();
                flow.next(1500).forEach(command -> book.apply(command, log));
                log.refusals().forEach(reason -> reached.add(reason.name()));
                log.states().stream()
                        .filter(state -> state.reason() != null)
                        .forEach(state -> reached.add(String.valueOf(state.reason())));
            }
        }
        Set<io.crossbook.model.Reason> reasons = EnumSet.allOf(io.crossbook.model.Reason.class);
        reasons.remove(io.crossbook.model.Reason.TRADE_ID_REUSED);
        reasons.remove(io.crossbook.model.Reason.SHORT_NOT_ALLOWED);
        assertThat(reached).containsAll(reasons.stream().map(Enum::name).toList());
    }

    @Test
    void aDifferenceIsShownWithTheFewestCommandsThatStillMakeIt() {
        OrderFlow flow = new OrderFlow(Profile.MIXED, 3);
        Instrument instrument = flow.instrument();
        assertThatThrownBy(() -> Twins.assertSame(
                        flow.toString(),
                        flow.next(400),
                        () -> new ReferenceBook(instrument, false, false, 0, true),
                        () -> new BookThatSwallowsTrades(instrument)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("seed 3")
                .hasMessageContaining("2 commands are enough");
    }

    @Test
    void theShrinkerLeavesOutWhatIsNotNeeded() {
        List<MarketInput> commands = new OrderFlow(Profile.QUIET, 1).next(200);
        List<MarketInput> shortest = Shrinker.shrink(
                commands,
                fewer -> fewer.stream().anyMatch(CancelAll.class::isInstance)
                        && fewer.stream().filter(NewOrder.class::isInstance).count() >= 3);
        assertThat(shortest).hasSize(4);
    }

    /** Wrong on purpose. */
    private static final class BookThatSwallowsTrades implements MarketBook {
        private final ReferenceBook book;

        BookThatSwallowsTrades(Instrument instrument) {
            book = new ReferenceBook(instrument, false, false, 0, true);
        }

        @Override
        public void apply(MarketInput input, Consumer<? super MarketEvent> events) {
            book.apply(input, event -> {
                if (!(event instanceof Trade)) {
                    events.accept(event);
                }
            });
        }

        @Override
        public void finish(Consumer<? super MarketEvent> events) {
            book.finish(events);
        }
    }
}
