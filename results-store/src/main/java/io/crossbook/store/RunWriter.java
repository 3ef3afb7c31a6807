package io.crossbook.store;

import io.crossbook.model.DecimalPool;
import io.crossbook.model.Instrument;
import io.crossbook.model.OrderState;
import io.crossbook.model.PnlEvent;
import io.crossbook.model.Trade;
import io.crossbook.store.rows.BookDeltaRow;
import io.crossbook.store.rows.BookSnapshotRow;
import io.crossbook.store.rows.ExecutionRow;
import io.crossbook.store.rows.FillRow;
import io.crossbook.store.rows.LotRow;
import io.crossbook.store.rows.MarkRow;
import io.crossbook.store.rows.OrderRow;
import io.crossbook.store.rows.PhaseRow;
import io.crossbook.store.rows.PnlSnapshotRow;
import io.crossbook.store.rows.PositionRow;
import io.crossbook.store.rows.RealizedRow;
import io.crossbook.store.rows.RejectRow;
import io.crossbook.store.rows.TradeRow;
import io.crossbook.store.rows.WrittenRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Predicate;

/**
 * Loads the rows of a run: what grows with the input by {@code COPY} into the run's partitions, what states how things
 * stand by upserts.
 *
 * <p>Rows gather in a buffer for each table; a full one goes on its way while others are filled ({@link CopySender}), and
 * {@link #flush} waits until all are committed, in one transaction. What the server refuses, the next call tells; the
 * writer is then of no more use. A writer that succeeds a broken one first calls {@link #deleteBeyond} with what its
 * checkpoint covers, and then writes again what followed: so every row is there once. One writer serves one thread and
 * owns its connection.
 */
public final class RunWriter implements AutoCloseable {
    /** Thousands of rows: beginning a COPY is small beside them, and a full buffer of each table is little memory. */
    private static final int FULL_BYTES = 1 << 20;

    /** Enough to bridge a commit; more would only move the wait. */
    private static final int SPARE_BUFFERS = 4;

    /**
     * Two for each table and some more: a live run hands over what there is of all of them at once, for a checkpoint even
     * while the last such lot is on its way, and goes on.
     */
    private static final int LIVE_SPARE_BUFFERS = 36;

    private final Connection connection;
    private final CopySender sender;
    private final String runId;
    private final int runNo;
    private final List<Waiting<?, ? extends AppendTable<?>>> appended = new ArrayList<>();
    private final Waiting<TradeRow, ?> trades = append(new TradeTable());
    private final Waiting<OrderRow, ?> orders;
    private final Waiting<ExecutionRow, ?> executions = append(new ExecutionTable());
    private final Waiting<FillRow, ?> fills = append(new FillTable());
    private final Waiting<RealizedRow, ?> realized = append(new RealizedTable());
    private final Waiting<MarkRow, ?> marks = append(new MarkTable());
    private final Waiting<PhaseRow, ?> phases = append(new PhaseTable());
    private final Waiting<BookSnapshotRow, ?> bookSnapshots = append(new BookSnapshotTable());
    private final Waiting<BookDeltaRow, ?> bookDeltas = append(new BookDeltaTable());
    private final Waiting<PnlSnapshotRow, ?> pnlSnapshots = append(new PnlSnapshotTable());
    private final Waiting<RejectRow, ? extends AppendTable<RejectRow>> rejects = append(new RejectTable());
    private final List<Waiting<?, ? extends StateTable<?>>> stated = new ArrayList<>();
    private final Waiting<PositionRow, ?> positions = state(new PositionTable());
    private final Waiting<LotRow, ?> lots = state(new LotTable());
    private final Waiting<RunProgressTable.Progress, ?> progress = state(new RunProgressTable());
    private final Waiting<WrittenRow, ?> written = state(new WrittenTable());
    private final DecimalPool decimals = new DecimalPool();

    /** A table and its rows that wait. */
    private final class Waiting<R, T extends CopyTable<R>> {
        private final T table;
        private CopyBuffer buffer = new CopyBuffer();

        private Waiting(T table) {
            this.table = table;
        }

        private void sendIfFull() throws SQLException {
            if (buffer.size() >= FULL_BYTES) {
                send();
            }
        }

        private void send() throws SQLException {
            if (!buffer.isEmpty()) {
                buffer = sender.exchange(table, buffer);
            }
        }
    }

    private RunWriter(Connection connection, CopySender sender, String runId, int runNo, boolean live) {
        this.connection = connection;
        this.sender = sender;
        this.runId = runId;
        this.runNo = runNo;
        this.orders = live ? state(new LiveOrderTable()) : append(new OrderTable());
    }

    /**
     * Begins to write a run that comes to an end, once no predecessor in the same place can write any more.
     *
     * @param connection to be used by this writer alone, which closes it
     * @param place number of this writer among those of the run, the same after a restart
     * @throws IllegalStateException if there is no such run
     * @throws SQLException if a predecessor still writes after a minute
     */
    public static RunWriter open(Connection connection, String runId, int place) throws SQLException {
        return open(connection, runId, place, false);
    }

    /**
     * The same for a run that goes on: orders are written as they stand, over what they were. Its keys must be built
     * ({@link RunTable#prepareToGrow}). A successor asks {@link #written} and leaves out what is there.
     */
    public static RunWriter openLive(Connection connection, String runId, int place) throws SQLException {
        return open(connection, runId, place, true);
    }

    private static RunWriter open(Connection connection, String runId, int place, boolean live) throws SQLException {
        try {
            int runNo = RunTable.require(connection, runId).runNo();
            WriterLocks.takePlace(connection, runId, runNo, place);
            connection.setAutoCommit(false);
            CopySender sender =
                    new CopySender(connection, runId, runNo, place, live ? LIVE_SPARE_BUFFERS : SPARE_BUFFERS);
            RunWriter writer = new RunWriter(connection, sender, runId, runNo, live);
            writer.createStages();
            return writer;
        } catch (SQLException | RuntimeException failed) {
            connection.close();
            throw failed;
        }
    }

    private <R> Waiting<R, ? extends AppendTable<R>> append(AppendTable<R> table) {
        Waiting<R, AppendTable<R>> added = new Waiting<>(table);
        appended.add(added);
        return added;
    }

    private <R> Waiting<R, ?> state(StateTable<R> table) {
        Waiting<R, StateTable<R>> added = new Waiting<>(table);
        stated.add(added);
        return added;
    }

    private void createStages() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (Waiting<?, ? extends StateTable<?>> each : stated) {
                each.table.createStage(statement);
            }
            // Plans are made while tables are empty, and kept: by their keys, however large they will be.
            statement.execute("SET enable_seqscan = off");
        }
        connection.commit();
    }

    /**
     * Removes what follows a checkpoint.
     *
     * @param mine which instruments this writer answers for; unreadable lines belong to the instrument {@code ""}
     */
    public void deleteBeyond(Covered covered, Predicate<String> mine) throws SQLException {
        try {
            for (Waiting<?, ? extends AppendTable<?>> each : appended) {
                deleteBeyond(each.table, covered.sequences(), mine);
            }
            if (mine.test(RejectTable.NO_INSTRUMENT)) {
                deleteLinesBeyond(covered.lines());
            }
            connection.commit();
        } catch (SQLException failed) {
            throw sender.rolledBack("removing what follows the checkpoint", failed);
        }
    }

    private void deleteBeyond(AppendTable<?> table, Map<String, Long> sequences, Predicate<String> mine)
            throws SQLException {
        List<String> instruments = instrumentsOf(table, mine);
        Long[] bounds = instruments.stream()
                .map(instrument -> sequences.getOrDefault(instrument, 0L))
                .toArray(Long[]::new);
        String delete = """
                DELETE FROM %s stored
                USING unnest(?::text[], ?::bigint[]) AS covered (name, bound)
                WHERE stored.instrument = covered.name
                  AND covered.bound < 9223372036854775807
                  AND (%s > covered.bound OR %s)
                """.formatted(table.partition(runNo), table.causedBy(), table.isEndRow());
        try (PreparedStatement statement = connection.prepareStatement(delete)) {
            statement.setArray(1, connection.createArrayOf("text", instruments.toArray()));
            statement.setArray(2, connection.createArrayOf("bigint", bounds));
            statement.executeUpdate();
        }
    }

    private void deleteLinesBeyond(Map<Integer, Long> lines) throws SQLException {
        String delete = """
                DELETE FROM %s stored
                WHERE instrument = ''
                  AND position > coalesce(
                      (SELECT bound FROM unnest(?::int[], ?::bigint[]) AS covered (source, bound)
                       WHERE covered.source = stored.source), -1)
                """.formatted(rejects.table.partition(runNo));
        List<Integer> sources = List.copyOf(lines.keySet());
        try (PreparedStatement statement = connection.prepareStatement(delete)) {
            statement.setArray(1, connection.createArrayOf("int4", sources.toArray()));
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "bigint", sources.stream().map(lines::get).toArray()));
            statement.executeUpdate();
        }
    }

    /** Those of which there are rows; what stands under no instrument is none. */
    private List<String> instrumentsOf(AppendTable<?> table, Predicate<String> mine) throws SQLException {
        List<String> instruments = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT DISTINCT instrument FROM " + table.partition(runNo))) {
            while (rows.next()) {
                String instrument = rows.getString(1);
                if (!instrument.equals(RejectTable.NO_INSTRUMENT) && mine.test(instrument)) {
                    instruments.add(instrument);
                }
            }
        }
        return instruments;
    }

    public void add(Trade trade, Instrument instrument) throws SQLException {
        TradeRow.writeFileColumns(trade, instrument, decimals, trades.buffer);
        trades.buffer.endRow();
        trades.sendIfFull();
    }

    /** @param changeNo see {@link OrderRow} */
    public void add(OrderState order, Instrument instrument, int changeNo) throws SQLException {
        OrderRow.writeFileColumns(order, instrument, decimals, orders.buffer);
        orders.buffer.number(order.sequence()).number(changeNo).endRow();
        orders.sendIfFull();
    }

    public void add(PnlEvent.Realized piece) throws SQLException {
        RealizedRow.writeFileColumns(piece, realized.buffer);
        realized.buffer.number(piece.sequence()).endRow();
        realized.sendIfFull();
    }

    public void add(TradeRow row) throws SQLException {
        add(trades, row);
    }

    public void add(OrderRow row) throws SQLException {
        add(orders, row);
    }

    public void add(ExecutionRow row) throws SQLException {
        add(executions, row);
    }

    public void add(FillRow row) throws SQLException {
        add(fills, row);
    }

    public void add(RealizedRow row) throws SQLException {
        add(realized, row);
    }

    /** Adds a MARK. Prices of trades need no row: the views take them from the trades. */
    public void add(MarkRow row) throws SQLException {
        add(marks, row);
    }

    public void add(PhaseRow row) throws SQLException {
        add(phases, row);
    }

    public void add(BookSnapshotRow row) throws SQLException {
        add(bookSnapshots, row);
    }

    public void add(BookDeltaRow row) throws SQLException {
        add(bookDeltas, row);
    }

    public void add(RejectRow row) throws SQLException {
        add(rejects, row);
    }

    public void add(PositionRow row) throws SQLException {
        add(positions, row);
    }

    public void add(LotRow row) throws SQLException {
        add(lots, row);
    }

    public void add(PnlSnapshotRow row) throws SQLException {
        add(pnlSnapshots, row);
    }

    private static <R> void add(Waiting<R, ?> to, R row) throws SQLException {
        to.table.write(row, to.buffer);
        to.sendIfFull();
    }

    public void add(RunProgressTable.Progress instrument) throws SQLException {
        add(progress, instrument);
    }

    /** Adds how far the run is stored with what is written before the next commit. */
    public void add(WrittenRow row) throws SQLException {
        add(written, row);
    }

    /** How far the run is stored, by all its writers; to be asked before the first row. */
    public List<WrittenRow> written() throws SQLException {
        List<WrittenRow> found = WrittenTable.find(connection, runId);
        connection.commit();
        return found;
    }

    /** How far the instruments were at the newest checkpoint; to be asked before the first row. */
    public List<RunProgressTable.Progress> progress() throws SQLException {
        List<RunProgressTable.Progress> found = RunProgressTable.findAll(connection, runId);
        connection.commit();
        return found;
    }

    /** Writes all rows that wait; when it returns they are safe, with all that went before them. */
    public void flush() throws SQLException {
        sendAll();
        sender.commit();
    }

    /**
     * Sees to it that all rows that wait are written soon, in one transaction.
     *
     * @return done once they are safe, with all that went before them; fails with what the server refused
     */
    public Future<?> flushSoon() throws SQLException {
        sendAll();
        return sender.commitSoon();
    }

    /** Whether all that {@link #flushSoon} was told to write is written, and the server had some rest since. */
    public boolean isRested() {
        return sender.isRested();
    }

    private void sendAll() throws SQLException {
        for (Waiting<?, ?> each : appended) {
            each.send();
        }
        for (Waiting<?, ?> each : stated) {
            each.send();
        }
    }

    /** Ends the connection. Rows that were not flushed are dropped: a checkpoint covers flushed rows only. */
    @Override
    public void close() throws SQLException {
        sender.close();
    }
}
