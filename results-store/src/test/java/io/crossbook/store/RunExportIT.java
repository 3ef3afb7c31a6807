package io.crossbook.store;

import static io.crossbook.store.StoredRows.d;
import static io.crossbook.store.StoredRows.execution;
import static io.crossbook.store.StoredRows.level;
import static io.crossbook.store.StoredRows.lot;
import static io.crossbook.store.StoredRows.order;
import static io.crossbook.store.StoredRows.position;
import static io.crossbook.store.StoredRows.realized;
import static io.crossbook.store.StoredRows.refused;
import static io.crossbook.store.StoredRows.trade;
import static io.crossbook.store.StoredRows.unreadable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossbook.model.OrdStatus;
import io.crossbook.model.Side;
import io.crossbook.store.files.RunFiles;
import io.crossbook.store.files.RunHash;
import io.crossbook.store.rows.OrderRow;
import io.crossbook.store.rows.RejectRow;
import io.crossbook.store.rows.TradeRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunExportIT {
    private static TestDatabase database;

    private static final String WIDE = "-1234567890123456789012345678901234567890.123456789012345678";

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws Exception {
        database = TestDatabase.create("run_export");
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @Test
    void sortsTextByItsUtf8Bytes() throws Exception {
        // The last two change places when sorted by Java's chars, the first ones when sorted by a language's rules.
        List<String> instruments = List.of("a", "B", "a.b", "a b", "A", "é", "z", "ab", "\uFF5E", "\uD834\uDD1E");
        try (RunWriter writer = database.openRun("bytes")) {
            for (String instrument : instruments) {
                writer.add(trade(instrument, 2, 8, 5, "10", "1"));
                writer.add(trade(instrument, 1, 7, 5, "10", "1"));
            }
            writer.flush();
        }
        database.finish("bytes");
        export("bytes");

        List<String> sorted = instruments.stream()
                .sorted(Comparator.comparing(text -> text.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned))
                .flatMap(instrument -> List.of(instrument + "|1", instrument + "|2").stream())
                .toList();
        assertThat(columns("trades.csv", 0, 1)).containsExactlyElementsOf(sorted);
    }

    @Test
    void putsFinishedOrdersAsTheyFinishedAndOpenOnesAsTheyCame() throws Exception {
        try (RunWriter writer = database.openRun("orders")) {
            writer.add(order("X", 9, 9, 0, OrdStatus.OPEN));
            writer.add(order("X", 2, 30, 0, OrdStatus.PARTIALLY_FILLED));
            writer.add(order("X", 5, 20, 1, OrdStatus.FILLED));
            writer.add(order("X", 8, 20, 0, OrdStatus.FILLED));
            writer.add(order("X", 10, 10, 0, OrdStatus.REJECTED));
            writer.flush();
        }
        database.finish("orders");
        export("orders");
        assertThat(columns("orders.csv", 1)).containsExactly("o10", "o8", "o5", "o2", "o9");
    }

    @Test
    void writesEveryFileInItsOrder() throws Exception {
        try (RunWriter writer = database.openRun("all")) {
            writer.add(realized("X", 2, 3, "1"));
            writer.add(realized("X", 1, 3, "1"));
            writer.add(lot("d", "X", 2, Side.BUY, "1", "10"));
            writer.add(lot("d", "X", 1, Side.BUY, "1", "10"));
            writer.add(lot("c", "Y", 1, Side.BUY, "1", "10"));
            writer.add(position("d", "X", "1", "0", "0", 1));
            writer.add(position("c", "Y", "1", "0", "0", 1));
            writer.add(level("X", 4, true, Side.SELL, 1, "12", "1"));
            writer.add(level("X", 4, true, Side.BUY, 2, "10", "1"));
            writer.add(level("X", 4, true, Side.BUY, 1, "11", "1"));
            writer.add(level("X", 4, false, Side.BUY, 1, "11", "1"));
            writer.add(refused("X", 3));
            writer.add(refused("X", 2));
            writer.add(unreadable(7, "b"));
            writer.add(unreadable(6, "a"));
            writer.add(execution("X", 2, 1, "o"));
            writer.add(execution("X", 1, 2, "o"));
            writer.add(execution("X", 1, 1, "o"));
            writer.flush();
        }
        database.finish("all");
        export("all");
        assertThat(columns("realized.csv", 1)).containsExactly("1", "2");
        assertThat(columns("lots.csv", 0, 2)).containsExactly("c|1", "d|1", "d|2");
        assertThat(columns("positions.csv", 0)).containsExactly("c", "d");
        assertThat(columns("book.csv", 1, 2)).containsExactly("BUY|1", "BUY|2", "SELL|1");
        assertThat(columns("rejects.csv", 1, 2, 3)).containsExactly("7||", "8||", "9|X|2", "9|X|3");
        assertThat(columns("executions.csv", 1, 2)).containsExactly("1|1", "1|2", "2|1");
    }

    @Test
    void letsTheServerSortRowsThatLieInNoOrder() throws Exception {
        try (RunWriter writer = database.openRun("no-order")) {
            for (int no = 500; no >= 1; no--) {
                writer.add(trade("X", no, no, no, "10", "1"));
                writer.add(realized("X", no, no, "1"));
                writer.add(execution("X", no, 0, "o"));
                writer.add(order("X", no, 1_000 - no / 2, no % 2, no < 400 ? OrdStatus.FILLED : OrdStatus.OPEN));
            }
            writer.flush();
        }
        database.finish("no-order");
        export("no-order");
        Path sortedHere = folder.resolve("here");
        Path sortedThere = folder.resolve("there");
        try (Connection connection = database.connect()) {
            RunExport.export(connection, "no-order", sortedHere, 1 << 20);
            RunExport.export(connection, "no-order", sortedThere, 100);
        }
        for (String file : List.of("trades.csv", "orders.csv", "realized.csv", "executions.csv")) {
            assertThat(sortedThere.resolve(file)).hasSameBinaryContentAs(sortedHere.resolve(file));
        }
        assertThat(columns("trades.csv", 1).subList(0, 3)).containsExactly("1", "2", "3");
        assertThat(columns("orders.csv", 1).subList(398, 401)).containsExactly("o1", "o400", "o401");
    }

    @Test
    void givesTheBytesThatTheRowsThemselvesGive() throws Exception {
        List<String> texts = List.of(
                "plain",
                "a,b",
                "\"quoted\", twice \"\"",
                "back\\slash\\",
                "\\N",
                "\\.",
                "tab\tline\nreturn\rback\bfeed\fvertical\u000B",
                "é ß 株 \uD834\uDD1E \u0007\u007F",
                " blanks ",
                "1.500",
                "");
        List<TradeRow> trades = new ArrayList<>();
        List<OrderRow> orders = new ArrayList<>();
        List<RejectRow> rejects = new ArrayList<>();
        long[] times = {
            0, -1, 1, 999_999_999, -86_400_000_000_001L, Long.MAX_VALUE, Long.MIN_VALUE, 1_709_542_800_365_266_000L
        };
        List<String> instruments = texts.stream()
                .filter(text -> !text.isEmpty())
                .sorted(Comparator.comparing(text -> text.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned))
                .toList();
        for (String instrument : instruments) {
            for (int i = 0; i < texts.size(); i++) {
                trades.add(new TradeRow(
                        instrument,
                        i + 1,
                        texts.get(i),
                        i,
                        times[i % times.length],
                        d(i % 2 == 0 ? WIDE : "0.000000000000000001"),
                        d(i % 3 == 0 ? "100" : "-100.01"),
                        i % 2 == 0 ? Side.SELL : null,
                        i % 2 == 0 ? texts.get(i) : null,
                        null,
                        texts.get(i),
                        "",
                        "c",
                        texts.get(i)));
            }
            orders.add(order(instrument, 7, 9, 0, OrdStatus.FILLED));
            orders.add(order(instrument, 8, 9, 1, OrdStatus.REJECTED));
            orders.add(order(instrument, 6, 6, 0, OrdStatus.OPEN));
            rejects.add(refused(instrument, 5));
        }
        try (RunWriter writer = database.openRun("bytes-again")) {
            // The last instrument first, and the rows of all in turn.
            for (int i = 0; i < texts.size(); i++) {
                for (int j = instruments.size() - 1; j >= 0; j--) {
                    writer.add(trades.get(j * texts.size() + i));
                }
            }
            for (OrderRow order : orders) {
                writer.add(order);
            }
            for (RejectRow reject : rejects) {
                writer.add(reject);
            }
            writer.add(unreadable(7, "\\x00,\"raw\""));
            writer.flush();
        }
        database.finish("bytes-again");
        export("bytes-again");

        Path expected = folder.resolve("expected");
        try (RunFiles files = new RunFiles(expected, true)) {
            for (TradeRow trade : trades) {
                files.append(trade);
            }
            for (OrderRow order : orders) {
                files.append(order);
            }
            files.append(unreadable(7, "\\x00,\"raw\""));
            for (RejectRow reject : rejects) {
                files.append(reject);
            }
            files.commit();
        }
        for (String file : List.of("trades.csv", "orders.csv", "rejects.csv", "executions.csv", "realized.csv")) {
            assertThat(folder.resolve(file)).hasSameBinaryContentAs(expected.resolve(file));
        }
    }

    @Test
    void leavesOutZerosThatSomebodyElseStored() throws Exception {
        try (RunWriter writer = database.openRun("zeros")) {
            writer.add(position("c", "X", "1", "0", "0", 1));
            writer.flush();
        }
        database.finish("zeros");
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE positions SET net_quantity = 100.00, average_price = 0.500, fees = 0.0"
                    + " WHERE run_id = 'zeros'");
        }
        export("zeros");
        assertThat(columns("positions.csv", 2, 3, 7)).containsExactly("100|0.5|0");
    }

    @Test
    void refusesARunThatStillGoesOn() throws Exception {
        database.openRun("going").close();
        assertThatThrownBy(() -> export("going")).hasMessageContaining("\"going\" is RUNNING");
        assertThatThrownBy(() -> export("absent")).hasMessageContaining("No run \"absent\"");
    }

    private void export(String runId) throws Exception {
        try (Connection connection = database.connect()) {
            RunExport.export(connection, runId, folder);
            assertThat(RunExport.hash(connection, runId)).isEqualTo(RunHash.of(folder));
        }
    }

    private List<String> columns(String file, int... wanted) throws IOException {
        return Files.readAllLines(folder.resolve(file)).stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .map(fields -> String.join(
                        "|", Arrays.stream(wanted).mapToObj(i -> fields[i]).toList()))
                .toList();
    }
}
