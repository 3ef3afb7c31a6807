package io.crossbook.matching;

import io.crossbook.model.Timestamps;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** How far an instrument's stream has come, and what became of its rows. */
final class Progress {
    /** Number of the last command, from 1. */
    long sequence;

    /** Position of the last command in the merged input. */
    long position;

    /** Time of the last command. */
    long transactTime;

    long firstTime = Long.MAX_VALUE;
    /** Highest time so far: a step back in time reopens neither day nor interval. */
    long lastTime = Long.MIN_VALUE;

    /** How often ids and keys were forgotten. */
    long idDay;

    long acceptedRows;
    long rejectedRows;
    long duplicateRows;

    void next(long aTransactTime, long aPosition) {
        sequence++;
        position = aPosition;
        transactTime = aTransactTime;
        firstTime = Math.min(firstTime, transactTime);
        lastTime = Math.max(lastTime, transactTime);
    }

    /** Highest UTC date so far. */
    long date() {
        return Timestamps.utcDay(lastTime);
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(sequence);
        out.writeLong(position);
        out.writeLong(transactTime);
        out.writeLong(firstTime);
        out.writeLong(lastTime);
        out.writeLong(idDay);
        out.writeLong(acceptedRows);
        out.writeLong(rejectedRows);
        out.writeLong(duplicateRows);
    }

    void read(DataInput in) throws IOException {
        sequence = in.readLong();
        position = in.readLong();
        transactTime = in.readLong();
        firstTime = in.readLong();
        lastTime = in.readLong();
        idDay = in.readLong();
        acceptedRows = in.readLong();
        rejectedRows = in.readLong();
        duplicateRows = in.readLong();
    }
}
