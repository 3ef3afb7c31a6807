package io.crossbook.clearing;

import io.crossbook.store.clearing.ClearingChecks;
import io.crossbook.store.clearing.ClearingChecks.Checked;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Proves that the books balance, by queries that compute everything anew. What breaks an invariant is stored, whatever
 * becomes of the clearing.
 */
final class GateStep implements DayStep {
    /** In the order in which they are told. */
    private static final List<String> CHECKS = List.of(
            "legs_of_trades",
            "positions_sum_to_zero",
            "positions_roll",
            "opening_is_previous_closing",
            "price_for_each_position",
            "variation_recomputed",
            "variation_sums_to_zero",
            "obligations_are_net_of_legs",
            "obligations_sum_to_zero",
            "lots_add_up",
            "profit_identity",
            "posted_once",
            "journal_balances",
            "balances_roll",
            "trial_balance",
            "reversals_net_to_zero",
            "one_official");

    /** What holds the batch to the stream. */
    private static final List<String> RECONCILIATIONS = List.of("stream_profit", "stream_lots");

    private final List<String> checks;

    private GateStep(List<String> checks) {
        this.checks = checks;
    }

    static GateStep invariants() {
        return new GateStep(CHECKS);
    }

    static GateStep reconciliation() {
        return new GateStep(RECONCILIATIONS);
    }

    /** All that are queries, in the order in which they are told. */
    static List<String> queries() {
        List<String> names = new ArrayList<>(CHECKS);
        names.addAll(RECONCILIATIONS);
        return names;
    }

    @Override
    public void clear(Connection connection, Day day) throws SQLException {
        ClearingChecks.analyzeRest(connection);
        for (String check : checks) {
            ClearingChecks.forget(connection, day.clearingNo(), check);
            ClearingChecks.run(connection, day.clearingNo(), check);
        }
    }

    /** Whether the checks that were made hold. */
    static void require(Connection connection, Day day) throws SQLException {
        List<String> broken = new ArrayList<>();
        for (Checked check : ClearingChecks.list(connection, day.clearingNo())) {
            if (check.breaks() > 0) {
                broken.add(check.name().replace('_', ' ') + " (" + check.breaks() + ')');
            }
        }
        if (!broken.isEmpty()) {
            throw new GateException("the books do not balance: " + String.join(", ", broken)
                    + ". Nothing is published; what breaks them is in clearing_breaks");
        }
    }
}
