package io.crossbook.store;

import io.crossbook.store.files.RunFile;
import java.util.ArrayList;
import java.util.List;

/**
 * What asks for the rows of a file of a run, as {@code COPY} commands: columns in the order and words of the file, then
 * what the rows of an instrument are sorted by.
 *
 * @param columns those of the file, as the table calls them
 * @param rows table and condition
 * @param order sorts the rows as in the file; a whole order, so that equal rows are equal bytes
 * @param keys of rows that a run appended: whole numbers that ascend within an instrument; empty for others
 */
record ExportQuery(RunFile file, String columns, String rows, String order, List<String> keys) {
    /** Finished orders as they finished, then open ones as they came. */
    private static final String OPEN = "status IN ('OPEN', 'PARTIALLY_FILLED')";

    /**
     * The queries of a run.
     *
     * @param quotedRunId the run id as an SQL literal
     */
    static List<ExportQuery> of(RunTable.RunRow run, String quotedRunId) {
        int runNo = run.runNo();
        String ofRun = " WHERE run_id = " + quotedRunId;
        List<ExportQuery> queries = new ArrayList<>(List.of(
                appended(RunFile.TRADES, new TradeTable(), runNo, "trade_no"),
                appended(
                        RunFile.ORDERS,
                        new OrderTable(),
                        runNo,
                        "CASE WHEN " + OPEN + " THEN 9223372036854775807 ELSE last_sequence END",
                        "CASE WHEN " + OPEN + " THEN sequence ELSE change_no END"),
                appended(RunFile.REALIZED, new RealizedTable(), runNo, "realized_no"),
                sorted(RunFile.LOTS, "lots" + ofRun, "client_id, instrument, lot_no"),
                sorted(RunFile.POSITIONS, "positions" + ofRun, "client_id, instrument"),
                sorted(
                        RunFile.BOOK,
                        new BookSnapshotTable().partition(runNo) + " WHERE last",
                        "instrument, side, level"),
                rejects(new RejectTable().partition(runNo))));
        if (run.keepsExecutions()) {
            queries.add(appended(RunFile.EXECUTIONS, new ExecutionTable(), runNo, "sequence", "event_no"));
        }
        return queries;
    }

    /** The queries of what a run keeps for itself. */
    static List<ExportQuery> internal(RunTable.RunRow run) {
        return List.of(
                sorted(
                        RunFile.PNL_SNAPSHOTS,
                        RunFile.PNL_SNAPSHOTS.header().replace(",time,", ",timestamp,"),
                        new PnlSnapshotTable().partition(run.runNo()),
                        "instrument, timestamp, client_id"),
                appended(RunFile.FILLS, new FillTable(), run.runNo(), "sequence"));
    }

    private static ExportQuery appended(RunFile file, AppendTable<?> table, int runNo, String... keys) {
        return new ExportQuery(
                file, file.header(), table.partition(runNo), "instrument, " + String.join(", ", keys), List.of(keys));
    }

    private static ExportQuery sorted(RunFile file, String rows, String order) {
        return sorted(file, file.header(), rows, order);
    }

    private static ExportQuery sorted(RunFile file, String columns, String rows, String order) {
        return new ExportQuery(file, columns, rows, order, List.of());
    }

    /** Unreadable lines by file, as the files were named, and line; then refused commands. */
    private static ExportQuery rejects(String partition) {
        return new ExportQuery(
                RunFile.REJECTS,
                "file, line, instrument, NULLIF(sequence, 0), order_id, code, message, raw",
                partition,
                """
                instrument <> '',
                CASE WHEN instrument = '' THEN source END,
                CASE WHEN instrument = '' THEN line END,
                instrument,
                sequence,
                position""",
                List.of());
    }

    /** The rows as they lie in the table, with their keys. */
    String asStored() {
        return "COPY (SELECT " + withKeys() + " FROM " + rows + ") TO STDOUT";
    }

    /** The rows in the order of the file, with their keys. */
    String inOrder() {
        return "COPY (SELECT " + withKeys() + " FROM " + rows + " ORDER BY " + order + ") TO STDOUT";
    }

    private String withKeys() {
        return keys.isEmpty() ? columns : columns + ", " + String.join(", ", keys);
    }
}
