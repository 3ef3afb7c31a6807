package io.crossbook.store.clearing;

import io.crossbook.model.Decimal;
import io.crossbook.store.Columns;
import io.crossbook.store.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far a clearing came, step by step, and what it changed of the one that it replaces. */
public final class ClearingSteps {
    private static final String STEPS_SQL = """
            SELECT step, state, attempts, elapsed_seconds FROM v_clearing_steps WHERE clearing_no = ? ORDER BY step_no
            """;

    private static final String RESTATED_SQL = """
            SELECT member, instrument, currency, old_amount, new_amount, difference
            FROM v_restated_variation WHERE clearing_no = ? ORDER BY member, instrument LIMIT ?
            """;

    /**
     * A step that was begun.
     *
     * @param state STARTED, COMPLETED or FAILED; a step that was cut off is STARTED
     * @param attempts how often it was begun
     * @param elapsedSeconds of the attempts that came to an end; {@code null} if none did
     */
    public record Step(
            String name,
            String state,
            long attempts,
            @Nullable Decimal elapsedSeconds) {}

    /** Variation margin of a member before and after; paid to the member if above zero. */
    public record Restated(
            String member,
            String instrument,
            String currency,
            Decimal oldAmount,
            Decimal newAmount,
            Decimal difference) {}

    private ClearingSteps() {}

    /** The steps that were begun, in their order. */
    public static List<Step> list(Connection connection, long clearingNo) throws SQLException {
        return Statements.list(
                connection,
                STEPS_SQL,
                row -> new Step(
                        row.getString("step"),
                        row.getString("state"),
                        row.getLong("attempts"),
                        Columns.decimalOrNull(row, "elapsed_seconds")),
                clearingNo);
    }

    /** Where members pay or get something else than before; empty for a clearing that replaces none. */
    public static List<Restated> restated(Connection connection, long clearingNo, int limit) throws SQLException {
        return Statements.list(
                connection,
                RESTATED_SQL,
                row -> new Restated(
                        row.getString("member"),
                        row.getString("instrument"),
                        row.getString("currency"),
                        Columns.decimal(row, "old_amount"),
                        Columns.decimal(row, "new_amount"),
                        Columns.decimal(row, "difference")),
                clearingNo,
                (long) limit);
    }
}
