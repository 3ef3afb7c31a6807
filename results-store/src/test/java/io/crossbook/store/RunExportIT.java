package io.crossbook.store;

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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunExportIT {
    private static TestDatabase database;

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
    void refusesARunThatStillGoesOn() throws Exception {
        database.openRun("going").close();
        assertThatThrownBy(() -> export("going")).hasMessageContaining("\"going\" is RUNNING");
        assertThatThrownBy(() -> export("absent")).hasMessageContaining("No run \"absent\"");
    }

    private void export(String runId) throws Exception {
        try (Connection connection = database.connect()) {
            RunExport.export(connection, runId, folder);
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
