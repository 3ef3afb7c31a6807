package io.crossbook.store.queries;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a run refused, and why. */
public final class RejectQuery {
    private static final String REASONS_SQL = """
            SELECT code, count(*) AS rejects FROM rejects WHERE run_id = ? GROUP BY code ORDER BY rejects DESC, code
            """;

    /** In the order of the input; unreadable lines have no instrument. */
    private static final String LIST_SQL = """
            SELECT position, file, line, instrument, sequence, order_id, code, message, raw
            FROM rejects WHERE %s ORDER BY position, code, line LIMIT ?
            """;

    /** A reason of the closed list, and how often it was given. */
    public record Reason(String code, long rejects) {}

    private record Placed(StoredReject reject, Place place) {}

    private RejectQuery() {}

    /** Reasons, the one given most often first. */
    public static List<Reason> reasons(Connection connection, String runId) throws SQLException {
        return Answer.list(
                connection, REASONS_SQL, row -> new Reason(row.getString("code"), row.getLong("rejects")), runId);
    }

    /** Rejects in the order of the input. */
    public static Page<StoredReject> list(
            Connection connection, String runId, @Nullable String code, @Nullable Place after, int limit)
            throws SQLException {
        Conditions wanted = Conditions.ofRun(runId).andIfGiven("code = ?", code);
        if (after != null) {
            wanted.and("(position, code, line) > (?, ?, ?)", after.major(), after.text(), after.minor());
        }
        Page<Placed> page = Answer.page(
                connection, LIST_SQL.formatted(wanted.text()), RejectQuery::read, Placed::place, limit, wanted);
        return new Page<>(page.rows().stream().map(Placed::reject).toList(), page.next());
    }

    private static Placed read(ResultSet row) throws SQLException {
        String instrument = row.getString("instrument");
        boolean unreadable = instrument.isEmpty();
        StoredReject reject = new StoredReject(
                row.getString("file"),
                row.getLong("line"),
                unreadable ? null : instrument,
                unreadable ? null : row.getLong("sequence"),
                row.getString("order_id"),
                row.getString("code"),
                row.getString("message"),
                row.getString("raw"));
        return new Placed(reject, new Place(row.getLong("position"), reject.code(), reject.line()));
    }
}
