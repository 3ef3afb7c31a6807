package io.crossbook.store;

import io.crossbook.store.rows.RejectRow;

/**
 * Table {@code rejects}: unreadable lines and refused commands.
 *
 * <p>Unreadable lines belong to no instrument's sequence: they stand under the instrument {@code ''}, with the sequence 0,
 * and it is their position within their source that tells what came before.
 */
final class RejectTable implements AppendTable<RejectRow> {
    /** The instrument of an unreadable line. */
    static final String NO_INSTRUMENT = "";

    @Override
    public String name() {
        return "rejects";
    }

    @Override
    public String columns() {
        return "source, file, line, instrument, sequence, order_id, code, message, raw, position, timestamp";
    }

    @Override
    public String key() {
        return "instrument, sequence, position, source, line, code";
    }

    @Override
    public void write(RejectRow row, CopyBuffer out) {
        String instrument = row.instrument();
        out.number(row.source())
                .text(row.file())
                .number(row.line())
                .text(instrument == null ? NO_INSTRUMENT : instrument)
                .number(row.sequence())
                .text(row.orderId())
                .text(row.code())
                .text(row.message())
                .text(row.raw())
                .number(row.position())
                .number(row.timestamp())
                .endRow();
    }
}
