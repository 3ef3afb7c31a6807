package io.crossbook.replay.kafka;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import io.crossbook.model.DecimalPool;
import io.crossbook.model.ExecType;
import io.crossbook.model.Instrument;
import io.crossbook.model.Instruments;
import io.crossbook.model.MarketEvent.BookDelta;
import io.crossbook.model.MarketEvent.BookLevel;
import io.crossbook.model.MarketEvent.BookRefresh;
import io.crossbook.model.MarketEvent.CommandEnded;
import io.crossbook.model.MarketEvent.Duplicate;
import io.crossbook.model.MarketEvent.Execution;
import io.crossbook.model.MarketEvent.LineRefused;
import io.crossbook.model.MarketEvent.Refused;
import io.crossbook.model.Origin;
import io.crossbook.model.PnlEvent.Position;
import io.crossbook.model.RunEvent;
import io.crossbook.model.Topics;
import io.crossbook.model.Trade;
import io.crossbook.store.files.RunFile;
import io.crossbook.store.rows.ExecutionRow;
import io.crossbook.store.rows.RejectRow;
import io.crossbook.store.rows.TradeRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run says, as records of its topics: one JSON object each, keyed by instrument, numbered by {@code sequence} and
 * {@code event_no} so that a reader can drop repeats. The same events give the same bytes.
 *
 * <p>The executions of a command go out when it is over, since each names where the command came from and the last one says
 * that it is. A command without any gets one with {@code exec_type} STATUS. Nothing is kept from command to command.
 */
public final class EventRecords {
    private static final String STATUS = "STATUS";
    private static final byte[] NO_KEY = {};
    private static final List<SerializedString> TRADE_COLUMNS = JsonRow.names(RunFile.TRADES.columns());
    private static final List<SerializedString> REJECT_COLUMNS = JsonRow.names(RunFile.REJECTS.columns());
    private static final List<SerializedString> EXECUTION_COLUMNS = JsonRow.names(RunFile.EXECUTIONS.columns());
    private static final List<SerializedString> MORE_COLUMNS = JsonRow.names(ExecutionRow.MORE_COLUMNS);
    private static final List<SerializedString> POSITION_COLUMNS = JsonRow.names(List.of(
            "client_id", "instrument", "net_quantity", "average_price", "realized_pnl", "fees", "closed_quantity"));

    private final String runId;
    private final Topics topics;
    private final Instruments instruments;
    private final List<String> sources;
    private final DecimalPool decimals = new DecimalPool();
    private final JsonRow json = new JsonRow();
    private final List<Execution> executions = new ArrayList<>();
    private byte[] key = NO_KEY;
    private String keyed = "";
    private @Nullable Duplicate duplicate;
    private @Nullable Refused refusal;
    private int trades;
    private int books;
    private int positions;

    /** Takes a record. */
    public interface Target {
        /** @param key empty for a record of no instrument */
        void accept(String topic, byte[] key, byte[] value);
    }

    /** @param sources the names of the input's partitions, as rejects show them */
    public EventRecords(String runId, Topics topics, Instruments instruments, List<String> sources) {
        this.runId = runId;
        this.topics = topics;
        this.instruments = instruments;
        this.sources = sources;
    }

    /** Hands over the records that an event makes. */
    public void write(RunEvent event, Target out) {
        if (event instanceof Execution execution) {
            executions.add(execution);
        } else if (event instanceof Trade trade) {
            write(trade, out);
        } else if (event instanceof BookDelta delta) {
            book(delta, delta.levels(), delta.checksum(), false, out);
        } else if (event instanceof BookRefresh refresh) {
            book(refresh, refresh.levels(), refresh.checksum(), true, out);
        } else if (event instanceof Position position) {
            if (position.kind() == Position.Kind.COMMAND) {
                write(position, out);
            }
        } else if (event instanceof Refused refused) {
            refusal = refused;
            reject(RejectRow.of(refused, sources), refused.input().header().origin(), out);
        } else if (event instanceof LineRefused line) {
            reject(RejectRow.of(line, sources), line.line().header().origin(), out);
        } else if (event instanceof Duplicate repeated) {
            duplicate = repeated;
        } else if (event instanceof CommandEnded ended) {
            end(ended, out);
        }
    }

    private JsonRow begin() {
        return json.begin().with(out -> out.writeStringField("run_id", runId));
    }

    private byte[] keyOf(String instrument) {
        if (!keyed.equals(instrument)) {
            keyed = instrument;
            key = instrument.getBytes(StandardCharsets.UTF_8);
        }
        return key;
    }

    private void write(Trade trade, Target out) {
        int eventNo = ++trades;
        begin().columns(TRADE_COLUMNS);
        TradeRow.writeFileColumns(trade, instruments.get(trade.instrument()), decimals, json);
        json.with(object -> object.writeNumberField("event_no", eventNo));
        out.accept(topics.trades(), keyOf(trade.instrument()), json.end());
    }

    private void book(RunEvent event, List<BookLevel> levels, long checksum, boolean snapshot, Target out) {
        int eventNo = ++books;
        Instrument instrument = instruments.get(event.instrument());
        begin().with(object -> {
            object.writeStringField("instrument", event.instrument());
            object.writeNumberField("sequence", event.sequence());
            object.writeNumberField("event_no", eventNo);
            object.writeStringField("timestamp", json.timeText(event.transactTime()));
            if (snapshot) {
                object.writeBooleanField("snapshot", true);
            }
            object.writeArrayFieldStart("levels");
            for (BookLevel level : levels) {
                write(level, instrument, object);
            }
            object.writeEndArray();
            object.writeNumberField("checksum", checksum);
        });
        out.accept(topics.book(), keyOf(event.instrument()), json.end());
    }

    private void write(BookLevel level, Instrument instrument, JsonGenerator object) throws IOException {
        object.writeStartObject();
        object.writeStringField("side", level.side().name());
        object.writeFieldName("price");
        json.write(instrument.price(level.price()));
        object.writeFieldName("quantity");
        json.write(instrument.quantity(level.quantity()));
        object.writeNumberField("orders", level.orders());
        object.writeEndObject();
    }

    private void write(Position position, Target out) {
        int eventNo = ++positions;
        begin().columns(POSITION_COLUMNS)
                .text(position.clientId())
                .text(position.instrument())
                .decimal(position.netQuantity())
                .decimal(position.averagePrice())
                .decimal(position.realizedPnl())
                .decimal(position.fees())
                .decimal(position.closedQuantity())
                .with(object -> {
                    object.writeNumberField("sequence", position.sequence());
                    object.writeNumberField("event_no", eventNo);
                    object.writeStringField("timestamp", json.timeText(position.transactTime()));
                });
        out.accept(topics.pnl(), keyOf(position.instrument()), json.end());
    }

    private void reject(RejectRow row, Origin origin, Target out) {
        begin().columns(REJECT_COLUMNS);
        row.writeFileColumns(json);
        json.with(object -> {
            object.writeNumberField("event_no", 1);
            object.writeStringField("topic", topics.commands());
            object.writeNumberField("partition", origin.source());
            object.writeNumberField("offset", origin.line());
        });
        String instrument = row.instrument();
        out.accept(topics.rejects(), instrument == null ? NO_KEY : keyOf(instrument), json.end());
    }

    private void end(CommandEnded ended, Target out) {
        byte[] ofInstrument = keyOf(ended.instrument());
        boolean withStatus = needsStatus();
        for (int i = 0; i < executions.size(); i++) {
            boolean last = i == executions.size() - 1 && !withStatus;
            ExecutionRow row = ExecutionRow.of(executions.get(i));
            begin().columns(EXECUTION_COLUMNS);
            row.writeFileColumns(json);
            row.writeMoreColumns(json.columns(MORE_COLUMNS));
            if (row.execType() == ExecType.REJECTED) {
                text();
            }
            out.accept(topics.executions(), ofInstrument, sourced(ended, last));
        }
        if (withStatus) {
            out.accept(topics.executions(), ofInstrument, status(ended));
        }
        executions.clear();
        duplicate = null;
        refusal = null;
        trades = 0;
        books = 0;
        positions = 0;
    }

    /** Whether the command has no execution of its own: those there are can be of orders that expired before it. */
    private boolean needsStatus() {
        return executions.isEmpty() || duplicate != null;
    }

    /** The record of a command without an execution of its own. */
    private byte[] status(CommandEnded ended) {
        begin().with(object -> {
            object.writeStringField("instrument", ended.instrument());
            object.writeNumberField("sequence", ended.sequence());
            object.writeNumberField("event_no", executions.size() + 1);
            object.writeStringField("timestamp", json.timeText(ended.transactTime()));
            object.writeStringField("exec_type", STATUS);
            if (duplicate != null) {
                object.writeNumberField("duplicate_of", duplicate.duplicateOf());
            }
        });
        return sourced(ended, true);
    }

    /** Of a refusal: the sentence, the Text(58). */
    private void text() {
        if (refusal != null) {
            String sentence = refusal.message();
            json.with(object -> object.writeStringField("text", sentence));
        }
    }

    private byte[] sourced(CommandEnded ended, boolean last) {
        return json.with(object -> {
                    if (last) {
                        object.writeBooleanField("last", true);
                        if (books > 0) {
                            object.writeNumberField("book_events", books);
                        }
                    }
                    object.writeObjectFieldStart("source");
                    object.writeNumberField("partition", ended.source());
                    object.writeNumberField("offset", ended.line());
                    object.writeEndObject();
                })
                .end();
    }
}
