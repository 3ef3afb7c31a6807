package io.crossbook.replay.kafka;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
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
    /** One generator writes one object behind the other, with nothing between them. */
    private static final JsonFactory JSON =
            new JsonFactoryBuilder().rootValueSeparator((String) null).build();

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    private final JsonGenerator out = generator();
    private List<SerializedString> columns = List.of();
    private int column;
    private byte[] digits = new byte[64];
    private long time = Long.MIN_VALUE;
    private String timeText = "";

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

    /** Names as a record has them. */
    static List<SerializedString> names(List<String> names) {
        return names.stream().map(SerializedString::new).toList();
    }

    JsonRow begin() {
        return with(JsonGenerator::writeStartObject);
    }

    /** Names the values that come next. */
    JsonRow columns(List<SerializedString> names) {
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
            json.flush();
        });
        byte[] object = bytes.toByteArray();
        bytes.reset();
        return object;
    }

    private SerializedString name() {
        return columns.get(column++);
    }

    @Override
    public JsonRow text(@Nullable String text) {
        SerializedString name = name();
        return text == null
                ? this
                : with(json -> {
                    json.writeFieldName(name);
                    json.writeString(text);
                });
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
        SerializedString name = name();
        return with(json -> {
            json.writeFieldName(name);
            json.writeNumber(number);
        });
    }

    @Override
    public JsonRow decimal(@Nullable Decimal number) {
        SerializedString name = name();
        return number == null
                ? this
                : with(json -> {
                    json.writeFieldName(name);
                    write(number);
                });
    }

    /** Writes a number as a text. */
    void write(Decimal number) throws IOException {
        if (digits.length < number.mostBytes()) {
            digits = new byte[number.mostBytes()];
        }
        out.writeRawUTF8String(digits, 0, number.writeTo(digits, 0));
    }

    @Override
    public JsonRow word(@Nullable Enum<?> word) {
        return text(word == null ? null : word.name());
    }

    @Override
    public JsonRow time(long nanos) {
        return text(timeText(nanos));
    }

    /** A time as a text; the records of a command mostly have the same one. */
    String timeText(long nanos) {
        if (nanos != time || timeText.isEmpty()) {
            time = nanos;
            timeText = Timestamps.format(nanos);
        }
        return timeText;
    }

    @Override
    public void endRow() {
        // The object may have more than the row.
    }
}
