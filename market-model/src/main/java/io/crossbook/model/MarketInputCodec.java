package io.crossbook.model;

import io.crossbook.model.MarketInput.CancelAll;
import io.crossbook.model.MarketInput.CancelOrder;
import io.crossbook.model.MarketInput.ClockTick;
import io.crossbook.model.MarketInput.EndOfInput;
import io.crossbook.model.MarketInput.ExternalFill;
import io.crossbook.model.MarketInput.MarkPrice;
import io.crossbook.model.MarketInput.NewOrder;
import io.crossbook.model.MarketInput.PhaseChange;
import io.crossbook.model.MarketInput.ReplaceOrder;
import io.crossbook.model.MarketInput.Unreadable;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A command as bytes between two steps of a running job. Written by hand because every command passes here; enums
 * travel as their ordinal, so these bytes live as long as the job and no longer.
 */
public final class MarketInputCodec {
    private static final Side[] SIDES = Side.values();
    private static final OrderType[] TYPES = OrderType.values();
    private static final TimeInForce[] TIMES_IN_FORCE = TimeInForce.values();
    private static final SelfTradePrevention[] SELF_TRADE_PREVENTIONS = SelfTradePrevention.values();
    private static final Phase[] PHASES = Phase.values();

    private static final int NEW = 1;
    private static final int CANCEL = 2;
    private static final int REPLACE = 3;
    private static final int CANCEL_ALL = 4;
    private static final int PHASE = 5;
    private static final int MARK = 6;
    private static final int FILL = 7;
    private static final int CLOCK = 8;
    private static final int UNREADABLE = 9;
    private static final int END = 10;

    private MarketInputCodec() {}

    public static void write(MarketInput input, DataOutput out) throws IOException {
        if (input instanceof NewOrder order) {
            writeHeader(NEW, order.header(), out);
            writeNewOrder(order, out);
        } else if (input instanceof CancelOrder cancel) {
            writeHeader(CANCEL, cancel.header(), out);
            out.writeUTF(cancel.orderId());
            writeText(cancel.clientId(), out);
        } else if (input instanceof ReplaceOrder replace) {
            writeHeader(REPLACE, replace.header(), out);
            out.writeUTF(replace.orderId());
            writeText(replace.clientId(), out);
            writeDecimal(replace.price(), out);
            writeDecimal(replace.quantity(), out);
            writeDecimal(replace.stopPrice(), out);
            writeDecimal(replace.displayQuantity(), out);
        } else if (input instanceof CancelAll cancelAll) {
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
            writeText(fill.orderId(), out);
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

    public static MarketInput read(DataInput in) throws IOException {
        int kind = in.readByte();
        InputHeader header = readHeader(in);
        switch (kind) {
            case NEW:
                return readNewOrder(header, in);
            case CANCEL:
                return new CancelOrder(header, in.readUTF(), readText(in));
            case REPLACE:
                return new ReplaceOrder(
                        header,
                        in.readUTF(),
                        readText(in),
                        readDecimal(in),
                        readDecimal(in),
                        readDecimal(in),
                        readDecimal(in));
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
                        readText(in));
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

    private static void writeNewOrder(NewOrder order, DataOutput out) throws IOException {
        out.writeUTF(order.orderId());
        out.writeUTF(order.clientId());
        @Nullable SelfTradePrevention prevention = order.selfTradePrevention();
        out.writeByte(order.side().ordinal()
                | order.type().ordinal() << 1
                | order.timeInForce().ordinal() << 3
                | (order.postOnly() ? 1 << 6 : 0));
        out.writeByte((prevention == null ? 0 : prevention.ordinal() + 1)
                | (order.price() != null ? 1 << 3 : 0)
                | (order.stopPrice() != null ? 1 << 4 : 0)
                | (order.displayQuantity() != null ? 1 << 5 : 0)
                | (order.expireAt() != null ? 1 << 6 : 0));
        order.quantity().write(out);
        if (order.price() != null) {
            order.price().write(out);
        }
        if (order.stopPrice() != null) {
            order.stopPrice().write(out);
        }
        if (order.displayQuantity() != null) {
            order.displayQuantity().write(out);
        }
        if (order.expireAt() != null) {
            out.writeLong(order.expireAt());
        }
    }

    private static NewOrder readNewOrder(InputHeader header, DataInput in) throws IOException {
        String orderId = in.readUTF();
        String clientId = in.readUTF();
        int words = in.readByte();
        int present = in.readByte();
        Decimal quantity = Decimal.read(in);
        int prevention = present & 7;
        return new NewOrder(
                header,
                orderId,
                clientId,
                SIDES[words & 1],
                TYPES[words >> 1 & 3],
                TIMES_IN_FORCE[words >> 3 & 7],
                (present & 1 << 3) != 0 ? Decimal.read(in) : null,
                quantity,
                (present & 1 << 4) != 0 ? Decimal.read(in) : null,
                (present & 1 << 5) != 0 ? Decimal.read(in) : null,
                (present & 1 << 6) != 0 ? in.readLong() : null,
                (words & 1 << 6) != 0,
                prevention == 0 ? null : SELF_TRADE_PREVENTIONS[prevention - 1]);
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
        writeText(header.idempotencyKey(), out);
    }

    private static InputHeader readHeader(DataInput in) throws IOException {
        return new InputHeader(
                in.readUTF(),
                in.readLong(),
                new Origin(in.readInt(), in.readLong(), in.readLong(), in.readInt()),
                readText(in));
    }

    private static void writeText(@Nullable String text, DataOutput out) throws IOException {
        out.writeBoolean(text != null);
        if (text != null) {
            out.writeUTF(text);
        }
    }

    private static @Nullable String readText(DataInput in) throws IOException {
        return in.readBoolean() ? in.readUTF() : null;
    }

    private static void writeDecimal(@Nullable Decimal value, DataOutput out) throws IOException {
        out.writeBoolean(value != null);
        if (value != null) {
            value.write(out);
        }
    }

    private static @Nullable Decimal readDecimal(DataInput in) throws IOException {
        return in.readBoolean() ? Decimal.read(in) : null;
    }
}
