package io.crossbook.store.clearing;

import io.crossbook.store.Statements;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The invariants of a clearing, each a query in a file of its own that answers with what breaks it: {@code subject},
 * {@code expected}, {@code found}. They compute from the rows anew and share nothing with the steps that wrote them.
 */
public final class ClearingChecks {
    /** Breaks of one check that are stored; all are counted. */
    private static final int MOST_STORED = 1_000;

    private static final Pattern PARAMETER = Pattern.compile("(?<!:):clearing\\b");

    private static final String ANALYZE_HOLDINGS_SQL = """
            ANALYZE clearing_instruments, clearing_legs, clearing_positions, obligations, settlement_prices
            """;

    private static final String ANALYZE_REST_SQL = """
            ANALYZE clearing_lots, clearing_pnl, variation_margins, deliveries, clearing_fees, margin_requirements, journal,
                    balances
            """;

    private static final String DELETE_CHECK_SQL = "DELETE FROM clearing_checks WHERE clearing_no = ? AND name = ?";
    private static final String DELETE_BREAKS_SQL = "DELETE FROM clearing_breaks WHERE clearing_no = ? AND name = ?";

    private static final String INSERT_CHECK_SQL = """
            INSERT INTO clearing_checks (clearing_no, name, breaks) VALUES (?, ?, ?)
            """;

    private static final String INSERT_BREAK_SQL = """
            INSERT INTO clearing_breaks (clearing_no, name, break_no, subject, expected, found) VALUES (?, ?, ?, ?, ?, ?)
            """;

    private static final String LIST_SQL = """
            SELECT name, breaks FROM clearing_checks WHERE clearing_no = ?
            """;

    private static final String BREAKS_SQL = """
            SELECT name, subject, expected, found FROM clearing_breaks WHERE clearing_no = ? ORDER BY name, break_no
            """;

    private ClearingChecks() {}

    /** What broke an invariant. */
    public record Break(String name, String subject, String expected, String found) {}

    /** What came of a check. */
    public record Checked(String name, long breaks) {}

    /**
     * Lets the server count what was netted: right after the rows were written it takes the tables for small, and joins them
     * row by row.
     */
    public static void analyzeHoldings(Connection connection) throws SQLException {
        Statements.update(connection, ANALYZE_HOLDINGS_SQL);
    }

    /** The same for what was computed from that. */
    public static void analyzeRest(Connection connection) throws SQLException {
        Statements.update(connection, ANALYZE_REST_SQL);
    }

    /** Forgets what came of a check. */
    public static void forget(Connection connection, long clearingNo, String name) throws SQLException {
        Statements.update(connection, DELETE_CHECK_SQL, clearingNo, name);
        Statements.update(connection, DELETE_BREAKS_SQL, clearingNo, name);
    }

    /**
     * Makes a check and stores what breaks it.
     *
     * @param name of the file in {@code db/clearing/checks}, without its ending
     */
    public static Checked run(Connection connection, long clearingNo, String name) throws SQLException {
        Matcher parameters = PARAMETER.matcher(sql(name));
        List<Object> values = new ArrayList<>();
        String bound = parameters.replaceAll(match -> {
            values.add(clearingNo);
            return "?";
        });
        long[] breaks = {0};
        List<Break> stored = new ArrayList<>();
        Statements.each(
                connection,
                bound,
                row -> {
                    if (breaks[0]++ < MOST_STORED) {
                        stored.add(new Break(
                                name, row.getString("subject"), row.getString("expected"), row.getString("found")));
                    }
                },
                values.toArray());
        return store(connection, clearingNo, new Checked(name, breaks[0]), stored);
    }

    /** Stores what came of a check that is no query: whether something is as expected. */
    public static Checked compare(
            Connection connection, long clearingNo, String name, String subject, String expected, String found)
            throws SQLException {
        List<Break> breaks = found.equals(expected) ? List.of() : List.of(new Break(name, subject, expected, found));
        return store(connection, clearingNo, new Checked(name, breaks.size()), breaks);
    }

    private static Checked store(Connection connection, long clearingNo, Checked check, List<Break> breaks)
            throws SQLException {
        Statements.update(connection, INSERT_CHECK_SQL, clearingNo, check.name(), check.breaks());
        int number = 0;
        for (Break each : breaks) {
            Statements.update(
                    connection,
                    INSERT_BREAK_SQL,
                    clearingNo,
                    check.name(),
                    ++number,
                    each.subject(),
                    Statements.orNull(each.expected(), Types.VARCHAR),
                    Statements.orNull(each.found(), Types.VARCHAR));
        }
        return check;
    }

    private static String sql(String name) {
        String file = "/db/clearing/checks/" + name + ".sql";
        try (InputStream in = ClearingChecks.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalArgumentException("no check " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static List<Checked> list(Connection connection, long clearingNo) throws SQLException {
        return Statements.list(
                connection, LIST_SQL, row -> new Checked(row.getString("name"), row.getLong("breaks")), clearingNo);
    }

    public static List<Break> breaks(Connection connection, long clearingNo) throws SQLException {
        return Statements.list(
                connection,
                BREAKS_SQL,
                row -> new Break(
                        row.getString("name"),
                        row.getString("subject"),
                        row.getString("expected"),
                        row.getString("found")),
                clearingNo);
    }
}
