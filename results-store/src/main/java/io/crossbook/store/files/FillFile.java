package io.crossbook.store.files;

import io.crossbook.model.Side;
import io.crossbook.store.rows.FillRow;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The external fills that a run kept for its checks, by instrument and sequence. Read once, from front to end. */
public final class FillFile implements Iterable<FillRow>, Closeable {
    private final RunFileReader rows;

    private FillFile(RunFileReader rows) {
        this.rows = rows;
    }

    /** Opens the fills of a run. */
    public static FillFile open(Path internal) throws IOException {
        return new FillFile(RunFileReader.open(internal, RunFile.FILLS));
    }

    @Override
    public Iterator<FillRow> iterator() {
        return new Iterator<>() {
            private boolean there = advance();

            @Override
            public boolean hasNext() {
                return there;
            }

            @Override
            public FillRow next() {
                if (!there) {
                    throw new NoSuchElementException();
                }
                FillRow row = row();
                there = advance();
                return row;
            }
        };
    }

    private boolean advance() {
        try {
            return rows.next();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private FillRow row() {
        try {
            int column = 0;
            return new FillRow(
                    rows.text(column++),
                    rows.number(column++),
                    rows.number(column++),
                    rows.text(column++),
                    rows.text(column++),
                    rows.word(column++, Side.class),
                    rows.decimal(column++),
                    rows.decimal(column++),
                    rows.decimal(column++),
                    rows.isEmpty(column) ? null : rows.text(column));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
