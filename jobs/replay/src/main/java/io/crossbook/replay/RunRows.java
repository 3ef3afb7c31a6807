package io.crossbook.replay;

import io.crossbook.model.Instrument;
import io.crossbook.model.Instruments;
import io.crossbook.model.MarketEvent;
import io.crossbook.model.MarketInput;
import io.crossbook.model.OrderState;
import io.crossbook.model.PnlEvent;
import io.crossbook.model.RunEvent;
import io.crossbook.model.Trade;
import io.crossbook.store.Covered;
import io.crossbook.store.RunWriter;
import io.crossbook.store.files.Spool;
import io.crossbook.store.rows.BookDeltaRow;
import io.crossbook.store.rows.BookRow;
import io.crossbook.store.rows.BookSnapshotRow;
import io.crossbook.store.rows.ExecutionRow;
import io.crossbook.store.rows.FileRow;
import io.crossbook.store.rows.FillRow;
import io.crossbook.store.rows.LotRow;
import io.crossbook.store.rows.MarkRow;
import io.crossbook.store.rows.OrderRow;
import io.crossbook.store.rows.PhaseRow;
import io.crossbook.store.rows.PnlSnapshotRow;
import io.crossbook.store.rows.PositionRow;
import io.crossbook.store.rows.RejectRow;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the rows of each event and puts them into a spool and into Postgres, or one of them; what is said of the run as
 * a whole is kept until its end.
 *
 * <p>The events of an instrument must come in their order. An event is done with when {@link #write} returns, so its
 * object may be used again.
 */
public final class RunRows {
    private static final String NO_INSTRUMENT = "";

    /** Stands for the sequence of an instrument whose end of the run is written too. */
    private static final long ENDED = Long.MAX_VALUE;

    private static final int RECENT_CLIENTS = 256;

    private final @Nullable Spool spool;
    private final @Nullable RunWriter store;
    private final List<String> fileNames;
    private final Instruments instruments;
    private final Map<String, Place> places = new HashMap<>();
    /** By source the position of its last unreadable line. */
    private final Map<Integer, Long> lines = new HashMap<>();

    private final Set<String> clients = new HashSet<>();
    private final @Nullable String[] recentClients = new String[RECENT_CLIENTS];
    private final List<RunEvent> accounts = new ArrayList<>();
    private Place place = new Place(Instrument.permissive(NO_INSTRUMENT));

    /** What is known of one instrument. */
    private static final class Place {
        private final Instrument instrument;
        private long sequence;
        private long endingSequence;
        private int endedOrders;

        private Place(Instrument instrument) {
            this.instrument = instrument;
        }

        /** Numbers the orders that one command ended, from 0. */
        private int numberOfEndedOrder(long endedBy) {
            if (endedBy != endingSequence) {
                endingSequence = endedBy;
                endedOrders = 0;
            }
            return endedOrders++;
        }
    }

    /**
     * @param spool takes every row that has a file, {@code null} for a run that goes on
     * @param store takes every row that has a table, {@code null} for a run without Postgres
     * @param fileNames of the input, as they are named in rejects
     */
    public RunRows(@Nullable Spool spool, @Nullable RunWriter store, List<String> fileNames, Instruments instruments) {
        this.spool = spool;
        this.store = store;
        this.fileNames = List.copyOf(fileNames);
        this.instruments = instruments;
        places.put(NO_INSTRUMENT, place);
    }

    /** Goes on where these rows were written and this was known of the run. */
    void goOn(Covered covered, Summaries summaries) {
        covered.sequences().forEach((instrument, sequence) -> placeOf(instrument).sequence = sequence);
        lines.putAll(covered.lines());
        accounts.addAll(summaries.accounts());
        clients.addAll(summaries.clients());
    }

    /** Writes the rows of an event. */
    public void write(RunEvent event) throws IOException {
        Place at = placeOf(event.instrument());
        try {
            if (event instanceof MarketEvent market) {
                write(market, at);
            } else {
                write((PnlEvent) event, at);
            }
        } catch (SQLException refused) {
            throw new IOException("Postgres refused rows of " + event.instrument(), refused);
        }
        if (event.sequence() > at.sequence) {
            at.sequence = event.sequence();
        }
    }

    /** Keeps what the event says of the run as a whole; its rows are there. */
    void note(RunEvent event) {
        if (event instanceof OrderState order) {
            note(order.clientId());
        } else if (event instanceof PnlEvent.Position position) {
            note(position.clientId());
        } else if (event instanceof MarketEvent.Refused refused
                && refused.orderRow()
                && refused.input() instanceof MarketInput.NewOrder order) {
            note(order.clientId());
        } else if (isAccount(event)) {
            accounts.add(event);
        }
    }

    private static boolean isAccount(RunEvent event) {
        return event instanceof MarketEvent.BookSummary
                || event instanceof MarketEvent.InputEnded
                || event instanceof PnlEvent.LedgerSummary;
    }

    /** Most orders in a row are of few clients, whose names are mostly the same {@code String}. */
    private void note(String client) {
        int recent = client.hashCode() & RECENT_CLIENTS - 1;
        if (recentClients[recent] != client) {
            clients.add(client);
            recentClients[recent] = client;
        }
    }

    private Place placeOf(String instrument) {
        if (!place.instrument.symbol().equals(instrument)) {
            @Nullable Place known = places.get(instrument);
            if (known == null) {
                known = new Place(instruments.get(instrument));
                places.put(instrument, known);
            }
            place = known;
        }
        return place;
    }

    private void write(MarketEvent event, Place at) throws IOException, SQLException {
        if (event instanceof Trade trade) {
            if (spool != null) {
                spool.append(trade, at.instrument);
            }
            if (store != null) {
                store.add(trade, at.instrument);
            }
        } else if (event instanceof OrderState order) {
            note(order.clientId());
            if (spool != null) {
                spool.append(order, at.instrument);
            }
            if (store != null) {
                store.add(order, at.instrument, order.status().isFinal() ? at.numberOfEndedOrder(order.sequence()) : 0);
            }
        } else if (event instanceof MarketEvent.Execution execution) {
            ExecutionRow row = ExecutionRow.of(execution);
            toFile(row);
            if (store != null) {
                store.add(row);
            }
        } else if (event instanceof MarketEvent.Refused refused) {
            write(RejectRow.of(refused, fileNames));
            if (refused.orderRow()) {
                write(OrderRow.of(refused, at.numberOfEndedOrder(refused.sequence())));
            }
        } else if (event instanceof MarketEvent.LineRefused line) {
            RejectRow row = RejectRow.of(line, fileNames);
            write(row);
            lines.put(row.source(), row.position());
        } else if (event instanceof MarketEvent.BookSnapshot book) {
            writeBook(book, at);
        } else if (event instanceof MarketEvent.BookSummary) {
            accounts.add(event);
            at.sequence = ENDED;
        } else if (event instanceof MarketEvent.InputEnded) {
            accounts.add(event);
        } else if (store != null) {
            writeToStoreOnly(event, at, store);
        }
    }

    /** What has a table but no file. Duplicates and passed intervals are counted, not kept. */
    private void writeToStoreOnly(MarketEvent event, Place at, RunWriter store) throws IOException, SQLException {
        if (event instanceof MarketEvent.BookDelta delta) {
            for (BookDeltaRow row : BookDeltaRow.of(delta, at.instrument)) {
                store.add(row);
            }
        } else if (event instanceof MarketEvent.Marked mark) {
            store.add(MarkRow.of(mark));
        } else if (event instanceof MarketEvent.PhaseBegun phase) {
            store.add(PhaseRow.of(phase));
        }
    }

    private void writeBook(MarketEvent.BookSnapshot book, Place at) throws IOException, SQLException {
        if (book.last()) {
            for (BookRow row : BookRow.of(book, at.instrument)) {
                toFile(row);
            }
        }
        if (store != null) {
            for (BookSnapshotRow row : BookSnapshotRow.of(book, at.instrument)) {
                store.add(row);
            }
        }
    }

    private void write(PnlEvent event, Place at) throws IOException, SQLException {
        if (event instanceof PnlEvent.Realized realized) {
            if (spool != null) {
                spool.append(realized);
            }
            if (store != null) {
                store.add(realized);
            }
        } else if (event instanceof PnlEvent.OpenLot lot) {
            LotRow row = LotRow.of(lot);
            toFile(row);
            if (store != null) {
                store.add(row);
            }
        } else if (event instanceof PnlEvent.Position position) {
            write(position);
        } else if (event instanceof PnlEvent.FillBooked fill) {
            FillRow row = FillRow.of(fill);
            toFile(row);
            if (store != null) {
                store.add(row);
            }
        } else if (event instanceof PnlEvent.LedgerSummary) {
            accounts.add(event);
        } else {
            throw new IllegalStateException("no rows for " + event);
        }
    }

    private void write(PnlEvent.Position position) throws IOException, SQLException {
        if (position.kind() == PnlEvent.Position.Kind.INTERVAL) {
            PnlSnapshotRow row = PnlSnapshotRow.of(position);
            toFile(row);
            if (store != null) {
                store.add(row);
            }
            return;
        }
        PositionRow row = PositionRow.of(position);
        note(row.clientId());
        toFile(row);
        if (store != null) {
            store.add(row);
            if (position.kind() == PnlEvent.Position.Kind.COMMAND
                    && position.netQuantity().isZero()) {
                store.add(LotRow.none(position.clientId(), position.instrument(), position.sequence()));
            }
        }
    }

    private void toFile(FileRow row) throws IOException {
        if (spool != null) {
            spool.append(row);
        }
    }

    private void write(OrderRow row) throws IOException, SQLException {
        note(row.clientId());
        toFile(row);
        if (store != null) {
            store.add(row);
        }
    }

    private void write(RejectRow row) throws IOException, SQLException {
        toFile(row);
        if (store != null) {
            store.add(row);
        }
    }

    /** What is written so far. */
    Covered covered() {
        Map<String, Long> sequences = new HashMap<>();
        places.forEach((instrument, at) -> sequences.put(instrument, at.sequence));
        return new Covered(sequences, lines);
    }

    Summaries summaries() {
        return new Summaries(List.copyOf(accounts), Set.copyOf(clients));
    }
}
