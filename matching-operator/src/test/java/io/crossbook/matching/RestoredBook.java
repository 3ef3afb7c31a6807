package io.crossbook.matching;

import io.crossbook.model.Instrument;
import io.crossbook.model.MarketEvent;
import io.crossbook.model.MarketInput;
import io.crossbook.testkit.MarketBook;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** A live book that is written, thrown away and read back every few commands, as after a crash. */
final class RestoredBook implements MarketBook {
    private final Instrument instrument;
    private final MatchingSettings settings;
    private final int every;
    private final List<byte[]> ids = new ArrayList<>();
    private final List<byte[]> keys = new ArrayList<>();
    private LiveBook book;
    private long idDay;
    private int step;

    RestoredBook(Instrument instrument, MatchingSettings settings, int every) {
        this.instrument = instrument;
        this.settings = settings;
        this.every = every;
        this.book = new LiveBook(instrument, settings);
    }

    @Override
    public void apply(MarketInput input, Consumer<? super MarketEvent> events) {
        book.apply(input, events);
        if (++step % every == 0) {
            book = restored();
        }
    }

    private LiveBook restored() {
        if (book.idDay() != idDay) {
            ids.clear();
            keys.clear();
            idDay = book.idDay();
        }
        ids.add(book.drainNewIds());
        keys.add(book.drainNewKeys());
        byte[] bytes = bytes(book);
        LiveBook next = read(bytes, instrument, settings);
        ids.forEach(next::addUsedIds);
        keys.forEach(next::addUsedKeys);
        if (!Arrays.equals(bytes, bytes(next))) {
            throw new AssertionError("a restored book writes other bytes");
        }
        return next;
    }

    static byte[] bytes(LiveBook book) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            book.write(new DataOutputStream(bytes));
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static LiveBook read(byte[] bytes, Instrument instrument, MatchingSettings settings) {
        try {
            return LiveBook.read(new DataInputStream(new ByteArrayInputStream(bytes)), instrument, settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void finish(Consumer<? super MarketEvent> events) {
        book.finish(events);
    }
}
