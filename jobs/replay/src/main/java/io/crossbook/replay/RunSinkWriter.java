package io.crossbook.replay;

import io.crossbook.model.Instrument;
import io.crossbook.model.Instruments;
import io.crossbook.model.MarketEvent;
import io.crossbook.model.PnlEvent;
import io.crossbook.model.RunEvent;
import io.crossbook.store.RunWriter;
import io.crossbook.store.files.Spool;
import io.crossbook.store.rows.BookDeltaRow;
import io.crossbook.store.rows.BookRow;
import io.crossbook.store.rows.BookSnapshotRow;
import io.crossbook.store.rows.ExecutionRow;
import io.crossbook.store.rows.FillRow;
import io.crossbook.store.rows.LotRow;
import io.crossbook.store.rows.MarkRow;
import io.crossbook.store.rows.OrderRow;
import io.crossbook.store.rows.PnlSnapshotRow;
import io.crossbook.store.rows.PositionRow;
import io.crossbook.store.rows.RejectRow;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.jspecify.annotations.Nullable;

/**
 * One subtask of the sink: every event becomes its rows, and the rows go to the spool and to Postgres.
 *
 * <p>After a crash both are put back to the checkpoint: the spool is cut, and of this subtask's instruments the rows
 * beyond the checkpointed sequence are deleted, so that each row is there once.
 */
final class RunSinkWriter implements StatefulSinkWriter<RunEvent, RunSinkState> {
    private static final String NO_INSTRUMENT = "";

    /** Stands for the sequence of an instrument whose end of the run is written too. */
    private static final long ENDED = Long.MAX_VALUE;

    private final Path spools;
    private final int subtask;
    private final List<String> fileNames;
    private final Instruments instruments;
    private final Spool spool;
    private final @Nullable RunWriter store;
    private final Map<String, Place> places = new HashMap<>();
    private final Set<String> clients = new HashSet<>();
    private final List<RunEvent> accounts = new ArrayList<>();
    private Place place = new Place(Instrument.permissive(NO_INSTRUMENT));

    /** What the writer knows of one instrument. */
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

    RunSinkWriter(
            String runId,
            Path spools,
            List<String> fileNames,
            Instruments instruments,
            @Nullable DatabaseLogin database,
            TaskInfo task,
            @Nullable RunSinkState from)
            throws IOException {
        this.spools = spools;
        this.subtask = task.getIndexOfThisSubtask();
        this.fileNames = fileNames;
        this.instruments = instruments;
        places.put(NO_INSTRUMENT, place);
        Map<String, Long> sequences = from == null ? Map.of() : from.sequences();
        for (Map.Entry<String, Long> sequence : sequences.entrySet()) {
            placeOf(sequence.getKey()).sequence = sequence.getValue();
        }
        if (from != null) {
            accounts.addAll(from.summaries().accounts());
            clients.addAll(from.summaries().clients());
        }
        spool = Spool.open(spools, subtask, from == null ? null : from.spool());
        try {
            store = database == null ? null : RunWriter.open(database.connect(), runId, subtask);
            if (store != null) {
                store.deleteBeyond(sequences, instrument -> isMine(instrument, task));
            }
        } catch (SQLException unreachable) {
            spool.close();
            throw new IOException(
                    "cannot write run " + runId + " to Postgres: " + unreachable.getMessage(), unreachable);
        }
    }

    private static boolean isMine(String instrument, TaskInfo task) {
        return KeyGroupRangeAssignment.assignKeyToParallelOperator(
                        instrument, task.getMaxNumberOfParallelSubtasks(), task.getNumberOfParallelSubtasks())
                == task.getIndexOfThisSubtask();
    }

    @Override
    public void write(RunEvent event, Context context) throws IOException {
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

    private Place placeOf(String instrument) {
        if (!place.instrument.symbol().equals(instrument)) {
            place = places.computeIfAbsent(instrument, symbol -> new Place(instruments.get(symbol)));
        }
        return place;
    }

    private void write(MarketEvent event, Place at) throws IOException, SQLException {
        if (event instanceof MarketEvent.Trade trade) {
            spool.append(trade, at.instrument);
            if (store != null) {
                store.add(trade, at.instrument);
            }
        } else if (event instanceof MarketEvent.OrderState order) {
            clients.add(order.clientId());
            spool.append(order, at.instrument);
            if (store != null) {
                store.add(order, at.instrument, at.numberOfEndedOrder(order.sequence()));
            }
        } else if (event instanceof MarketEvent.Execution execution) {
            ExecutionRow row = ExecutionRow.of(execution);
            spool.append(row);
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
            at.sequence = row.position();
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
        }
    }

    private void writeBook(MarketEvent.BookSnapshot book, Place at) throws IOException, SQLException {
        if (book.last()) {
            for (BookRow row : BookRow.of(book, at.instrument)) {
                spool.append(row);
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
            spool.append(realized);
            if (store != null) {
                store.add(realized);
            }
        } else if (event instanceof PnlEvent.OpenLot lot) {
            LotRow row = LotRow.of(lot);
            spool.append(row);
            if (store != null) {
                store.add(row);
            }
        } else if (event instanceof PnlEvent.Position position) {
            write(position);
        } else if (event instanceof PnlEvent.FillBooked fill) {
            FillRow row = FillRow.of(fill);
            spool.append(row);
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
            // In Postgres the snapshots are upserted by a sink of their own.
            spool.append(PnlSnapshotRow.of(position));
            return;
        }
        PositionRow row = PositionRow.of(position);
        clients.add(row.clientId());
        spool.append(row);
        if (store != null) {
            store.add(row);
        }
    }

    private void write(OrderRow row) throws IOException, SQLException {
        clients.add(row.clientId());
        spool.append(row);
        if (store != null) {
            store.add(row);
        }
    }

    private void write(RejectRow row) throws IOException, SQLException {
        spool.append(row);
        if (store != null) {
            store.add(row);
        }
    }

    @Override
    public void flush(boolean endOfInput) throws IOException {
        if (store != null) {
            try {
                store.flush();
            } catch (SQLException refused) {
                throw new IOException("Postgres refused rows: " + refused.getMessage(), refused);
            }
        }
        if (endOfInput) {
            spool.checkpoint();
            Summaries.write(spools, subtask, summaries());
        }
    }

    @Override
    public List<RunSinkState> snapshotState(long checkpointId) throws IOException {
        Map<String, Long> sequences = new HashMap<>();
        places.forEach((instrument, at) -> sequences.put(instrument, at.sequence));
        return List.of(new RunSinkState(spool.checkpoint(), sequences, summaries()));
    }

    private Summaries summaries() {
        return new Summaries(List.copyOf(accounts), Set.copyOf(clients));
    }

    @Override
    public void close() throws IOException {
        try {
            if (store != null) {
                store.close();
            }
        } catch (SQLException unclosed) {
            throw new IOException("cannot leave Postgres", unclosed);
        } finally {
            spool.close();
        }
    }
}
