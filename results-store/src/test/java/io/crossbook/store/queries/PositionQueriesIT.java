package io.crossbook.store.queries;

import static io.crossbook.store.StoredRows.d;
import static io.crossbook.store.StoredRows.mark;
import static io.crossbook.store.StoredRows.position;
import static io.crossbook.store.StoredRows.trade;
import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import io.crossbook.model.InstrumentKind;
import io.crossbook.model.Side;
import io.crossbook.store.InstrumentTable;
import io.crossbook.store.RunWriter;
import io.crossbook.store.TestDatabase;
import io.crossbook.store.rows.LotRow;
import io.crossbook.store.rows.PositionRow;
import io.crossbook.store.rows.WrittenRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Positions and what values them, against sums over the lots. */
class PositionQueriesIT {
    private static final String HOSTILE = "p' OR 1=1; --";

    private static TestDatabase database;
    private static Connection connection;

    @BeforeAll
    static void start() throws Exception {
        database = TestDatabase.create("position_queries");
        connection = database.connect();
    }

    @AfterAll
    static void stop() throws Exception {
        connection.close();
        database.close();
    }

    /** One client in one instrument, first in first out, each lot by itself. */
    private static final class Lots {
        private record Lot(Decimal quantity, Decimal price) {}

        private final Deque<Lot> open = new ArrayDeque<>();
        private final Decimal multiplier;
        private Decimal realized = Decimal.ZERO;
        private Decimal cashFlow = Decimal.ZERO;

        private Lots(Decimal multiplier) {
            this.multiplier = multiplier;
        }

        /** @param quantity negative is a sale */
        private void apply(Decimal quantity, Decimal price) {
            cashFlow = cashFlow.minus(quantity.times(price).times(multiplier));
            Decimal left = quantity;
            while (!left.isZero() && !open.isEmpty() && open.peek().quantity().signum() != left.signum()) {
                Lot oldest = open.remove();
                Decimal closed = oldest.quantity().abs().compareTo(left.abs()) <= 0 ? oldest.quantity() : left.negate();
                realized =
                        realized.plus(closed.times(price.minus(oldest.price())).times(multiplier));
                left = left.plus(closed);
                if (!oldest.quantity().equals(closed)) {
                    open.addFirst(new Lot(oldest.quantity().minus(closed), oldest.price()));
                }
            }
            if (!left.isZero()) {
                open.add(new Lot(left, price));
            }
        }

        private Decimal net() {
            return open.stream().map(Lot::quantity).reduce(Decimal.ZERO, Decimal::plus);
        }

        private Decimal cost() {
            return open.stream()
                    .map(lot -> lot.quantity().times(lot.price()).times(multiplier))
                    .reduce(Decimal.ZERO, Decimal::plus);
        }

        private Decimal unrealized(Decimal mark) {
            return open.stream()
                    .map(lot -> lot.quantity().times(mark.minus(lot.price())).times(multiplier))
                    .reduce(Decimal.ZERO, Decimal::plus);
        }

        private List<LotRow> rows(String client, String instrument) {
            List<LotRow> rows = new ArrayList<>();
            for (Lot lot : open) {
                rows.add(new LotRow(
                        client,
                        instrument,
                        rows.size() + 1,
                        "t" + rows.size(),
                        lot.quantity().signum() > 0 ? Side.BUY : Side.SELL,
                        lot.quantity().abs(),
                        lot.price(),
                        5,
                        5));
            }
            return rows;
        }
    }

    @Test
    void valuesPositionsAsASumOverTheirLotsWould() throws Exception {
        Random random = new Random(17);
        Decimal fees = d("0.75");
        try (RunWriter writer = database.openLive("valued")) {
            for (int i = 0; i < 40; i++) {
                String instrument = "I" + i;
                Decimal multiplier = Decimal.of(1 + random.nextInt(500), 1);
                Decimal mark = Decimal.of(random.nextInt(40_000) - 10_000, 2);
                describe("valued", instrument, multiplier);
                Lots lots = new Lots(multiplier);
                for (int trade = random.nextInt(30); trade >= 0; trade--) {
                    lots.apply(Decimal.of(random.nextInt(400) - 200, 1), Decimal.of(random.nextInt(9_999_999), 5));
                }
                for (LotRow row : lots.rows(HOSTILE, instrument)) {
                    writer.add(row);
                }
                writer.add(position(
                        HOSTILE,
                        instrument,
                        lots.net().toString(),
                        lots.realized.toString(),
                        fees.toString(),
                        5,
                        lots.cashFlow.toString()));
                writer.add(mark(instrument, 1, mark.toString()));
                writer.flush();

                StoredPosition stored =
                        only(PositionQuery.ofClient(connection, "valued", HOSTILE, List.of(instrument)));
                assertThat(stored.netQuantity()).isEqualTo(lots.net());
                assertThat(stored.cost()).isEqualTo(lots.cost());
                assertThat(stored.marketValue())
                        .isEqualTo(lots.net().times(mark).times(multiplier));
                assertThat(stored.unrealizedPnl()).isEqualTo(lots.unrealized(mark));
                assertThat(stored.netPnl())
                        .isEqualTo(lots.realized.plus(lots.unrealized(mark)).minus(fees));
                assertThat(database.ask(
                                "SELECT unrealized_pnl FROM v_positions WHERE run_id = 'valued' AND instrument = ?",
                                instrument))
                        .containsExactly(lots.unrealized(mark).toString());
            }
        }
        assertThat(PositionQuery.ofClient(connection, "valued", HOSTILE, List.of()))
                .hasSize(40);
    }

    @Test
    void takesTheMarkThatARunThatGoesOnKeeps() throws Exception {
        try (RunWriter writer = database.openLive("kept")) {
            writer.add(trade("T", 1, 4, 4, "50", "1"));
            writer.add(position("c", "T", "2", "0", "0", 5, "-30"));
            // Another price than that of the trade, to see that it is this one that is taken.
            writer.add(new WrittenRow("T", 0, 5, d("16"), WrittenRow.MARK));
            writer.add(new WrittenRow("T", 1, 6, d("99"), WrittenRow.MARK));
            writer.flush();
        }
        StoredPosition stored = only(PositionQuery.ofClient(connection, "kept", "c", List.of()));
        assertThat(stored.markPrice()).isEqualTo(d("16"));
        assertThat(stored.unrealizedPnl()).isEqualTo(d("2"));
    }

    private static StoredPosition only(List<StoredPosition> positions) {
        assertThat(positions).hasSize(1);
        return positions.get(0);
    }

    @Test
    void leavesOutWhatNoPriceIsKnownOf() throws Exception {
        PositionRow flat = position("c", "FLAT", "0", "4", "1", 5, "4");
        try (RunWriter writer = database.openLive("unmarked")) {
            writer.add(flat);
            writer.add(position("c", "UNMARKED", "-2", "4", "1", 1_000_000_007, "30"));
            writer.add(position("d", "UNMARKED", "2", "0", "0", 5, "-30"));
            writer.flush();
        }
        StoredPosition open = new StoredPosition(
                "c",
                "UNMARKED",
                "USD",
                d("-2"),
                d("13"),
                null,
                null,
                d("-26"),
                d("4"),
                null,
                d("1"),
                null,
                d("3"),
                1_000_000_007,
                Instant.ofEpochSecond(1, 7));
        assertThat(PositionQuery.ofClient(connection, "unmarked", "c", List.of()))
                .containsExactly(
                        new StoredPosition(
                                "c",
                                "FLAT",
                                "USD",
                                d("0"),
                                null,
                                null,
                                null,
                                d("0"),
                                d("4"),
                                d("0"),
                                d("1"),
                                d("3"),
                                d("3"),
                                5,
                                Instant.ofEpochSecond(0, 5)),
                        open);
        assertThat(PositionQuery.ofClient(connection, "unmarked", "c", List.of("UNMARKED", HOSTILE)))
                .containsExactly(open);
        assertThat(PositionQuery.ofClient(connection, "unmarked", "nobody", List.of()))
                .isEmpty();
    }

    @Test
    void takesTheNewestMarkElseTheLastTrade() throws Exception {
        try (RunWriter writer = database.openLive("marks")) {
            writer.add(trade("MARKED", 1, 9, 9, "50", "1"));
            writer.add(mark("MARKED", 2, "12"));
            writer.add(mark("MARKED", 3, "12.5"));
            writer.add(trade("TRADED", 1, 1, 1, "7", "1"));
            writer.add(trade("TRADED", 2, 2, 1_000_000_001, "8", "1"));
            writer.add(mark(HOSTILE, 1, "-1"));
            writer.add(mark("UNHEARD", 1, "1"));
            writer.add(position("c", HOSTILE, "1", "0", "0", 1));
            writer.add(new WrittenRow("MARKED", 0, 9, null, null));
            writer.add(new WrittenRow("", 0, 9, null, null));
            writer.flush();
        }
        describe("marks", "TRADED", Decimal.ONE);
        describe("marks", "SILENT", Decimal.ONE);
        StoredMark marked = new StoredMark("MARKED", d("12.5"), Instant.ofEpochSecond(0, 3), "MARK");
        StoredMark traded = new StoredMark("TRADED", d("8"), Instant.ofEpochSecond(1, 1), "TRADE");
        StoredMark hostile = new StoredMark(HOSTILE, d("-1"), Instant.ofEpochSecond(0, 1), "MARK");

        assertThat(MarkQuery.list(connection, "marks", List.of())).containsExactly(marked, traded, hostile);
        assertThat(MarkQuery.list(connection, "marks", List.of("TRADED", "SILENT", "MARKED", "TRADED")))
                .containsExactly(marked, traded);
        assertThat(MarkQuery.find(connection, "marks", HOSTILE)).contains(hostile);
        assertThat(MarkQuery.find(connection, "marks", "SILENT")).isEmpty();
        assertThat(MarkQuery.list(connection, "other", List.of())).isEmpty();
    }

    private static void describe(String runId, String symbol, Decimal multiplier) throws SQLException {
        Instrument instrument = new Instrument(
                symbol,
                InstrumentKind.FUTURE,
                "EUR",
                d("0.00001"),
                d("0.1"),
                multiplier,
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
        InstrumentTable.insert(connection, runId, List.of(instrument));
    }
}
