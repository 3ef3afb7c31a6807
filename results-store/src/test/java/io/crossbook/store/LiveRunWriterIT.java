package io.crossbook.store;

import static io.crossbook.store.StoredRows.d;
import static io.crossbook.store.StoredRows.lot;
import static io.crossbook.store.StoredRows.order;
import static io.crossbook.store.StoredRows.trade;
import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.model.OrdStatus;
import io.crossbook.model.Side;
import io.crossbook.store.rows.LotRow;
import io.crossbook.store.rows.WrittenRow;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rows of a run that goes on. */
class LiveRunWriterIT {
    private static TestDatabase database;

    @BeforeAll
    static void start() throws Exception {
        database = TestDatabase.create("live_run_writer");
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @Test
    void keepsOrdersAndLotsOfALiveRunAsTheyStand() throws Exception {
        String runId = "live";
        openLive(runId);
        try (RunWriter writer = RunWriter.openLive(database.connect(), runId, 0)) {
            writer.add(order("X", 1, 1, 0, OrdStatus.OPEN));
            writer.add(order("X", 2, 2, 0, OrdStatus.OPEN));
            writer.add(lotAfter("kept", 1, 1));
            writer.add(lotAfter("kept", 1, 2));
            writer.add(lotAfter("kept", 2, 2));
            writer.add(lotAfter("closing", 1, 1));
            writer.add(lotAfter("closing", 1, 2));
            writer.add(lotAfter("closing", 2, 2));
            writer.add(lotAfter("flat", 1, 1));
            writer.flush();
            // Both at once: lots that are opened and closed again before anybody writes them down.
            writer.add(order("X", 1, 3, 0, OrdStatus.FILLED));
            writer.add(lotAfter("closing", 2, 3));
            writer.add(lotAfter("flat", 2, 3));
            writer.add(LotRow.none("flat", "X", 4));
            writer.flush();
        }
        assertThat(database.ask(
                        "SELECT sequence, status, last_sequence FROM orders WHERE run_id = ? ORDER BY 1", runId))
                .containsExactly("1|FILLED|3", "2|OPEN|2");
        assertThat(database.ask("SELECT client_id, lot_no FROM lots WHERE run_id = ? ORDER BY 1, 2", runId))
                .containsExactly("closing|2", "kept|1", "kept|2");
    }

    @Test
    void tellsASuccessorWhatIsStoredOfALiveRun() throws Exception {
        String runId = "successor";
        openLive(runId);
        try (RunWriter writer = RunWriter.openLive(database.connect(), runId, 0)) {
            assertThat(writer.written()).isEmpty();
            writer.add(trade("X", 1, 5, 1, "1", "1"));
            writer.add(new WrittenRow("X", 0, 5, d("1.5"), WrittenRow.TRADE));
            writer.add(new RunProgressTable.Progress("X", 4, 0, 7));
            writer.flush();
            writer.add(trade("X", 2, 6, 1, "1", "1"));
            writer.add(new WrittenRow("X", 0, 6, null, null));
            // Broken off before its commit.
        }
        try (RunWriter writer = RunWriter.openLive(database.connect(), runId, 0)) {
            assertThat(writer.written()).containsExactly(new WrittenRow("X", 0, 5, d("1.5"), WrittenRow.TRADE));
            assertThat(writer.progress()).containsExactly(new RunProgressTable.Progress("X", 4, 0, 7));
            writer.add(trade("X", 2, 6, 1, "1", "1"));
            writer.flush();
        }
        assertThat(database.ask("SELECT trade_no FROM trades WHERE run_id = ? ORDER BY 1", runId))
                .containsExactly("1", "2");
    }

    private static void openLive(String runId) throws SQLException {
        database.openRun(runId).close();
        try (Connection connection = database.connect()) {
            RunTable.prepareToGrow(connection, runId);
        }
    }

    private static LotRow lotAfter(String client, long lotNo, long sequence) {
        LotRow lot = lot(client, "X", lotNo, Side.BUY, "1", "1");
        return new LotRow(client, "X", lotNo, lot.tradeId(), lot.side(), lot.quantity(), lot.price(), 5, sequence);
    }
}
