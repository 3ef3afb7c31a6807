package io.crossbook.store;

import io.crossbook.model.DecimalPool;
import io.crossbook.model.Instrument;
import io.crossbook.model.MarketEvent;
import io.crossbook.model.PnlEvent;
import io.crossbook.store.rows.BookDeltaRow;
import io.crossbook.store.rows.BookSnapshotRow;
import io.crossbook.store.rows.ExecutionRow;
import io.crossbook.store.rows.FillRow;
import io.crossbook.store.rows.LotRow;
import io.crossbook.store.rows.MarkRow;
import io.crossbook.store.rows.OrderRow;
import io.crossbook.store.rows.PnlSnapshotRow;
import io.crossbook.store.rows.PositionRow;
import io.crossbook.store.rows.RealizedRow;
import io.crossbook.store.rows.RejectRow;
import io.crossbook.store.rows.TradeRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;

/**
 * Loads the rows of a run: what grows with the input by {@code COPY} into the run's partitions, what states how things
 * stand by upserts.
 *
 * <p>Rows wait in memory until {@link #flush}, or until there are {@value #FLUSH_BYTES} bytes of them; each flush is one
 * transaction. A writer that succeeds a broken one first calls {@link #deleteBeyond} with what its checkpoint covers, and
 * then writes again what followed: so every row is there once. One writer serves one thread and owns its connection.
 */
public final class RunWriter implements AutoCloseable {
    /** Large enough that a commit is small beside it, small enough that many writers fit. */
    private static final int FLUSH_BYTES = 4 << 20;

    private final Connection connection;
    private final String runId;
    private final int runNo;
    private final List<Waiting<?, ? extends AppendTable<?>>> appended = new ArrayList<>();
    private final Waiting<TradeRow, ?> trades = append(new TradeTable());
    private final Waiting<OrderRow, ?> orders = append(new OrderTable());
    private final Waiting<ExecutionRow, ?> executions = append(new ExecutionTable());
    private final Waiting<FillRow, ?> fills = append(new FillTable());
    private final Waiting<RealizedRow, ?> realized = append(new RealizedTable());
    private final Waiting<MarkRow, ?> marks = append(new MarkTable());
    private final Waiting<BookSnapshotRow, ?> bookSnapshots = append(new BookSnapshotTable());
    private final Waiting<BookDeltaRow, ?> bookDeltas = append(new BookDeltaTable());
    private final Waiting<RejectRow, ?> rejects = append(new RejectTable());
    private final List<Waiting<?, ? extends StateTable<?>>> stated = new ArrayList<>();
    private final Waiting<PositionRow, ?> positions = state(new PositionTable());
    private final Waiting<LotRow, ?> lots = state(new LotTable());
    private final Waiting<PnlSnapshotRow, ?> pnlSnapshots = state(new PnlSnapshotTable());
    private final DecimalPool decimals = new DecimalPool();
    private int waitingBytes;

    /** A table and its rows that wait. */
    private record Waiting<R, T extends CopyTable<R>>(T table, CopyBuffer buffer) {
        /** Adds a row and tells how many bytes it takes. */
        int add(R row) {
            int before = buffer.size();
            table.write(row, buffer);
            return buffer.size() - before;
        }
    }

    private RunWriter(Connection connection, String runId, int runNo) {
        this.connection = connection;
        this.runId = runId;
        this.runNo = runNo;
    }

    /**
     * Begins to write, once no predecessor in the same place can write any more.
     *
     * @param connection to be used by this writer alone, which closes it
     * @param place number of this writer among those of the run, the same after a restart
     * @throws IllegalStateException if there is no such run
     * @throws SQLException if a predecessor still writes after a minute
     */
    public static RunWriter open(Connection connection, String runId, int place) throws SQLException {
        try {
            int runNo = RunTable.require(connection, runId).runNo();
            WriterLocks.takePlace(connection, runId, runNo, place);
            connection.setAutoCommit(false);
            RunWriter writer = new RunWriter(connection, runId, runNo);
            writer.createStages();
            return writer;
        } catch (SQLException | RuntimeException failed) {
            connection.close();
            throw failed;
        }
    }

    private <R> Waiting<R, ?> append(AppendTable<R> table) {
        Waiting<R, AppendTable<R>> added = new Waiting<>(table, new CopyBuffer());
        appended.add(added);
        return added;
    }

    private <R> Waiting<R, ?> state(StateTable<R> table) {
        Waiting<R, StateTable<R>> added = new Waiting<>(table, new CopyBuffer());
        stated.add(added);
        return added;
    }

    private void createStages() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (Waiting<?, ? extends StateTable<?>> each : stated) {
                each.table().createStage(statement);
            }
        }
        connection.commit();
    }

    /**
     * Removes what follows a checkpoint.
     *
     * @param sequences by instrument the last command that is covered, with 0 for those that are absent; for the
     *     unreadable lines, which belong to the instrument {@code ""}, their last position. {@code Long.MAX_VALUE} says
     *     that an instrument's end of the run is covered too; otherwise open orders and the last book go as well
     * @param mine which instruments this writer answers for
     */
    public void deleteBeyond(Map<String, Long> sequences, Predicate<String> mine) throws SQLException {
        try {
            for (Waiting<?, ? extends AppendTable<?>> each : appended) {
                deleteBeyond(each.table(), sequences, mine);
            }
            connection.commit();
        } catch (SQLException failed) {
            throw rolledBack("removing what follows the checkpoint", failed);
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

    private List<String> instrumentsOf(AppendTable<?> table, Predicate<String> mine) throws SQLException {
        List<String> instruments = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT DISTINCT instrument FROM " + table.partition(runNo))) {
            while (rows.next()) {
                if (mine.test(rows.getString(1))) {
                    instruments.add(rows.getString(1));
                }
            }
        }
        return instruments;
    }

    public void add(MarketEvent.Trade trade, Instrument instrument) throws SQLException {
        CopyBuffer buffer = trades.buffer();
        int before = buffer.size();
        TradeRow.write(trade, instrument, decimals, buffer);
        added(buffer.size() - before);
    }

    /** @param changeNo see {@link OrderRow} */
    public void add(MarketEvent.OrderState order, Instrument instrument, int changeNo) throws SQLException {
        CopyBuffer buffer = orders.buffer();
        int before = buffer.size();
        OrderRow.writeFileColumns(order, instrument, decimals, buffer);
        buffer.number(order.sequence()).number(changeNo).endRow();
        added(buffer.size() - before);
    }

    public void add(PnlEvent.Realized piece) throws SQLException {
        CopyBuffer buffer = realized.buffer();
        int before = buffer.size();
        RealizedRow.writeFileColumns(piece, buffer);
        buffer.number(piece.sequence()).endRow();
        added(buffer.size() - before);
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

    private <R> void add(Waiting<R, ?> to, R row) throws SQLException {
        added(to.add(row));
    }

    private void added(int bytes) throws SQLException {
        waitingBytes += bytes;
        if (waitingBytes >= FLUSH_BYTES) {
            flush();
        }
    }

    /** Writes all rows that wait, in one transaction; when it returns they are safe. */
    public void flush() throws SQLException {
        if (waitingBytes == 0) {
            return;
        }
        String table = "";
        try {
            CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
            for (Waiting<?, ? extends AppendTable<?>> each : appended) {
                table = each.table().name();
                send(copies, each.table().copyInto(runNo), each.buffer());
            }
            for (Waiting<?, ? extends StateTable<?>> each : stated) {
                table = each.table().name();
                if (send(copies, each.table().copyIntoStage(), each.buffer())) {
                    each.table().mergeStage(connection, runId);
                }
            }
            connection.commit();
        } catch (SQLException failed) {
            throw rolledBack("writing to " + table, failed);
        }
        waitingBytes = 0;
    }

    /** Sends the rows of a table, if there are any. */
    private static boolean send(CopyManager copies, String copySql, CopyBuffer buffer) throws SQLException {
        if (buffer.isEmpty()) {
            return false;
        }
        CopyIn copy = copies.copyIn(copySql);
        try {
            buffer.sendTo(copy);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
        buffer.clear();
        return true;
    }

    private SQLException rolledBack(String doing, SQLException failed) {
        SQLException told = new SQLException(
                "Run \"" + runId + "\": " + doing + " failed: " + failed.getMessage(), failed.getSQLState(), failed);
        try {
            connection.rollback();
        } catch (SQLException alsoFailed) {
            told.addSuppressed(alsoFailed);
        }
        return told;
    }

    /** Ends the connection. Rows that still wait are dropped: a checkpoint covers flushed rows only. */
    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
