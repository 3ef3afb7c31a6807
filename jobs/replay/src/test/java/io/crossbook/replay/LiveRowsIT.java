package io.crossbook.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.matching.LiveBook;
import io.crossbook.matching.MatchingSettings;
import io.crossbook.model.Decimal;
import io.crossbook.model.Instruments;
import io.crossbook.model.MarketEvent.CommandEnded;
import io.crossbook.model.MarketEvent.IntervalEnded;
import io.crossbook.model.MarketInput;
import io.crossbook.model.MarketInput.MarkPrice;
import io.crossbook.model.RunEvent;
import io.crossbook.model.Timestamps;
import io.crossbook.model.Trade;
import io.crossbook.pnl.LedgerSettings;
import io.crossbook.pnl.LiveLedger;
import io.crossbook.store.Database;
import io.crossbook.store.RunTable;
import io.crossbook.store.RunWriter;
import io.crossbook.store.embedded.EmbeddedPostgres;
import io.crossbook.testkit.OrderFlow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.RunnableFuture;
import org.apache.flink.runtime.checkpoint.CheckpointOptions;
import org.apache.flink.runtime.state.memory.MemCheckpointStreamFactory;
import org.apache.flink.streaming.api.operators.OperatorSnapshotFutures;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A live run that breaks off anywhere and says everything again stores what the unbroken run stores. */
class LiveRowsIT {
    private static final int COMMANDS = 400;
    private static final int BREAKS = 5;
    private static final long SEED = Long.getLong("crossbook.seed", 3);
    private static final List<String> TABLES = List.of(
            "trades",
            "orders",
            "executions",
            "fills",
            "realized_pnl",
            "marks",
            "phases",
            "lots",
            "positions",
            "book_snapshots",
            "book_deltas",
            "pnl_snapshots",
            "rejects");

    private static Path home;
    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws Exception {
        home = Files.createTempDirectory(Runs.REPOSITORY.resolve("jobs/replay/target"), "live-rows-");
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        postgres = EmbeddedPostgres.start(home, 0);
        Database.migrate(postgres.jdbcUrl(), postgres.user(), postgres.password());
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"MIXED", "AUCTIONS", "SELF_TRADES"})
    void eachRowIsThereOnceHoweverOftenItBreaksOff(OrderFlow.Profile profile) throws Exception {
        OrderFlow flow = new OrderFlow(profile, SEED);
        Instruments instruments = new Instruments(List.of(flow.instrument()));
        List<RunEvent> events = events(flow, profile == OrderFlow.Profile.MIXED);
        Random random = new Random(SEED);
        String unbroken = "unbroken-" + profile;
        String broken = "broken-" + profile;

        begin(unbroken);
        write(unbroken, instruments, events, events.size(), random, true);
        begin(broken);
        for (int i = 0; i < BREAKS; i++) {
            write(broken, instruments, events, nextInterval(events, random.nextInt(events.size())), random, false);
        }
        write(broken, instruments, events, events.size(), random, true);

        Map<String, String> expected = rows(unbroken);
        assertThat(rows(broken)).as("seed %d", SEED).isEqualTo(expected);
        assertThat(markOf(broken)).as("the newest mark").isEqualTo(lookedUpMark(broken));
        assertThat(expected.get("trades")).as("there are trades").isNotEmpty();
        assertThat(expected.get("orders")).as("there are orders").isNotEmpty();
        assertThat(expected.get("book_snapshots")).as("there are intervals").isNotEmpty();
    }

    @Test
    @Timeout(120)
    void aCheckpointWaitsForItsRowsAndNoCommandWaitsForTheCheckpoint() throws Exception {
        OrderFlow flow = new OrderFlow(OrderFlow.Profile.MIXED, SEED);
        Instruments instruments = new Instruments(List.of(flow.instrument()));
        List<RunEvent> events = events(flow, false);
        int barrier = events.size() / 2;
        String runId = "checkpoint";
        begin(runId);
        StoreOperator store = new StoreOperator(runId, login(), List.of("topic-0"), instruments, home);
        OneInputStreamOperatorTestHarness<RunEvent, Void> task = new OneInputStreamOperatorTestHarness<>(store);
        try (Connection other = connect()) {
            task.open();
            other.setAutoCommit(false);
            other.createStatement().execute("LOCK TABLE trades IN EXCLUSIVE MODE");

            take(events.subList(0, barrier), task);
            OperatorSnapshotFutures snapshot = store.snapshotState(
                    1,
                    0,
                    CheckpointOptions.forCheckpointWithDefaultLocation(),
                    new MemCheckpointStreamFactory(1 << 20));
            RunnableFuture<?> complete = snapshot.getOperatorStateManagedFuture();
            new Thread(complete, "checkpoint").start();
            take(events.subList(barrier, events.size()), task);

            awaitLockWaiter(other);
            assertThat(complete).as("the checkpoint, its rows held up").isNotDone();
            other.rollback();
            complete.get();
            assertThat(ask("SELECT count(*) FROM trades WHERE run_id = ?", runId))
                    .as("trades once the checkpoint is complete")
                    .isEqualTo(Long.toString(trades(events.subList(0, barrier))));
        } finally {
            task.close();
        }
    }

    private static void take(List<RunEvent> events, OneInputStreamOperatorTestHarness<RunEvent, Void> task)
            throws Exception {
        for (RunEvent event : events) {
            task.processElement(event, 0);
        }
    }

    private static long trades(List<RunEvent> events) {
        return events.stream().filter(Trade.class::isInstance).count();
    }

    private static void awaitLockWaiter(Connection connection) throws SQLException {
        boolean waits = false;
        while (!waits) {
            try (Statement statement = connection.createStatement();
                    ResultSet answer =
                            statement.executeQuery("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")) {
                answer.next();
                waits = answer.getBoolean(1);
            }
        }
    }

    /** @param marks whether some commands give way to marks, which come before the prices of trades */
    private static List<RunEvent> events(OrderFlow flow, boolean marks) {
        LiveBook book = new LiveBook(
                flow.instrument(), new MatchingSettings(true, true, Timestamps.NANOS_PER_SECOND, true, true, true));
        LiveLedger ledger = new LiveLedger(flow.instrument(), new LedgerSettings(true, true, true));
        List<RunEvent> events = new ArrayList<>();
        for (MarketInput command : flow.next(COMMANDS)) {
            MarketInput input = marks && events.size() % 20 == 0
                    ? new MarkPrice(command.header(), Decimal.of(events.size(), 2))
                    : command;
            book.apply(input, event -> ledger.apply(event, said -> events.add(said.copy())));
        }
        book.finish(event -> ledger.apply(event, said -> events.add(said.copy())));
        ledger.finish(said -> events.add(said.copy()));
        return events;
    }

    /** A break between a command and what is seen to have ended after it is the hardest. */
    private static int nextInterval(List<RunEvent> events, int from) {
        for (int i = from; i < events.size(); i++) {
            if (events.get(i) instanceof IntervalEnded) {
                return i;
            }
        }
        return from;
    }

    /** Writes the first events, committed at some ends of commands, and breaks off or comes to the end. */
    private static void write(
            String runId, Instruments instruments, List<RunEvent> events, int count, Random random, boolean whole)
            throws Exception {
        try (RunWriter store = RunWriter.openLive(connect(), runId, 0)) {
            LiveRows rows = new LiveRows(store, new RunRows(null, store, List.of("topic-0"), instruments), instruments);
            for (RunEvent event : events.subList(0, count)) {
                rows.write(event);
                if (event instanceof CommandEnded && random.nextBoolean()) {
                    rows.commit().get();
                }
            }
            if (whole) {
                rows.commit().get();
            }
        }
    }

    private static void begin(String runId) throws SQLException {
        try (Connection connection = connect()) {
            RunTable.insert(connection, new RunTable.NewRun(runId, "live", "0.1.0", "{}", true, 0));
            RunTable.prepareToGrow(connection, runId);
        }
    }

    /** All rows of each table, without the name of the run. */
    private static Map<String, String> rows(String runId) throws SQLException {
        Map<String, String> rows = new TreeMap<>();
        try (Connection connection = connect()) {
            for (String table : TABLES) {
                String select = "SELECT coalesce(string_agg(line, E'\\n' ORDER BY line), '') FROM (SELECT"
                        + " (to_jsonb(stored) - 'run_id')::text AS line FROM " + table
                        + " stored WHERE run_id = ?) lines";
                try (PreparedStatement statement = connection.prepareStatement(select)) {
                    statement.setString(1, runId);
                    ResultSet answer = statement.executeQuery();
                    answer.next();
                    rows.put(table, answer.getString(1));
                }
            }
        }
        return rows;
    }

    private static String markOf(String runId) throws SQLException {
        return ask("SELECT mark_origin || ' ' || mark_price FROM run_written WHERE run_id = ?", runId);
    }

    private static String lookedUpMark(String runId) throws SQLException {
        return ask("""
                SELECT coalesce(
                    (SELECT 'MARK ' || price FROM marks WHERE run_id = said.run_id ORDER BY sequence DESC LIMIT 1),
                    (SELECT 'TRADE ' || price FROM trades WHERE run_id = said.run_id ORDER BY trade_no DESC LIMIT 1))
                FROM (SELECT ? AS run_id) said""", runId);
    }

    private static String ask(String select, String runId) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setString(1, runId);
            ResultSet answer = statement.executeQuery();
            assertThat(answer.next()).isTrue();
            return answer.getString(1);
        }
    }

    private static Connection connect() throws SQLException {
        return login().connect();
    }

    private static DatabaseLogin login() {
        return new DatabaseLogin(postgres.jdbcUrl(), postgres.user(), postgres.password());
    }
}
