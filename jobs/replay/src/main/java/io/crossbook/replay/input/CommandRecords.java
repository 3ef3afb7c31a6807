package io.crossbook.replay.input;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.crossbook.model.InputHeader;
import io.crossbook.model.MarketInput;
import io.crossbook.model.Origin;
import io.crossbook.store.rows.CommandColumn;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads records of the topic of commands: one JSON object each, with the columns of a commands file as its fields.
 *
 * <p>Numbers and truth values may stand as such or as text; {@code null} is absent. What is wrong with a record by its form
 * makes it an unreadable one, as with a line of a file. A NEW, CANCEL or REPLACE is handed over in one of two places that
 * take turns, so it is good until the second call after it.
 */
public final class CommandRecords {
    private static final JsonFactory JSON = new JsonFactory();
    private static final List<String> COLUMNS = CommandColumn.words();

    private final Fields fields = new Fields(COLUMNS.toArray(String[]::new));
    private final CommandDecoder decoder = new CommandDecoder(fields, COLUMNS, null);
    private final Map<String, CommandColumn> byWord = new HashMap<>();
    private final boolean[] seen = new boolean[COLUMNS.size()];
    private final boolean ignoreExtra;
    private final String topic;

    /**
     * @param topic for messages
     * @param ignoreExtra whether fields without a meaning are passed over instead of refused
     */
    public CommandRecords(String topic, boolean ignoreExtra) {
        this.topic = topic;
        this.ignoreExtra = ignoreExtra;
        for (CommandColumn column : CommandColumn.values()) {
            byWord.put(column.word(), column);
        }
    }

    /** Says whether a record lies where its instrument belongs: {@code null}, or what is wrong. */
    public interface Placement {
        @Nullable
        String fault(String instrument);
    }

    /**
     * Reads a record.
     *
     * @param value the bytes, {@code null} for a tombstone
     * @param appendedAt time at which the broker took it, nanoseconds since 1970 UTC; stands for that of an unreadable one
     */
    public MarketInput read(byte @Nullable [] value, int partition, long offset, long appendedAt, Placement placement) {
        byte[] bytes = value == null ? new byte[0] : value;
        try {
            if (bytes.length > LineSource.MAX_LINE) {
                throw new LineFault(
                        InputFault.LINE_TOO_LONG,
                        "a record has at most " + LineSource.MAX_LINE + " bytes, this one has " + bytes.length);
            }
            take(bytes);
            decoder.decode();
            String misplaced = placement.fault(decoder.instrument());
            if (misplaced != null) {
                throw new LineFault(InputFault.WRONG_KEY, misplaced);
            }
            return decoder.command(partition, offset, offset);
        } catch (LineFault wrong) {
            Origin origin = new Origin(partition, offset, offset, 1);
            return new MarketInput.Unreadable(
                    new InputHeader("", appendedAt, origin, null),
                    wrong.code().name(),
                    topic + '-' + partition + ':' + offset + ": " + wrong.rule(),
                    RawLine.printable(bytes, 0, bytes.length, bytes.length));
        }
    }

    private void take(byte[] bytes) throws LineFault {
        fields.begin();
        Arrays.fill(seen, false);
        try (JsonParser parser = JSON.createParser(bytes)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw notARecord("must be one JSON object");
            }
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                takeField(parser, name);
            }
            if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
                throw notARecord("must be one JSON object and nothing behind it");
            }
        } catch (JsonProcessingException broken) {
            throw notARecord("must be one JSON object: " + broken.getOriginalMessage());
        } catch (IOException impossible) {
            throw new IllegalStateException("bytes in memory cannot be read", impossible);
        }
    }

    private void takeField(JsonParser parser, String name) throws IOException, LineFault {
        CommandColumn column = byWord.get(name);
        JsonToken token = parser.nextToken();
        if (token == null || token.isStructStart()) {
            throw notARecord(RawLine.quoted(name) + " must be a text, a number or true or false");
        }
        if (column == null) {
            if (!ignoreExtra) {
                throw new LineFault(
                        InputFault.UNKNOWN_FIELD,
                        "unknown field " + RawLine.quoted(name)
                                + NearestWord.of(name, COLUMNS)
                                        .map(ours -> "; did you mean " + ours + '?')
                                        .orElse(""));
            }
            return;
        }
        if (seen[column.ordinal()]) {
            throw new LineFault(InputFault.REPEATED_FIELD, "field " + name + " is there twice");
        }
        seen[column.ordinal()] = true;
        if (token != JsonToken.VALUE_NULL) {
            fields.set(column.ordinal(), parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        }
    }

    private static LineFault notARecord(String rule) {
        return new LineFault(InputFault.NOT_A_RECORD, "a record " + rule);
    }
}
