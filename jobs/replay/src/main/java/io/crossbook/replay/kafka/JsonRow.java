package io.crossbook.replay.kafka;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import io.crossbook.model.OrderId;
import io.crossbook.model.Timestamps;
import io.crossbook.store.rows.RowOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object out of the values of a row: fields are named by its columns, decimals and times are texts, absent values
 * are left out.
 */
final class JsonRow implements RowOutput {
    private static final JsonFactory JSON = new JsonFactory();

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    private JsonGenerator out = generator();
    private List<String> columns = List.of();
    private int column;

    private JsonGenerator generator() {
        try {
            return JSON.createGenerator(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Something that writes JSON into memory, which cannot fail. */
    interface Step {
        void write(JsonGenerator out) throws IOException;
    }

    JsonRow begin() {
        bytes.reset();
        out = generator();
        return with(JsonGenerator::writeStartObject);
    }

    /** Names the values that come next. */
    JsonRow columns(List<String> names) {
        columns = names;
        column = 0;
        return this;
    }

    JsonRow with(Step step) {
        try {
            step.write(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return this;
    }

    byte[] end() {
        with(json -> {
            json.writeEndObject();
            json.close();
        });
        return bytes.toByteArray();
    }

    private String name() {
        return columns.get(column++);
    }

    @Override
    public JsonRow text(@Nullable String text) {
        String name = name();
        return text == null ? this : with(json -> json.writeStringField(name, text));
    }

    @Override
    public JsonRow name(String name) {
        return text(name);
    }

    @Override
    public JsonRow id(@Nullable OrderId id) {
        return text(id == null ? null : id.toString());
    }

    @Override
    public JsonRow tradeId(String instrument, long tradeNo) {
        return text(Instrument.tradeId(instrument, tradeNo));
    }

    @Override
    public JsonRow number(long number) {
        String name = name();
        return with(json -> json.writeNumberField(name, number));
    }

    @Override
    public JsonRow decimal(@Nullable Decimal number) {
        return text(number == null ? null : number.toString());
    }

    @Override
    public JsonRow word(@Nullable Enum<?> word) {
        return text(word == null ? null : word.name());
    }

    @Override
    public JsonRow time(long nanos) {
        return text(Timestamps.format(nanos));
    }

    @Override
    public void endRow() {
        // The object may have more than the row.
    }
}
