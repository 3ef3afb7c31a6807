package io.crossbook.store.clearing;

import io.crossbook.model.Decimal;
import io.crossbook.store.Columns;
import io.crossbook.store.CopyRows;
import io.crossbook.store.Statements;
import java.sql.Connection;
import java.sql.SQLException;

/** Table {@code margin_requirements}: what each member must leave, and what it is called for. */
public final class MarginTable {
    private static final String DELETE_SQL = "DELETE FROM margin_requirements WHERE clearing_no = ?";

    /**
     * What the house is at risk for: positions that are marked day by day, and of the others what is not delivered yet. The
     * account {@code external} is nobody who could be called.
     */
    private static final String EXPOSURES_SQL = """
            SELECT held.member, held.instrument, i.currency, i.multiplier, held.quantity, s.price
            FROM (
                SELECT p.member, p.instrument, p.close_quantity AS quantity
                FROM clearing_positions p JOIN clearing_instruments i USING (clearing_no, instrument)
                WHERE clearing_no = ? AND i.kind IN ('FUTURE', 'CFD')
                UNION ALL
                SELECT o.member, o.instrument, sum(o.quantity)
                FROM obligations o JOIN clearing_runs r USING (clearing_no)
                WHERE clearing_no = ? AND o.settlement_date > r.business_date
                GROUP BY o.member, o.instrument) held
            JOIN clearing_instruments i ON i.clearing_no = ? AND i.instrument = held.instrument
            JOIN settlement_prices s ON s.clearing_no = i.clearing_no AND s.instrument = i.instrument
            WHERE held.quantity <> 0 AND held.member <> 'external'
            ORDER BY held.member, held.instrument
            """;

    private MarginTable() {}

    /** @param quantity signed, never zero */
    public record Exposure(
            String member, String instrument, String currency, Decimal multiplier, Decimal quantity, Decimal price) {}

    /** Takes what somebody is exposed to. */
    public interface ExposureSink {
        void accept(Exposure exposure) throws SQLException;
    }

    /** @param lines what the requirement was computed from, as JSON */
    public record Requirement(
            String member,
            String currency,
            String model,
            Decimal requirement,
            Decimal unpaidVariation,
            Decimal collateral,
            Decimal call,
            String lines) {}

    public static void delete(Connection connection, long clearingNo) throws SQLException {
        Statements.update(connection, DELETE_SQL, clearingNo);
    }

    /** Sorted by member and instrument. */
    public static void eachExposure(Connection connection, long clearingNo, ExposureSink sink) throws SQLException {
        Statements.each(
                connection,
                EXPOSURES_SQL,
                row -> sink.accept(new Exposure(
                        row.getString("member"),
                        row.getString("instrument"),
                        row.getString("currency"),
                        Columns.decimal(row, "multiplier"),
                        Columns.decimal(row, "quantity"),
                        Columns.decimal(row, "price"))),
                clearingNo,
                clearingNo,
                clearingNo);
    }

    public static CopyRows rows(Connection connection) {
        return new CopyRows(
                connection,
                "margin_requirements",
                "clearing_no, member, currency, model, requirement, unpaid_variation, collateral, call, lines");
    }

    public static void write(CopyRows rows, long clearingNo, Requirement requirement) throws SQLException {
        rows.row()
                .number(clearingNo)
                .text(requirement.member())
                .text(requirement.currency())
                .text(requirement.model())
                .decimal(requirement.requirement())
                .decimal(requirement.unpaidVariation())
                .decimal(requirement.collateral())
                .decimal(requirement.call())
                .text(requirement.lines())
                .endRow();
    }
}
