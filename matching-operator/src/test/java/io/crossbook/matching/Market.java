package io.crossbook.matching;

import io.crossbook.model.Decimal;
import io.crossbook.model.InputHeader;
import io.crossbook.model.Instrument;
import io.crossbook.model.MarketEvent;
import io.crossbook.model.MarketEvent.BookLevel;
import io.crossbook.model.MarketInput;
import io.crossbook.model.OrderState;
import io.crossbook.model.Origin;
import io.crossbook.model.Trade;
import io.crossbook.testkit.Inputs;
import io.crossbook.testkit.InstrumentBuilder;
import io.crossbook.testkit.MarketBook;
import io.crossbook.testkit.Orders;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A live book for tests: commands get their positions, and every event becomes a line that a test can read. */
final class Market {
    private final LiveBook book;
    private long position;

    Market() {
        this(InstrumentBuilder.instrument(Orders.SYMBOL).build());
    }

    Market(Instrument instrument) {
        this(instrument, new MatchingSettings(true, false, 0, true, false, false));
    }

    Market(Instrument instrument, MatchingSettings settings) {
        this(new LiveBook(instrument, settings));
    }

    Market(LiveBook book) {
        this(book, 0);
    }

    /** @param position of the command that the book took last */
    Market(LiveBook book, long position) {
        this.book = book;
        this.position = position;
    }

    LiveBook book() {
        return book;
    }

    /** Sends the commands and returns what the last one caused. */
    List<String> send(MarketInput... commands) {
        List<String> said = List.of();
        for (MarketInput command : commands) {
            List<String> events = new ArrayList<>();
            book.apply(positioned(command), event -> events.add(line(event)));
            said = events;
        }
        return said;
    }

    private MarketInput positioned(MarketInput command) {
        InputHeader header = command.header();
        Origin origin = new Origin(0, ++position, position, header.origin().rows());
        return Inputs.withHeader(
                command, new InputHeader(header.instrument(), header.transactTime(), origin, header.idempotencyKey()));
    }

    List<String> finish() {
        List<String> events = new ArrayList<>();
        book.finish(event -> events.add(line(event)));
        return events;
    }

    /** The live book as a book that can be compared with another one. */
    static MarketBook comparable(LiveBook book) {
        return new MarketBook() {
            @Override
            public void apply(MarketInput input, Consumer<? super MarketEvent> events) {
                book.apply(input, events);
            }

            @Override
            public void finish(Consumer<? super MarketEvent> events) {
                book.finish(events);
            }
        };
    }

    private static String line(MarketEvent event) {
        if (event instanceof MarketEvent.Execution execution) {
            return execution.eventNo() + " " + execution.execType()
                    + said(" ", execution.orderId())
                    + said(" ", execution.ordStatus())
                    + said(" ", execution.lastQuantity())
                    + said("@", execution.lastPrice())
                    + said(" leaves ", execution.leavesQuantity())
                    + said(" ", execution.reason());
        } else if (event instanceof Trade trade) {
            return "trade " + trade.tradeNo() + ": " + trade.buyOrderId() + " buys " + trade.quantity() + "@"
                    + trade.price() + " of " + trade.sellOrderId()
                    + said(", aggressor ", trade.aggressorSide());
        } else if (event instanceof OrderState state) {
            return "order " + state.orderId() + " " + state.status() + " " + state.filledQuantity() + "/"
                    + state.quantity() + " leaves " + state.leavesQuantity() + said(" ", state.reason());
        } else if (event instanceof MarketEvent.Refused refused) {
            return "refused " + refused.reason() + ": " + refused.message() + (refused.orderRow() ? "" : " (no row)");
        } else if (event instanceof MarketEvent.Duplicate duplicate) {
            return "duplicate of " + duplicate.duplicateOf();
        } else if (event instanceof MarketEvent.BookSnapshot snapshot) {
            return "snapshot at " + snapshot.transactTime() + " after " + snapshot.sequence()
                    + (snapshot.last() ? " last " : " ") + levels(snapshot.levels());
        } else if (event instanceof MarketEvent.BookDelta delta) {
            return "levels " + levels(delta.levels());
        } else if (event instanceof MarketEvent.BookSummary summary) {
            return "rows " + summary.acceptedRows() + " " + summary.rejectedRows() + " " + summary.duplicateRows()
                    + ", trades " + summary.tradeCount() + ", volume " + summary.volume() + ", times "
                    + summary.firstTime() + " to " + summary.lastTime() + said(", last ", summary.lastPrice())
                    + (summary.leftInCall() ? ", in call" : "") + (summary.crossed() ? ", crossed" : "")
                    + ", faults " + summary.queueFaults();
        }
        if (event instanceof MarketEvent.PhaseBegun begun) {
            return "phase " + begun.phase() + " after bid " + begun.bestBid() + ", ask " + begun.bestAsk();
        }
        return event.getClass().getSimpleName() + " " + event.sequence();
    }

    private static String said(String before, Object value) {
        return value == null ? "" : before + (value instanceof Decimal number ? number.toString() : value);
    }

    private static String levels(List<BookLevel> levels) {
        return levels.stream()
                .map(level -> level.side() + " " + level.price() + ": " + level.quantity() + "+"
                        + level.hiddenQuantity() + " (" + level.orders() + ")")
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
