package io.crossbook.replay.input;

import io.crossbook.model.MarketInput;
import io.crossbook.model.Origin;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The commands, fills or marks of a file with a header. */
final class CsvCursor extends FileCursor {
    private final LineSource lines;
    private final Fields fields;
    private final CommandDecoder decoder;

    /** Where the present line begins, and what was known there. */
    private long consumedBefore;

    private long lineBefore;
    private long lastTime;

    /** What is wrong with the present line; {@code null} if it is readable. */
    private @Nullable LineFault fault;

    private boolean readable;
    private boolean ended;

    CsvCursor(int source, PlannedFile file, FilePosition from) throws IOException {
        super(source, file.file().name(), from);
        lines = new LineSource(file.file().path(), from.consumed(), from.line());
        fields = new Fields(file.columns().toArray(String[]::new));
        decoder = new CommandDecoder(fields, file.columns(), file.onlyAction());
        lastTime = from.lastTime();
        ended = from.brokenOff();
    }

    @Override
    boolean advance() throws IOException {
        if (ended) {
            return false;
        }
        if (readable) {
            lastTime = decoder.time();
        }
        consumedBefore = lines.consumed();
        lineBefore = lines.line();
        readable = false;
        fault = null;
        if (!lines.advance()) {
            ended = true;
            String breakage = lines.breakage();
            fault = breakage == null ? null : brokenOff(breakage);
            return breakage != null;
        }
        try {
            fields.split(lines);
            decoder.decode();
            readable = true;
        } catch (LineFault wrong) {
            fault = wrong;
        }
        return true;
    }

    @Override
    long time() {
        return fault != null ? lastTime : decoder.time();
    }

    @Override
    String instrument() {
        return fault != null ? "" : decoder.instrument();
    }

    @Override
    boolean isStepBack() {
        return fault == null && decoder.time() < lastTime;
    }

    @Override
    boolean isBreak() {
        return fault != null && fault.code() == InputFault.BROKEN_OFF;
    }

    @Override
    MarketInput make(long position) {
        if (fault == null) {
            return decoder.command(source(), lines.line(), position);
        }
        Origin origin = new Origin(source(), lines.line(), position, 1);
        String raw = RawLine.printable(lines.buffer(), lines.start(), lines.end(), lines.length());
        return unreadable(fault, origin, lastTime, raw);
    }

    @Override
    FilePosition position() {
        return position(consumedBefore, lineBefore, lastTime);
    }

    @Override
    long bytesRead() throws IOException {
        return lines.bytesRead();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
