package io.crossbook.replay;

import io.crossbook.model.Decimal;
import io.crossbook.model.Instruments;
import io.crossbook.model.MarketEvent.BookSnapshot;
import io.crossbook.model.MarketEvent.BookSummary;
import io.crossbook.model.MarketEvent.CommandEnded;
import io.crossbook.model.MarketEvent.InputEnded;
import io.crossbook.model.MarketEvent.IntervalEnded;
import io.crossbook.model.MarketEvent.LineRefused;
import io.crossbook.model.MarketEvent.Marked;
import io.crossbook.model.PnlEvent.LedgerSummary;
import io.crossbook.model.PnlEvent.Position;
import io.crossbook.model.RunEvent;
import io.crossbook.model.Trade;
import io.crossbook.store.RunProgressTable.Progress;
import io.crossbook.store.RunWriter;
import io.crossbook.store.rows.WrittenRow;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a run that goes on, in Postgres while it does.
 *
 * <p>Rows are committed between commands, and how far each instrument is goes with them in one transaction. A job that
 * comes back from a checkpoint says again what followed it: what is stored of that is left out, so each row is there
 * once, and none that was seen is ever gone for a while.
 */
final class LiveRows {
    /** Stands for the sequence of an instrument whose end of the run is stored too, that of book and ledger. */
    private static final long ENDED = Long.MAX_VALUE;

    /** The same where only the book's end is. */
    private static final long BOOK_ENDED = ENDED - 1;

    private static final long NOTHING = -1;
    private static final String NO_INSTRUMENT = "";

    private final RunWriter store;
    private final RunRows rows;
    private final Instruments instruments;
    private final Map<String, Place> places = new HashMap<>();
    private final Map<Integer, Place> lines = new HashMap<>();
    /** Those that moved since the last commit. */
    private final Set<Place> moved = new LinkedHashSet<>();
    /** Those that moved since the last checkpoint. */
    private final Set<Place> movedSinceCheckpoint = new LinkedHashSet<>();

    private @Nullable Place newest;

    /** How far one instrument is, or the unreadable records of one partition. */
    private static final class Place {
        private final String instrument;
        private final int source;
        /** What was stored before this job began. */
        private final long stored;

        /** What the rows so far bring it to. */
        private long sequence;

        private long lastCommand;
        private long tradeNo;
        private @Nullable Decimal markPrice;
        private @Nullable String markOrigin;

        private Place(String instrument, int source, long stored) {
            this.instrument = instrument;
            this.source = source;
            this.stored = stored;
            this.sequence = stored;
        }

        /** Trades value positions as long as there is no MARK. */
        private void mark(Decimal price, String origin) {
            if (origin.equals(WrittenRow.MARK) || !WrittenRow.MARK.equals(markOrigin)) {
                markPrice = price;
                markOrigin = origin;
            }
        }
    }

    /**
     * Begins where the run is stored.
     *
     * @param rows writes to the same store
     */
    LiveRows(RunWriter store, RunRows rows, Instruments instruments) throws SQLException {
        this.store = store;
        this.rows = rows;
        this.instruments = instruments;
        for (WrittenRow row : store.written()) {
            Place place = new Place(row.instrument(), row.source(), row.sequence());
            if (row.instrument().isEmpty()) {
                lines.put(row.source(), place);
            } else {
                place.markPrice = row.markPrice();
                place.markOrigin = row.markOrigin();
                places.put(row.instrument(), place);
            }
        }
        for (Progress progress : store.progress()) {
            place(progress.instrument()).tradeNo = progress.tradeNo();
        }
    }

    /** Writes the rows of an event, unless they are there. */
    void write(RunEvent event) throws IOException {
        if (event instanceof LineRefused line) {
            writeLine(line);
        } else if (event instanceof InputEnded) {
            rows.note(event);
        } else {
            write(event, place(event.instrument()));
        }
    }

    private void writeLine(LineRefused line) throws IOException {
        int source = line.line().header().origin().source();
        long offset = line.line().header().origin().line();
        Place at = lines.computeIfAbsent(source, partition -> new Place(NO_INSTRUMENT, partition, NOTHING));
        if (offset > at.stored) {
            rows.write(line);
            at.sequence = offset;
            moved.add(at);
        }
    }

    private void write(RunEvent event, Place at) throws IOException {
        if (event instanceof Trade trade) {
            at.tradeNo = Math.max(at.tradeNo, trade.tradeNo());
        }
        if (isStored(event, at)) {
            rows.note(event);
            return;
        }
        rows.write(event);
        if (event instanceof Trade trade) {
            at.mark(instruments.get(trade.instrument()).price(trade.price()), WrittenRow.TRADE);
        } else if (event instanceof Marked mark) {
            at.mark(mark.price(), WrittenRow.MARK);
        } else if (event instanceof CommandEnded) {
            at.sequence = event.sequence();
            at.lastCommand = event.sequence();
            moved.add(at);
            movedSinceCheckpoint.add(at);
        } else if (event instanceof BookSummary) {
            at.sequence = BOOK_ENDED;
            moved.add(at);
        } else if (event instanceof LedgerSummary) {
            at.sequence = ENDED;
            moved.add(at);
        }
    }

    private static boolean isStored(RunEvent event, Place at) {
        return at.stored >= storedWith(event);
    }

    /**
     * The sequence with which an event is stored. What ends an interval is seen when the next command comes; what a finished
     * run says last names the last command too, but comes later. (Open orders and lots need no mention there: they are
     * stored as they stand.)
     */
    private static long storedWith(RunEvent event) {
        if (event instanceof IntervalEnded) {
            return event.sequence() + 1;
        } else if (event instanceof BookSnapshot book) {
            return book.last() ? BOOK_ENDED : event.sequence() + 1;
        } else if (event instanceof Position position) {
            return switch (position.kind()) {
                case COMMAND -> event.sequence();
                case INTERVAL -> event.sequence() + 1;
                case END -> ENDED;
            };
        } else if (event instanceof BookSummary) {
            return BOOK_ENDED;
        }
        return event instanceof LedgerSummary ? ENDED : event.sequence();
    }

    private Place place(String instrument) {
        Place last = newest;
        if (last == null || !last.instrument.equals(instrument)) {
            last = places.computeIfAbsent(instrument, name -> new Place(name, 0, NOTHING));
            newest = last;
        }
        return last;
    }

    /** Has what came so far committed soon, unless the server still works on the last commit or rests from it. To be called between commands. */
    void commitSoon() throws SQLException {
        if (!moved.isEmpty() && store.isRested()) {
            sayWritten();
            store.flushSoon();
        }
    }

    /**
     * Has all that came so far committed. To be called between commands.
     *
     * @return done once it is; fails with what the server refused
     */
    Future<?> commit() throws SQLException {
        sayWritten();
        return store.flushSoon();
    }

    private void sayWritten() throws SQLException {
        for (Place place : moved) {
            store.add(
                    new WrittenRow(place.instrument, place.source, place.sequence, place.markPrice, place.markOrigin));
        }
        moved.clear();
    }

    /** How far the instruments are that moved since the last call. */
    List<Progress> progress(long checkpointId) {
        List<Progress> progress = new ArrayList<>();
        for (Place place : movedSinceCheckpoint) {
            progress.add(new Progress(place.instrument, place.lastCommand, place.tradeNo, checkpointId));
        }
        movedSinceCheckpoint.clear();
        return progress;
    }

    /** Notes that a complete checkpoint has all up to here. To be called between commands. */
    void covered(List<Progress> progress) throws SQLException {
        for (Progress each : progress) {
            store.add(each);
        }
        sayWritten();
        store.flushSoon();
    }
}
