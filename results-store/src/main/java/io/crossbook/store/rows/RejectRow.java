package io.crossbook.store.rows;

import io.crossbook.model.MarketEvent;
import io.crossbook.model.MarketInput;
import io.crossbook.model.Origin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of {@code rejects}: an unreadable line, or a command that broke a market rule.
 *
 * @param source number of the file in the order the files were named, from 0; not in the file
 * @param file as named on the command line
 * @param line line 1 is the header
 * @param instrument empty for an unreadable line
 * @param sequence 0, empty in the file, for an unreadable line
 * @param raw the line's bytes as printable text, or the command's fields as a line of the command columns
 * @param position of the record in the merged order of all files; not in the file
 * @param timestamp of the record; not in the file
 */
public record RejectRow(
        int source,
        String file,
        long line,
        @Nullable String instrument,
        long sequence,
        @Nullable String orderId,
        String code,
        String message,
        String raw,
        long position,
        long timestamp)
        implements FileRow {
    /**
     * A refused command.
     *
     * @param files the names of the files in the order they were named
     */
    public static RejectRow of(MarketEvent.Refused refused, List<String> files) {
        Origin origin = refused.input().header().origin();
        return new RejectRow(
                origin.source(),
                files.get(origin.source()),
                origin.line(),
                refused.instrument(),
                refused.sequence(),
                orderId(refused.input()),
                refused.reason().name(),
                refused.message(),
                CommandLineText.of(refused.input()),
                origin.position(),
                refused.transactTime());
    }

    /** A line that is no command. */
    public static RejectRow of(MarketEvent.LineRefused refused, List<String> files) {
        MarketInput.Unreadable unreadable = refused.line();
        Origin origin = unreadable.header().origin();
        return new RejectRow(
                origin.source(),
                files.get(origin.source()),
                origin.line(),
                null,
                0,
                null,
                unreadable.code(),
                unreadable.message(),
                unreadable.raw(),
                origin.position(),
                refused.transactTime());
    }

    private static @Nullable String orderId(MarketInput input) {
        if (input instanceof MarketInput.NewOrder order) {
            return order.orderId();
        }
        if (input instanceof MarketInput.CancelOrder cancel) {
            return cancel.orderId();
        }
        if (input instanceof MarketInput.ReplaceOrder replace) {
            return replace.orderId();
        }
        return input instanceof MarketInput.ExternalFill fill ? fill.orderId() : null;
    }

    @Override
    public void writeFileColumns(RowOutput out) {
        out.text(file()).number(line()).text(instrument());
        if (sequence() == 0) {
            out.text(null);
        } else {
            out.number(sequence());
        }
        out.text(orderId()).text(code()).text(message()).text(raw());
    }
}
