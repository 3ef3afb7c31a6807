package io.crossbook.store.checks;

import io.crossbook.model.Utf8Order;
import io.crossbook.store.files.FieldText;
import io.crossbook.store.files.RunFile;
import io.crossbook.store.files.RunFileReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The rows of a file that is sorted by instrument, one at a time, with a look at whose the next one is. */
final class GroupedRows implements Closeable {
    private final RunFile file;
    private final RunFileReader rows;
    private final int instrumentColumn;
    private final Finding order;
    private @Nullable String instrument;
    private FieldText instrumentField = FieldText.of("");

    GroupedRows(Path folder, RunFile file, Finding order) throws IOException {
        this.file = file;
        this.rows = RunFileReader.open(folder, file);
        this.instrumentColumn = file.column("instrument");
        this.order = order;
        advance();
    }

    /** The instrument of the present row; {@code null} behind the last. */
    @Nullable
    String instrument() {
        return instrument;
    }

    boolean isAt(String symbol) {
        return symbol.equals(instrument);
    }

    RunFileReader row() {
        return rows;
    }

    void advance() throws IOException {
        if (!rows.next()) {
            instrument = null;
            return;
        }
        if (instrument == null || !rows.field(instrumentColumn).equals(instrumentField)) {
            advanceTo(rows.text(instrumentColumn));
        }
    }

    private void advanceTo(String symbol) {
        if (instrument != null && Utf8Order.INSTANCE.compare(instrument, symbol) > 0) {
            order.fault(file.fileName() + " row " + rows.row() + ": instrument " + symbol + " after " + instrument);
        }
        instrument = symbol;
        instrumentField = FieldText.of(symbol);
    }

    /** The smaller of two instruments in byte order, where {@code null} is none. */
    static @Nullable String first(@Nullable String a, @Nullable String b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return Utf8Order.INSTANCE.compare(a, b) <= 0 ? a : b;
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
