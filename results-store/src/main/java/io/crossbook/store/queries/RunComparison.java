package io.crossbook.store.queries;

import io.crossbook.model.Decimal;
import io.crossbook.store.Columns;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Two runs side by side, as they are stored: where they part, and what their clients earned. */
public final class RunComparison {
    /**
     * What the hash covers, table by table: the key within a run, and what of a row must be the same. Orders have their
     * sequence here, while their file has them as they finished.
     */
    private record Compared(String table, String key, String columns, String sequence) {}

    private static final List<Compared> TABLES = List.of(
            new Compared(
                    "trades",
                    "instrument, trade_no",
                    "trade_id, sequence, timestamp, price, quantity, aggressor_side, maker_order_id, taker_order_id,"
                            + " buy_order_id, sell_order_id, buy_client_id, sell_client_id",
                    "sequence"),
            new Compared(
                    "orders",
                    "instrument, sequence",
                    "order_id, client_id, side, type, tif, price, quantity, filled_quantity, leaves_quantity,"
                            + " average_price, status, reason, entered_at, updated_at",
                    "sequence"),
            new Compared(
                    "realized_pnl",
                    "instrument, realized_no",
                    "client_id, opening_trade_id, closing_trade_id, side, quantity, open_price, close_price, pnl,"
                            + " timestamp, sequence",
                    "sequence"),
            new Compared(
                    "lots", "instrument, client_id, lot_no", "trade_id, side, quantity, price, opened_at", "sequence"),
            new Compared(
                    "positions",
                    "instrument, client_id",
                    "net_quantity, average_price, realized_pnl, cash_flow, fees, closed_quantity",
                    "sequence"));

    private static final String FIRST_SQL = """
            SELECT instrument, coalesce(one.%4$s, other.%4$s) AS sequence,
                   CASE WHEN one.run_id IS NOT NULL THEN to_jsonb(one) - 'run_id' END AS one_row,
                   CASE WHEN other.run_id IS NOT NULL THEN to_jsonb(other) - 'run_id' END AS other_row
            FROM (SELECT run_id, %2$s%5$s, %3$s FROM %1$s WHERE run_id = ?) one
            FULL JOIN (SELECT run_id, %2$s%5$s, %3$s FROM %1$s WHERE run_id = ?) other USING (%2$s)
            WHERE (%6$s) IS DISTINCT FROM (%7$s)
            ORDER BY %2$s LIMIT 1
            """;

    private static final String TIME =
            "to_char(to_timestamp(%1$s / 1000000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.')"
                    + " || lpad((%1$s %% 1000000000)::text, 9, '0') || 'Z' AS %1$s";

    private static final String PNL_SQL = """
            SELECT client_id, currency, one.net_pnl AS one_net, other.net_pnl AS other_net,
                   trim_scale(coalesce(other.net_pnl, 0) - coalesce(one.net_pnl, 0)) AS difference
            FROM (SELECT * FROM v_pnl_by_client WHERE run_id = ?) one
            FULL JOIN (SELECT * FROM v_pnl_by_client WHERE run_id = ?) other USING (client_id, currency)
            ORDER BY abs(coalesce(one.net_pnl, 0) - coalesce(other.net_pnl, 0)) DESC, client_id, currency LIMIT ?
            """;

    /**
     * Where two runs part.
     *
     * @param table the first that differs
     * @param sequence of the command behind the row
     * @param one the row of the first run as a JSON object; {@code null} if it has none
     * @param other that of the other
     */
    public record Difference(
            String table,
            String instrument,
            long sequence,
            @Nullable String one,
            @Nullable String other) {}

    /**
     * What a client earned in either run; {@code null} where he has no part in it.
     *
     * @param difference how much more in the other
     */
    public record NetPnl(
            String clientId,
            String currency,
            @Nullable Decimal one,
            @Nullable Decimal other,
            Decimal difference) {}

    private RunComparison() {}

    /** The first row that differs, by instrument and number, of the first table that has one; empty if nothing differs. */
    public static Optional<Difference> first(Connection connection, String one, String other) throws SQLException {
        for (Compared each : TABLES) {
            Optional<Difference> found = Answer.first(
                    connection,
                    sql(each),
                    row -> new Difference(
                            each.table(),
                            row.getString("instrument"),
                            row.getLong("sequence"),
                            row.getString("one_row"),
                            row.getString("other_row")),
                    one,
                    other);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static String sql(Compared each) {
        boolean keyed = each.key().contains(each.sequence());
        boolean compared = each.columns().contains(each.sequence());
        return FIRST_SQL.formatted(
                each.table(),
                each.key(),
                selected(each.columns()),
                each.sequence(),
                keyed || compared ? "" : ", " + each.sequence(),
                side("one", each),
                side("other", each));
    }

    /** Times as everybody else is told them, not as numbers that few readers of JSON hold exactly. */
    private static String selected(String columns) {
        return Arrays.stream(columns.split(", "))
                .map(column -> column.equals("timestamp") || column.endsWith("_at") ? TIME.formatted(column) : column)
                .collect(Collectors.joining(", "));
    }

    /** Whether there is a row at all is part of what must be the same. */
    private static String side(String name, Compared each) {
        return name + ".run_id IS NOT NULL, " + name + '.' + each.columns().replace(", ", ", " + name + '.');
    }

    /** What clients earned, those first whose P&L differs most. */
    public static List<NetPnl> pnl(Connection connection, String one, String other, int limit) throws SQLException {
        return Answer.list(connection, PNL_SQL, RunComparison::read, one, other, (long) limit);
    }

    private static NetPnl read(ResultSet row) throws SQLException {
        return new NetPnl(
                row.getString("client_id"),
                row.getString("currency"),
                Columns.decimalOrNull(row, "one_net"),
                Columns.decimalOrNull(row, "other_net"),
                Columns.decimal(row, "difference"));
    }
}
