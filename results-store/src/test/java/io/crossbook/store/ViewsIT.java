package io.crossbook.store;

import static io.crossbook.store.StoredRows.d;
import static io.crossbook.store.StoredRows.level;
import static io.crossbook.store.StoredRows.lot;
import static io.crossbook.store.StoredRows.mark;
import static io.crossbook.store.StoredRows.order;
import static io.crossbook.store.StoredRows.position;
import static io.crossbook.store.StoredRows.snapshot;
import static io.crossbook.store.StoredRows.trade;
import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import io.crossbook.model.InstrumentKind;
import io.crossbook.model.OrdStatus;
import io.crossbook.model.Side;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The views against figures worked out by hand. */
class ViewsIT {
    private static final long MINUTE = 60_000_000_000L;

    private static TestDatabase database;

    @BeforeAll
    static void start() throws Exception {
        database = TestDatabase.create("views");
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @Test
    void valuesPositionsByTheNewestMarkElseTheLastTradeElseNotAtAll() throws Exception {
        try (RunWriter writer = database.openRun("values")) {
            // B100@10, B50@12, S120@11, S50@13, B5@12.5: 15 short at 13, 112.50 realized; mark 12.80.
            writer.add(position("c", "MARKED", "-15", "112.5", "0.5", 5, "307.5"));
            writer.add(lot("c", "MARKED", 3, Side.SELL, "15", "13"));
            writer.add(mark("MARKED", 6, "12.8"));
            writer.add(mark("MARKED", 2, "99"));
            writer.add(trade("MARKED", 1, 7, 7, "50", "1"));
            writer.add(position("c", "TRADED", "3", "0", "0", 5, "-330"));
            writer.add(lot("c", "TRADED", 1, Side.BUY, "1", "10"));
            writer.add(lot("c", "TRADED", 2, Side.BUY, "2", "11.5"));
            writer.add(trade("TRADED", 1, 7, 7, "11", "1"));
            writer.add(trade("TRADED", 2, 8, 8, "12", "1"));
            writer.add(position("c", "UNMARKED", "1", "4", "1", 5, "-6"));
            writer.add(lot("c", "UNMARKED", 1, Side.BUY, "1", "10"));
            writer.add(position("c", "FLAT", "0", "4", "1", 5, "4"));
            writer.flush();
        }
        describe("values", "TRADED", "10");

        assertThat(database.ask("""
                        SELECT instrument, mark_price, market_value, unrealized_pnl, net_pnl
                        FROM v_positions WHERE run_id = ? ORDER BY instrument
                        """, "values"))
                .containsExactly("FLAT|||0|3", "MARKED|12.8|-192|3|115", "TRADED|12|360|30|30", "UNMARKED||||");
        assertThat(database.ask("""
                        SELECT client_id, currency, instruments, open_positions, unmarked, realized_pnl, unrealized_pnl, fees,
                               net_pnl
                        FROM v_pnl_by_client WHERE run_id = ? ORDER BY currency
                        """, "values")).containsExactly("c|EUR|1|1|0|0|30|0|30", "c|USD|3|2|1|120.5|3|2.5|118");
    }

    @Test
    void drawsCandlesOfAMinute() throws Exception {
        try (RunWriter writer = database.openRun("candles")) {
            writer.add(trade("X", 1, 1, 10 * MINUTE, "10", "1"));
            writer.add(trade("X", 2, 2, 10 * MINUTE, "12", "2"));
            writer.add(trade("X", 3, 3, 11 * MINUTE - 1, "9", "3"));
            writer.add(trade("X", 4, 4, 11 * MINUTE, "11", "4"));
            writer.flush();
        }
        assertThat(database.ask("""
                        SELECT to_char(time, 'HH24:MI:SS'), open_price, high_price, low_price, close_price, quantity, volume,
                               trade_count, vwap
                        FROM v_candles WHERE run_id = ? ORDER BY timestamp
                        """, "candles"))
                .containsExactly("00:10:00|10|12|9|9|6|61|3|10.166666666667", "00:11:00|11|11|11|11|4|44|1|11");
    }

    @Test
    void carriesAQuietInstrumentOnInTheEquityOfAClient() throws Exception {
        try (RunWriter writer = database.openRun("equity")) {
            writer.add(snapshot("c", "A", MINUTE, "10", "1", "0.5"));
            writer.add(snapshot("c", "B", MINUTE, "5", null, "0"));
            writer.add(snapshot("c", "A", 2 * MINUTE, "20", "2", "0.5"));
            writer.add(snapshot("c", "C", 3 * MINUTE, "-1", "0", "0"));
            writer.flush();
        }
        assertThat(database.ask("""
                        SELECT timestamp / 60000000000, realized_pnl, unrealized_pnl, fees, net_pnl
                        FROM v_equity WHERE run_id = ? ORDER BY timestamp
                        """, "equity"))
                .containsExactly("1|15|1|0.5|15.5", "2|25|2|0.5|26.5", "3|24|2|0.5|25.5");
    }

    @Test
    void showsTheSpreadOfEachSnapshot() throws Exception {
        try (RunWriter writer = database.openRun("spread")) {
            writer.add(level("X", 1, false, Side.BUY, 1, "10", "5"));
            writer.add(level("X", 1, false, Side.BUY, 2, "9", "5"));
            writer.add(level("X", 1, false, Side.SELL, 1, "10.5", "7"));
            writer.add(level("X", 2, false, Side.SELL, 1, "10.5", "7"));
            writer.flush();
        }
        assertThat(database.ask("""
                        SELECT sequence, best_bid, bid_quantity, best_ask, ask_quantity, spread, mid
                        FROM v_spread WHERE run_id = ? ORDER BY sequence
                        """, "spread")).containsExactly("1|10|5|10.5|7|0.5|10.25", "2|||10.5|7||");
    }

    @Test
    void countsWhatBecameOfTheOrdersOfAMinute() throws Exception {
        try (RunWriter writer = database.openRun("flow")) {
            writer.add(order("X", 1, 5, 0, OrdStatus.FILLED));
            writer.add(order("X", 2, 5, 1, OrdStatus.CANCELLED));
            writer.add(order("X", 3, 3, 0, OrdStatus.REJECTED));
            writer.add(order("X", 4, 4, 0, OrdStatus.OPEN));
            writer.flush();
        }
        assertThat(database.ask("""
                        SELECT side, type, orders, filled, cancelled, expired, rejected, open, quantity, filled_quantity,
                               fill_ratio
                        FROM v_order_flow WHERE run_id = ?
                        """, "flow")).containsExactly("SELL|LIMIT|4|1|1|0|1|1|16|4|0.25");
    }

    @Test
    void tellsTradesWithTheirWorth() throws Exception {
        try (RunWriter writer = database.openRun("detailed")) {
            writer.add(trade("X", 1, 1, 1_000, "10.5", "2"));
            writer.flush();
        }
        describe("detailed", "X", "50");
        assertThat(database.ask("""
                        SELECT trade_id, notional, currency, buy_client_id, sell_client_id, self_trade,
                               time = timestamptz 'epoch' + interval '1 microsecond'
                        FROM v_trades_detailed WHERE run_id = ?
                        """, "detailed")).containsExactly("X-1|1050|EUR|buyer|seller|f|t");
    }

    @Test
    void sumsUpARun() throws Exception {
        database.openRun("summed").close();
        database.finish("summed");
        assertThat(database.ask("""
                        SELECT mode, state, elapsed_seconds, input_rows, accepted, rejected, duplicate, trades, rejected_ratio,
                               hash
                        FROM v_run_summary WHERE run_id = ?
                        """, "summed")).containsExactly("backtest|FINISHED|2|10|8|1|1|2|0.1|abc");
    }

    @Test
    void keepsTheLastMicrosecondOfTheYear2262() throws Exception {
        assertThat(database.ask("SELECT nanos_to_timestamptz(9223372036854775807) AT TIME ZONE 'UTC'"))
                .containsExactly("2262-04-11 23:47:16.854775");
    }

    private static void describe(String runId, String symbol, String multiplier) throws Exception {
        Instrument instrument = new Instrument(
                symbol,
                InstrumentKind.FUTURE,
                "EUR",
                d("0.01"),
                Decimal.ONE,
                d(multiplier),
                Decimal.ZERO,
                Decimal.ZERO,
                null,
                null,
                null,
                null,
                null,
                null,
                true,
                null,
                null,
                null);
        try (Connection connection = database.connect()) {
            InstrumentTable.insert(connection, runId, List.of(instrument));
        }
    }
}
