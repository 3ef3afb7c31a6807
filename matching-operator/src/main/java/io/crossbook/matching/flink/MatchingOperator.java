package io.crossbook.matching.flink;

import io.crossbook.flink.LiveStateOperator;
import io.crossbook.matching.LiveBook;
import io.crossbook.matching.MatchingSettings;
import io.crossbook.model.Instruments;
import io.crossbook.model.MarketEvent;
import io.crossbook.model.MarketInput;
import io.crossbook.model.RunEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Matches the orders of each instrument; one live book a key. */
public final class MatchingOperator extends LiveStateOperator<MarketInput, LiveBook> {
    private static final long serialVersionUID = 1;

    private final Instruments instruments;
    private final MatchingSettings settings;

    public MatchingOperator(Instruments instruments, MatchingSettings settings) {
        this.instruments = instruments;
        this.settings = settings;
    }

    @Override
    protected String instrumentOf(MarketInput input) {
        return input.instrument();
    }

    @Override
    protected void passOn(MarketInput input, Consumer<RunEvent> events) {
        if (input instanceof MarketInput.Unreadable line) {
            events.accept(new MarketEvent.LineRefused(line));
        } else if (input instanceof MarketInput.EndOfInput end) {
            events.accept(new MarketEvent.InputEnded(end));
        } else {
            throw new IllegalStateException("a command without an instrument: " + input);
        }
    }

    @Override
    protected LiveBook create(String instrument) {
        return new LiveBook(instruments.get(instrument), settings);
    }

    @Override
    protected void apply(LiveBook book, MarketInput input, Consumer<RunEvent> events) {
        book.apply(input, events);
    }

    @Override
    protected void finish(LiveBook book, Consumer<RunEvent> events) {
        book.finish(events);
    }

    @Override
    protected void write(LiveBook book, DataOutput out) throws IOException {
        book.write(out);
    }

    @Override
    protected LiveBook read(String instrument, DataInputStream in) throws IOException {
        return LiveBook.read(in, instruments.get(instrument), settings);
    }

    @Override
    protected byte @Nullable [] drainRemembered(LiveBook book) throws IOException {
        byte[] ids = book.drainNewIds();
        byte[] keys = book.drainNewKeys();
        if (ids.length == 0 && keys.length == 0) {
            return null;
        }
        ByteArrayOutputStream piece = new ByteArrayOutputStream(ids.length + keys.length + Integer.BYTES);
        DataOutputStream out = new DataOutputStream(piece);
        out.writeInt(ids.length);
        out.write(ids);
        out.write(keys);
        return piece.toByteArray();
    }

    @Override
    protected void remember(LiveBook book, byte[] piece) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(piece));
        book.addUsedIds(in.readNBytes(in.readInt()));
        book.addUsedKeys(in.readAllBytes());
    }

    @Override
    protected long epoch(LiveBook book) {
        return book.idDay();
    }
}
