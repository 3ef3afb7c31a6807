package io.crossbook.clearing;

import io.crossbook.clearing.ClearingSettings.Action;
import io.crossbook.clearing.ClearingSettings.NamedFile;
import io.crossbook.store.RunTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Two days of a trading run, and what a clearing house does on them: clearing 1 is that of Monday, clearing 2 that of
 * Tuesday, and clearing 3 is Tuesday again, because the price of a trade was wrong.
 *
 * <p>FUT is a future that is carried over the night, with a trade made elsewhere and fees. EQU is an equity that settles a
 * day later; of Monday's 40, B delivers 25. COR is a future worth a cent a point, so that amounts are rounded; its trade is
 * the one that is corrected. M01 to M10 are there so that not all instruments fit into one chunk.
 */
final class TwoDays {
    static final String MONDAY = "2025-03-03";
    static final String TUESDAY = "2025-03-04";

    private static final String ROWS = """
            INSERT INTO instruments (run_id, instrument, kind, currency, tick_size, lot_size, multiplier, maker_fee_bps,
                                     taker_fee_bps, allow_short, settlement_days)
            VALUES ('week', 'COR', 'FUTURE', 'USD', 0.25, 1, 0.01, 0, 0, true, NULL),
                   ('week', 'EQU', 'EQUITY', 'EUR', 0.01, 1, 1, 0, 0, true, 1),
                   ('week', 'FUT', 'FUTURE', 'USD', 0.25, 1, 10, 1, 2, true, NULL);
            INSERT INTO instruments (run_id, instrument, kind, currency, tick_size, lot_size, multiplier, maker_fee_bps,
                                     taker_fee_bps, allow_short)
            SELECT 'week', 'M' || to_char(n, 'FM00'), 'FUTURE', 'USD', 0.25, 1, 1, 0, 0, true FROM generate_series(1, 10) n;

            CREATE TEMPORARY TABLE told (instrument text, trade_no integer, at timestamptz, price numeric,
                                         quantity numeric, buyer text, seller text, aggressor text);
            INSERT INTO told
            VALUES ('FUT', 1, '2025-03-03 23:59:30Z', 100.00, 5, 'A', 'B', 'BUY'),
                   ('EQU', 1, '2025-03-03 12:00:00Z', 20.00, 100, 'A', 'B', 'BUY'),
                   ('EQU', 2, '2025-03-03 23:59:30Z', 21.00, 60, 'B', 'C', 'BUY'),
                   ('FUT', 2, '2025-03-04 12:00:00Z', 101.50, 2, 'C', 'A', 'SELL'),
                   ('FUT', 3, '2025-03-04 23:59:30Z', 102.25, 3, 'B', 'C', 'BUY'),
                   ('EQU', 3, '2025-03-04 23:59:30Z', 22.00, 40, 'C', 'A', 'BUY'),
                   ('COR', 1, '2025-03-04 12:00:00Z', 50.00, 1, 'A', 'B', 'BUY'),
                   ('COR', 2, '2025-03-04 12:00:01Z', 50.00, 1, 'C', 'B', 'BUY');
            INSERT INTO told
            SELECT 'M' || to_char(n, 'FM00'), 1, '2025-03-04 23:59:30Z', 10.00, 1, 'A', 'B', 'BUY'
            FROM generate_series(1, 10) n;
            INSERT INTO trades (run_id, instrument, trade_no, trade_id, sequence, timestamp, price, quantity, aggressor_side,
                                buy_order_id, sell_order_id, buy_client_id, sell_client_id)
            SELECT 'week', instrument, trade_no, instrument || '-' || trade_no, trade_no * 10,
                   extract(epoch FROM at)::bigint * 1000000000, price, quantity, aggressor, 'b', 's', buyer, seller
            FROM told;
            INSERT INTO fills (run_id, instrument, sequence, timestamp, trade_id, client_id, side, price, quantity, fee)
            SELECT 'week', 'FUT', 11, extract(epoch FROM timestamptz '2025-03-03 23:59:40Z')::bigint * 1000000000,
                   'X1', 'A', 'BUY', 100.25, 2, 0.50;
            INSERT INTO realized_pnl (run_id, instrument, realized_no, client_id, opening_trade_id, closing_trade_id, side,
                                      quantity, open_price, close_price, pnl, timestamp, sequence)
            VALUES ('week', 'EQU', 1, 'B', 'EQU-1', 'EQU-2', 'SELL', 60, 20.00, 21.00, -60, 0, 20),
                   ('week', 'FUT', 1, 'A', 'FUT-1', 'FUT-2', 'BUY', 2, 100.00, 101.50, 30, 0, 20),
                   ('week', 'FUT', 2, 'B', 'FUT-1', 'FUT-3', 'SELL', 3, 100.00, 102.25, -67.5, 0, 30),
                   ('week', 'FUT', 3, 'C', 'FUT-2', 'FUT-3', 'BUY', 2, 101.50, 102.25, 15, 0, 30),
                   ('week', 'EQU', 2, 'A', 'EQU-1', 'EQU-3', 'BUY', 40, 20.00, 22.00, 80, 0, 30),
                   ('week', 'EQU', 3, 'C', 'EQU-2', 'EQU-3', 'SELL', 40, 21.00, 22.00, -40, 0, 30);
            UPDATE runs SET state = 'FINISHED' WHERE run_id = 'week'""";

    private final String run;
    private final Path inputs;

    private TwoDays(String run, Path folder) throws IOException {
        this.run = run;
        this.inputs = Files.createDirectories(folder.resolve("inputs"));
        Files.writeString(inputs.resolve("prices.csv"), "instrument,price,reason\nCOR,50.50,thin market\n");
        Files.writeString(
                inputs.resolve("short.csv"), "member,instrument,settlement_date,quantity\nB,EQU," + TUESDAY + ",25\n");
        Files.writeString(
                inputs.resolve("corrections.csv"),
                "trade_id,version,action,price,quantity,reason\nCOR-1,1,CORRECT,49.50,,mistyped\n");
    }

    /** Below target and not of mode 0700, so that the database server's own user can enter it. */
    static Path newFolder(String name) throws IOException {
        Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), name + '-');
        return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Trades both days in a run of that name. */
    static TwoDays traded(ClearingDatabase database, String run, Path folder) throws IOException, SQLException {
        try (Connection connection = database.connect()) {
            RunTable.insert(connection, new RunTable.NewRun(run, "backtest", "0.1.0", "{}", true, 1_000));
        }
        database.execute(ROWS.replace("'week'", "'" + run + "'"));
        return new TwoDays(run, folder);
    }

    /** Trades both days, and clears each for the first time. */
    static TwoDays cleared(ClearingDatabase database, Path folder) throws IOException, SQLException {
        TwoDays days = traded(database, "week", folder);
        clear(days.monday(database, folder.resolve("monday")));
        clear(days.settings(database, Action.CLEAR, TUESDAY, days.first(), null, folder.resolve("tuesday")));
        return days;
    }

    private Map<String, NamedFile> first() {
        return files("settlement-file", "prices.csv", "deliveries", "short.csv");
    }

    private Map<String, NamedFile> files(String... optionsAndNames) {
        Map<String, NamedFile> files = new LinkedHashMap<>();
        for (int i = 0; i < optionsAndNames.length; i += 2) {
            String name = optionsAndNames[i + 1];
            files.put(
                    optionsAndNames[i], new NamedFile(name, inputs.resolve(name).toString()));
        }
        return files;
    }

    /** Monday, which nothing comes before. */
    ClearingSettings monday(ClearingDatabase database, Path out) {
        return settings(database, Action.CLEAR, MONDAY, Map.of(), null, out);
    }

    /** Tuesday as a try. */
    ClearingSettings whatIf(ClearingDatabase database, Path out) {
        return settings(database, Action.WHAT_IF, TUESDAY, first(), null, out);
    }

    /** Tuesday once more, with a trade corrected. */
    ClearingSettings again(ClearingDatabase database, Path out) {
        Map<String, NamedFile> files = first();
        files.putAll(files("corrections", "corrections.csv"));
        return settings(database, Action.CLEAR, TUESDAY, files, "mistyped price", out);
    }

    /** Tuesday once more as it was the first time. */
    ClearingSettings againUncorrected(ClearingDatabase database, Path out) {
        return settings(database, Action.CLEAR, TUESDAY, first(), "mistyped price", out);
    }

    /** Whatever was cut off, of whichever run. */
    ClearingSettings recover(ClearingDatabase database, Path out) {
        return settings(database, Action.RECOVER, null, Map.of(), null, out);
    }

    private ClearingSettings settings(
            ClearingDatabase database,
            Action action,
            String date,
            Map<String, NamedFile> files,
            String reason,
            Path out) {
        return new ClearingSettings(
                action,
                action == Action.RECOVER ? null : run,
                date,
                "24-7",
                120_000_000_000L,
                1,
                null,
                null,
                files,
                reason,
                false,
                null,
                out.toString(),
                out.toString(),
                database.login(),
                out.resolveSibling(out.getFileName() + ".json").toString(),
                out.resolveSibling(out.getFileName() + ".log").toString(),
                false,
                "0.1.0");
    }

    /** Clears in this process; answers with what was said. */
    static String clear(ClearingSettings settings) throws IOException, SQLException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        new Clearing(settings, new PrintStream(said, true, StandardCharsets.UTF_8)).run();
        return said.toString(StandardCharsets.UTF_8);
    }
}
