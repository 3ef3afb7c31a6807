package io.crossbook.testkit;

import io.crossbook.model.Instrument;
import io.crossbook.model.MarketInput;
import io.crossbook.model.Side;
import java.util.List;

/** A reference book with its events, for one test. */
final class TestBook {
    final EventLog events = new EventLog();
    private final ReferenceBook book;

    TestBook() {
        this(InstrumentBuilder.instrument(Orders.SYMBOL).build());
    }

    TestBook(Instrument instrument) {
        this(instrument, 0);
    }

    TestBook(Instrument instrument, long snapshotIntervalNanos) {
        book = new ReferenceBook(instrument, true, true, snapshotIntervalNanos, true);
    }

    TestBook apply(MarketInput... commands) {
        for (MarketInput command : commands) {
            book.apply(command, events);
        }
        return this;
    }

    /** Applies a command and gives only what it did. */
    EventLog after(MarketInput command) {
        events.clear();
        book.apply(command, events);
        return events;
    }

    List<String> bids() {
        return levels(Side.BUY);
    }

    List<String> asks() {
        return levels(Side.SELL);
    }

    private List<String> levels(Side side) {
        EventLog end = new EventLog();
        book.finish(end);
        return end.levels(side);
    }

    EventLog finish() {
        EventLog end = new EventLog();
        book.finish(end);
        return end;
    }
}
