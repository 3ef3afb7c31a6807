package io.crossbook.store.queries;

import static io.crossbook.store.StoredRows.d;
import static io.crossbook.store.StoredRows.lot;
import static io.crossbook.store.StoredRows.mark;
import static io.crossbook.store.StoredRows.position;
import static io.crossbook.store.StoredRows.refused;
import static io.crossbook.store.StoredRows.snapshot;
import static io.crossbook.store.StoredRows.trade;
import static io.crossbook.store.StoredRows.unreadable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.crossbook.model.Side;
import io.crossbook.store.RunWriter;
import io.crossbook.store.TestDatabase;
import io.crossbook.store.queries.RunComparison.Difference;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the pages of a run ask for besides what programs do. */
class DashboardQueriesIT {
    private static final long MINUTE = 60_000_000_000L;

    private static TestDatabase database;
    private static Connection connection;

    @BeforeAll
    static void start() throws Exception {
        database = TestDatabase.create("dashboard_queries");
        connection = database.connect();
    }

    @AfterAll
    static void stop() throws Exception {
        connection.close();
        database.close();
    }

    @Test
    void tellsRejectsInTheOrderOfTheInputAndTheirReasons() throws Exception {
        try (RunWriter writer = database.openLive("rejects")) {
            writer.add(refused("B", 9));
            writer.add(unreadable(4, "x"));
            writer.add(refused("A", 2));
            writer.add(unreadable(1, "y"));
            writer.add(refused("A", 6));
            writer.flush();
        }
        assertThat(RejectQuery.reasons(connection, "rejects"))
                .containsExactly(new RejectQuery.Reason("OFF_TICK", 3), new RejectQuery.Reason("BAD_NUMBER", 2));
        for (int limit : new int[] {1, 2, 10}) {
            assertThat(Pages.all(limit, (after, most) -> RejectQuery.list(connection, "rejects", null, after, most)))
                    .extracting(StoredReject::instrument, StoredReject::sequence, StoredReject::line)
                    .containsExactly(
                            tuple(null, null, 2L),
                            tuple("A", 2L, 9L),
                            tuple(null, null, 5L),
                            tuple("A", 6L, 9L),
                            tuple("B", 9L, 9L));
        }
        assertThat(RejectQuery.list(connection, "rejects", "BAD_NUMBER", null, 10)
                        .rows())
                .extracting(StoredReject::raw)
                .containsExactly("y", "x");
    }

    @Test
    void tellsClientsWithWhatTheyEarnedAndTheirLots() throws Exception {
        try (RunWriter writer = database.openLive("clients")) {
            writer.add(position("alice", "X", "2", "5", "1", 3, "-20"));
            writer.add(position("alice", "Y", "0", "-3", "0", 3, "-3"));
            writer.add(position("Bob", "X", "-2", "0", "-1", 3, "20"));
            writer.add(mark("X", 1, "13"));
            writer.add(lot("alice", "X", 7, Side.BUY, "1", "10"));
            writer.add(lot("alice", "X", 2, Side.BUY, "1", "11"));
            writer.add(lot("alice", "Y", 1, Side.SELL, "1", "12"));
            writer.add(lot("Bob", "X", 1, Side.SELL, "2", "10"));
            writer.flush();
        }
        for (int limit : new int[] {1, 10}) {
            assertThat(Pages.all(limit, (after, most) -> ClientQuery.list(connection, "clients", null, after, most)))
                    .extracting(
                            ClientPnl::clientId, ClientPnl::currency, ClientPnl::openPositions, ClientPnl::realizedPnl)
                    .containsExactly(tuple("Bob", "USD", 1L, d("0")), tuple("alice", "USD", 1L, d("2")));
            assertThat(Pages.all(
                            limit,
                            (after, most) -> LotQuery.list(connection, "clients", "alice", List.of(), after, most)))
                    .extracting(StoredLot::instrument, StoredLot::lotNo)
                    .containsExactly(tuple("X", 2L), tuple("X", 7L), tuple("Y", 1L));
        }
        assertThat(ClientQuery.list(connection, "clients", "B", null, 10).rows())
                .extracting(ClientPnl::clientId)
                .containsExactly("Bob");
        assertThat(ClientQuery.list(connection, "clients", "ICE", null, 10).rows())
                .extracting(ClientPnl::clientId)
                .containsExactly("alice");
        assertThat(LotQuery.list(connection, "clients", "alice", List.of("Y"), null, 10)
                        .rows())
                .hasSize(1);
    }

    @Test
    void tellsHowFarPnlLiesBelowItsHighest() throws Exception {
        try (RunWriter writer = database.openLive("equity")) {
            writer.add(snapshot("c", "X", MINUTE, "-2", "0", "0"));
            writer.add(snapshot("c", "X", 2 * MINUTE, "10", "5", "1"));
            writer.add(snapshot("c", "Y", 3 * MINUTE, "-6", "0", "0"));
            writer.add(snapshot("c", "X", 4 * MINUTE, "30", "0", "2"));
            writer.add(snapshot("other", "X", 4 * MINUTE, "99", "0", "0"));
            writer.flush();
        }
        assertThat(ClientQuery.equity(connection, "equity", "c", 100))
                .extracting(StoredEquity::timestamp, StoredEquity::netPnl, StoredEquity::drawdown)
                .containsExactly(
                        tuple(Instant.ofEpochSecond(60), d("-2"), d("-2")),
                        tuple(Instant.ofEpochSecond(120), d("14"), d("0")),
                        tuple(Instant.ofEpochSecond(180), d("8"), d("-6")),
                        tuple(Instant.ofEpochSecond(240), d("22"), d("0")));
        assertThat(ClientQuery.equity(connection, "equity", "c", 2))
                .extracting(StoredEquity::drawdown)
                .containsExactly(d("-6"), d("0"));
    }

    @Test
    void tellsWhereTwoRunsPart() throws Exception {
        for (String run : List.of("one", "same", "other", "shorter")) {
            try (RunWriter writer = database.openLive(run)) {
                writer.add(trade("A", 1, 5, 5, "10", "1"));
                if (!run.equals("shorter")) {
                    writer.add(trade("A", 2, 8, 8, run.equals("other") ? "11" : "10", "1"));
                }
                writer.add(trade("B", 1, 2, 2, run.equals("other") ? "9" : "10", "1"));
                writer.add(position("c", "A", "0", run.equals("other") ? "3" : "2", "0", 8, "2"));
                writer.flush();
            }
        }
        assertThat(RunComparison.first(connection, "one", "same")).isEmpty();
        Difference price = RunComparison.first(connection, "one", "other").orElseThrow();
        assertThat(price)
                .extracting(Difference::table, Difference::instrument, Difference::sequence)
                .containsExactly("trades", "A", 8L);
        assertThat(price.one()).contains("\"price\": 10");
        assertThat(price.other())
                .contains("\"price\": 11")
                .containsPattern("\"timestamp\": \"1970-01-01T00:00:0\\d\\.\\d{9}Z\"");
        Difference missing = RunComparison.first(connection, "shorter", "one").orElseThrow();
        assertThat(missing.sequence()).isEqualTo(8);
        assertThat(missing.one()).isNull();
        assertThat(missing.other()).contains("\"trade_no\": 2");
        assertThat(RunComparison.pnl(connection, "one", "other", 10))
                .containsExactly(new RunComparison.NetPnl("c", "USD", d("2"), d("3"), d("1")));
        assertThat(RunComparison.pnl(connection, "one", "nobody", 10))
                .containsExactly(new RunComparison.NetPnl("c", "USD", d("2"), null, d("-2")));
    }
}
