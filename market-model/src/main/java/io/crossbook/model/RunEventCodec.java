package io.crossbook.model;

import io.crossbook.model.PnlEvent.Realized;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run event as bytes, component by component of its record.
 *
 * <p>Events pass from step to step inside one chain and are written only where a job is laid out without chaining, so
 * this codec reads the records' own declaration instead of repeating twenty of them by hand. Those that are no records,
 * since they are filled anew, are written by hand.
 */
public final class RunEventCodec {
    private static final List<Class<?>> KINDS = kinds();
    private static final Map<Class<?>, Integer> NUMBERS = numbers();

    private RunEventCodec() {}

    public static void write(RunEvent event, DataOutput out) throws IOException {
        Integer number = NUMBERS.get(event.getClass());
        if (number == null) {
            throw new IllegalStateException("no bytes for " + event);
        }
        out.writeByte(number);
        if (event instanceof Trade trade) {
            writeTrade(trade, out);
        } else if (event instanceof OrderState order) {
            writeOrderState(order, out);
        } else if (event instanceof Realized realized) {
            writeRealized(realized, out);
        } else {
            writeRecord((Record) event, out);
        }
    }

    public static RunEvent read(DataInput in) throws IOException {
        Class<?> kind = KINDS.get(in.readByte());
        if (kind == Trade.class) {
            return readTrade(in);
        } else if (kind == OrderState.class) {
            return readOrderState(in);
        } else if (kind == Realized.class) {
            return readRealized(in);
        }
        return (RunEvent) readRecord(kind.asSubclass(Record.class), in);
    }

    private static List<Class<?>> kinds() {
        List<Class<?>> kinds = new ArrayList<>();
        for (Class<?> family : RunEvent.class.getPermittedSubclasses()) {
            kinds.addAll(List.of(family.getPermittedSubclasses()));
        }
        return kinds;
    }

    private static void writeTrade(Trade trade, DataOutput out) throws IOException {
        writeAll(
                out,
                trade.instrument(),
                trade.tradeNo(),
                trade.sequence(),
                trade.transactTime(),
                trade.price(),
                trade.quantity());
        writeValue(Side.class, trade.aggressorSide(), out);
        trade.buyOrderId().write(out);
        trade.sellOrderId().write(out);
        writeAll(out, trade.buyClientId(), trade.sellClientId());
    }

    private static Trade readTrade(DataInput in) throws IOException {
        String instrument = in.readUTF();
        long tradeNo = in.readLong();
        long sequence = in.readLong();
        long transactTime = in.readLong();
        long price = in.readLong();
        long quantity = in.readLong();
        Side aggressor = (Side) readValue(Side.class, in);
        Trade trade = new Trade();
        trade.buyOrderId().read(in);
        trade.sellOrderId().read(in);
        return trade.set(
                instrument, tradeNo, sequence, transactTime, price, quantity, aggressor, in.readUTF(), in.readUTF());
    }

    private static void writeOrderState(OrderState order, DataOutput out) throws IOException {
        order.orderId().write(out);
        writeAll(
                out,
                order.instrument(),
                order.sequence(),
                order.transactTime(),
                order.orderSequence(),
                order.clientId(),
                order.side(),
                order.type(),
                order.timeInForce(),
                order.price(),
                order.quantity(),
                order.filledQuantity(),
                order.leavesQuantity(),
                order.notionalHigh(),
                order.notionalLow(),
                order.status());
        writeValue(Reason.class, order.reason(), out);
        out.writeLong(order.enteredAt());
    }

    private static OrderState readOrderState(DataInput in) throws IOException {
        OrderState order = new OrderState();
        order.orderId().read(in);
        return order.set(
                in.readUTF(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readUTF(),
                (Side) readPresent(Side.class, in),
                (OrderType) readPresent(OrderType.class, in),
                (TimeInForce) readPresent(TimeInForce.class, in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                (OrdStatus) readPresent(OrdStatus.class, in),
                (Reason) readValue(Reason.class, in),
                in.readLong());
    }

    private static void writeRealized(Realized realized, DataOutput out) throws IOException {
        writeAll(
                out,
                realized.instrument(),
                realized.realizedNo(),
                realized.sequence(),
                realized.transactTime(),
                realized.clientId(),
                realized.openingTradeNo());
        writeValue(String.class, realized.openingFillId(), out);
        out.writeLong(realized.closingTradeNo());
        writeValue(String.class, realized.closingFillId(), out);
        writeAll(
                out, realized.side(), realized.quantity(), realized.openPrice(), realized.closePrice(), realized.pnl());
    }

    private static Realized readRealized(DataInput in) throws IOException {
        return new Realized()
                .set(
                        in.readUTF(),
                        in.readLong(),
                        in.readLong(),
                        in.readLong(),
                        in.readUTF(),
                        in.readLong(),
                        (String) readValue(String.class, in),
                        in.readLong(),
                        (String) readValue(String.class, in),
                        (Side) readPresent(Side.class, in),
                        Decimal.read(in),
                        Decimal.read(in),
                        Decimal.read(in),
                        Decimal.read(in));
    }

    /** Values that are never absent, one behind the other. */
    private static void writeAll(DataOutput out, Object... values) throws IOException {
        for (Object value : values) {
            writePresent(value.getClass(), value, out);
        }
    }

    private static Map<Class<?>, Integer> numbers() {
        Map<Class<?>, Integer> numbers = new HashMap<>();
        for (Class<?> kind : KINDS) {
            numbers.put(kind, numbers.size());
        }
        return numbers;
    }

    private static void writeRecord(Record value, DataOutput out) throws IOException {
        try {
            for (RecordComponent component : value.getClass().getRecordComponents()) {
                writeValue(component.getType(), component.getAccessor().invoke(value), out);
            }
        } catch (IllegalAccessException | InvocationTargetException unreadable) {
            throw new IllegalStateException("cannot read " + value, unreadable);
        }
    }

    private static Record readRecord(Class<? extends Record> kind, DataInput in) throws IOException {
        RecordComponent[] components = kind.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = readValue(types[i], in);
        }
        try {
            Constructor<? extends Record> constructor = kind.getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException unmakeable) {
            throw new IllegalStateException("cannot make " + kind.getSimpleName(), unmakeable);
        }
    }

    private static void writeValue(Class<?> type, @Nullable Object value, DataOutput out) throws IOException {
        if (type == long.class) {
            out.writeLong((Long) value);
        } else if (type == int.class) {
            out.writeInt((Integer) value);
        } else if (type == boolean.class) {
            out.writeBoolean((Boolean) value);
        } else if (value == null) {
            out.writeBoolean(false);
        } else {
            out.writeBoolean(true);
            writePresent(type, value, out);
        }
    }

    private static void writePresent(Class<?> type, Object value, DataOutput out) throws IOException {
        if (value instanceof String text) {
            out.writeUTF(text);
        } else if (value instanceof Long number) {
            out.writeLong(number);
        } else if (value instanceof Decimal decimal) {
            decimal.write(out);
        } else if (value instanceof Enum<?> word) {
            out.writeByte(word.ordinal());
        } else if (value instanceof MarketInput input) {
            new MarketInputCodec().write(input, out);
        } else if (value instanceof List<?> levels) {
            out.writeInt(levels.size());
            for (Object level : levels) {
                writeRecord((Record) level, out);
            }
        } else {
            throw new IllegalStateException("no bytes for a component of type " + type.getSimpleName());
        }
    }

    private static @Nullable Object readValue(Class<?> type, DataInput in) throws IOException {
        if (type == long.class) {
            return in.readLong();
        }
        if (type == int.class) {
            return in.readInt();
        }
        if (type == boolean.class) {
            return in.readBoolean();
        }
        return in.readBoolean() ? readPresent(type, in) : null;
    }

    private static Object readPresent(Class<?> type, DataInput in) throws IOException {
        if (type == String.class) {
            return in.readUTF();
        }
        if (type == Long.class) {
            return in.readLong();
        }
        if (type == Decimal.class) {
            return Decimal.read(in);
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[in.readByte()];
        }
        if (MarketInput.class.isAssignableFrom(type)) {
            return new MarketInputCodec().read(in).plain();
        }
        if (type == List.class) {
            int size = in.readInt();
            List<MarketEvent.BookLevel> levels = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                levels.add((MarketEvent.BookLevel) readRecord(MarketEvent.BookLevel.class, in));
            }
            return List.copyOf(levels);
        }
        throw new IllegalStateException("no component of type " + type.getSimpleName());
    }
}
