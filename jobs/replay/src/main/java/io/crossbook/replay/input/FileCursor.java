package io.crossbook.replay.input;

import io.crossbook.model.InputHeader;
import io.crossbook.model.MarketInput;
import io.crossbook.model.Origin;
import java.io.Closeable;
import java.io.IOException;

/**
 * The records of one file, one at a time: the present one is known by its time until its turn comes and it is made.
 * Counts what was handed over.
 */
abstract sealed class FileCursor implements Closeable permits CsvCursor, LobsterCursor {
    private final int source;
    private final String name;
    private boolean brokenOff;
    private long rows;
    private long unreadable;
    private long timeStepsBack;
    private long openingOrders;

    /** @param source number of the file in the order the files were named, from 0 */
    FileCursor(int source, String name, FilePosition from) {
        this.source = source;
        this.name = name;
        brokenOff = from.brokenOff();
        rows = from.rows();
        unreadable = from.unreadable();
        timeStepsBack = from.timeStepsBack();
        openingOrders = from.openingOrders();
    }

    /** Goes to the next record; false at the end of the file. */
    abstract boolean advance() throws IOException;

    /** Time of the record; of an unreadable line the time of the last readable one before it, 0 if there is none. */
    abstract long time();

    /** Instrument of the record, empty for an unreadable line. */
    abstract String instrument();

    /** Whether the record is earlier than the readable line before it. */
    abstract boolean isStepBack();

    /** Whether the record says that the file breaks off here. */
    abstract boolean isBreak();

    /** The record itself, as number {@code position} of the merged order; good until the second record after it. */
    abstract MarketInput make(long position);

    /** Where a cursor must be opened to find the present record first. */
    abstract FilePosition position();

    abstract long bytesRead() throws IOException;

    int source() {
        return source;
    }

    /** Input rows handed over. */
    long rows() {
        return rows;
    }

    long timeStepsBack() {
        return timeStepsBack;
    }

    long openingOrders() {
        return openingOrders;
    }

    /** Whether the file's break was handed over. */
    boolean brokenOff() {
        return brokenOff;
    }

    /** Hands the record over and counts it. */
    final MarketInput take(long position) {
        MarketInput input = make(position);
        int itsRows = input.inputRows();
        rows += itsRows;
        if (itsRows == 0) {
            openingOrders++;
        }
        if (input instanceof MarketInput.Unreadable) {
            unreadable++;
            brokenOff |= isBreak();
        } else if (isStepBack()) {
            timeStepsBack++;
        }
        return input;
    }

    final FilePosition position(long consumed, long line, long lastTime) {
        return new FilePosition(consumed, line, lastTime, brokenOff, rows, unreadable, timeStepsBack, openingOrders);
    }

    /** {@code orders.csv:1042: side must be BUY or SELL, was "Buy?"}. */
    final MarketInput unreadable(LineFault fault, Origin origin, long time, String raw) {
        String message = name + ':' + origin.line() + ": " + fault.rule();
        return new MarketInput.Unreadable(
                new InputHeader("", time, origin, null), fault.code().name(), message, raw);
    }

    static LineFault brokenOff(String why) {
        return new LineFault(InputFault.BROKEN_OFF, "the file breaks off here: " + why);
    }
}
