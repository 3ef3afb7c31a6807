package io.crossbook.model;

import io.crossbook.model.MarketInput.CancelAll;
import io.crossbook.model.MarketInput.ClockTick;
import io.crossbook.model.MarketInput.EndOfInput;
import io.crossbook.model.MarketInput.ExternalFill;
import io.crossbook.model.MarketInput.MarkPrice;
import io.crossbook.model.MarketInput.PhaseChange;
import io.crossbook.model.MarketInput.Unreadable;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A command as bytes between two steps of a running job. Written by hand because every command passes here; enums
 * travel as their ordinal, so these bytes live as long as the job and no longer.
 *
 * <p>A NEW, CANCEL or REPLACE is read into the one {@link OrderCommand} of this codec, and names are looked up, so that
 * reading makes nothing new; the answer of {@link #read} is good until the next call. An instance serves one thread.
 */
public final class MarketInputCodec {
    private static final Side[] SIDES = Side.values();
    private static final Phase[] PHASES = Phase.values();
    private static final OrderCommand.Action[] ACTIONS = OrderCommand.Action.values();

    /** NEW, CANCEL and REPLACE are the ordinals of {@link OrderCommand.Action}. */
    private static final int CANCEL_ALL = 4;

    private static final int PHASE = 5;
    private static final int MARK = 6;
    private static final int FILL = 7;
    private static final int CLOCK = 8;
    private static final int UNREADABLE = 9;
    private static final int END = 10;

    private static final int ABSENT = -1;
    private static final int LONGEST_NAME = 127;

    private final OrderCommand command = new OrderCommand();
    private final NameTable names = new NameTable();
    private final byte[] bytes = new byte[LONGEST_NAME];

    public void write(MarketInput input, DataOutput out) throws IOException {
        if (input instanceof OrderCommand order) {
            writeOrder(order, out);
        } else if (command.set(input)) {
            writeOrder(command, out);
        } else {
            writeOther(input, out);
        }
    }

    private void writeOrder(OrderCommand order, DataOutput out) throws IOException {
        out.writeByte(order.action().ordinal());
        writeName(order.instrument(), out);
        out.writeLong(order.transactTime());
        out.writeInt(order.source());
        out.writeLong(order.line());
        out.writeLong(order.position());
        out.writeInt(order.inputRows());
        writeName(order.idempotencyKey(), out);
        order.orderId().write(out);
        writeName(order.clientId(), out);
        if (order.action() == OrderCommand.Action.CANCEL) {
            return;
        }
        out.writeShort(order.words());
        order.price().write(out);
        order.quantity().write(out);
        order.stopPrice().write(out);
        order.displayQuantity().write(out);
        out.writeBoolean(order.expires());
        if (order.expires()) {
            out.writeLong(order.expireAt());
        }
    }

    private OrderCommand readOrder(int action, DataInput in) throws IOException {
        String instrument = readName(in);
        long transactTime = in.readLong();
        int source = in.readInt();
        long line = in.readLong();
        long position = in.readLong();
        int rows = in.readInt();
        command.begin(ACTIONS[action], instrument, transactTime, readText(in));
        command.setOrigin(source, line, position, rows);
        command.orderId().read(in);
        command.setClientId(readName(in));
        if (command.action() == OrderCommand.Action.CANCEL) {
            return command;
        }
        command.setWords(in.readShort());
        command.price().read(in);
        command.quantity().read(in);
        command.stopPrice().read(in);
        command.displayQuantity().read(in);
        if (in.readBoolean()) {
            command.setExpireAt(in.readLong());
        }
        return command;
    }

    /** A name of at most {@value #LONGEST_NAME} bytes; nearly all are ASCII. */
    private void writeName(@Nullable String name, DataOutput out) throws IOException {
        if (name == null) {
            out.writeByte(ABSENT);
            return;
        }
        int length = name.length();
        if (length > LONGEST_NAME || !copyAscii(name, length)) {
            length = copyUtf8(name);
        }
        out.writeByte(length);
        out.write(bytes, 0, length);
    }

    private boolean copyAscii(String name, int length) {
        for (int i = 0; i < length; i++) {
            char c = name.charAt(i);
            if (c >= 0x80) {
                return false;
            }
            bytes[i] = (byte) c;
        }
        return true;
    }

    private int copyUtf8(String name) throws IOException {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        if (utf8.length > LONGEST_NAME) {
            throw new IOException("a name has at most " + LONGEST_NAME + " bytes, was \"" + name + '"');
        }
        System.arraycopy(utf8, 0, bytes, 0, utf8.length);
        return utf8.length;
    }

    /** A name that will come again. */
    private @Nullable String readName(DataInput in) throws IOException {
        int length = in.readByte();
        if (length == ABSENT) {
            return null;
        }
        in.readFully(bytes, 0, length);
        return names.name(bytes, 0, length);
    }

    /** A text that comes once. */
    private @Nullable String readText(DataInput in) throws IOException {
        int length = in.readByte();
        if (length == ABSENT) {
            return null;
        }
        in.readFully(bytes, 0, length);
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private static void writeOther(MarketInput input, DataOutput out) throws IOException {
        if (input instanceof CancelAll cancelAll) {
            writeHeader(CANCEL_ALL, cancelAll.header(), out);
            out.writeUTF(cancelAll.clientId());
        } else if (input instanceof PhaseChange change) {
            writeHeader(PHASE, change.header(), out);
            out.writeByte(change.phase().ordinal());
        } else if (input instanceof MarkPrice mark) {
            writeHeader(MARK, mark.header(), out);
            mark.price().write(out);
        } else if (input instanceof ExternalFill fill) {
            writeHeader(FILL, fill.header(), out);
            out.writeUTF(fill.tradeId());
            out.writeUTF(fill.clientId());
            out.writeByte(fill.side().ordinal());
            fill.price().write(out);
            fill.quantity().write(out);
            fill.fee().write(out);
            writeOptional(fill.orderId(), out);
        } else if (input instanceof ClockTick tick) {
            writeHeader(CLOCK, tick.header(), out);
        } else if (input instanceof Unreadable line) {
            writeHeader(UNREADABLE, line.header(), out);
            out.writeUTF(line.code());
            out.writeUTF(line.message());
            out.writeUTF(line.raw());
        } else if (input instanceof EndOfInput end) {
            writeHeader(END, end.header(), out);
            out.writeLong(end.rows());
            out.writeLong(end.unreadableRows());
            out.writeLong(end.timeStepsBack());
            out.writeLong(end.openingOrders());
            out.writeBoolean(end.brokenOff());
            out.writeBoolean(end.tooManyRejects());
        } else {
            throw new IllegalStateException("no bytes for " + input);
        }
    }

    /** The next command; a NEW, CANCEL or REPLACE is good until the next call. */
    public MarketInput read(DataInput in) throws IOException {
        int kind = in.readByte();
        return kind < ACTIONS.length ? readOrder(kind, in) : readOther(kind, in);
    }

    private MarketInput readOther(int kind, DataInput in) throws IOException {
        InputHeader header = readHeader(in);
        switch (kind) {
            case CANCEL_ALL:
                return new CancelAll(header, in.readUTF());
            case PHASE:
                return new PhaseChange(header, PHASES[in.readByte()]);
            case MARK:
                return new MarkPrice(header, Decimal.read(in));
            case FILL:
                return new ExternalFill(
                        header,
                        in.readUTF(),
                        in.readUTF(),
                        SIDES[in.readByte()],
                        Decimal.read(in),
                        Decimal.read(in),
                        Decimal.read(in),
                        readOptional(in));
            case CLOCK:
                return new ClockTick(header);
            case UNREADABLE:
                return new Unreadable(header, in.readUTF(), in.readUTF(), in.readUTF());
            case END:
                return new EndOfInput(
                        header,
                        in.readLong(),
                        in.readLong(),
                        in.readLong(),
                        in.readLong(),
                        in.readBoolean(),
                        in.readBoolean());
            default:
                throw new IOException("no command of kind " + kind);
        }
    }

    private static void writeHeader(int kind, InputHeader header, DataOutput out) throws IOException {
        Origin origin = header.origin();
        out.writeByte(kind);
        out.writeUTF(header.instrument());
        out.writeLong(header.transactTime());
        out.writeInt(origin.source());
        out.writeLong(origin.line());
        out.writeLong(origin.position());
        out.writeInt(origin.rows());
        writeOptional(header.idempotencyKey(), out);
    }

    private static InputHeader readHeader(DataInput in) throws IOException {
        return new InputHeader(
                in.readUTF(),
                in.readLong(),
                new Origin(in.readInt(), in.readLong(), in.readLong(), in.readInt()),
                readOptional(in));
    }

    private static void writeOptional(@Nullable String text, DataOutput out) throws IOException {
        out.writeBoolean(text != null);
        if (text != null) {
            out.writeUTF(text);
        }
    }

    private static @Nullable String readOptional(DataInput in) throws IOException {
        return in.readBoolean() ? in.readUTF() : null;
    }
}
