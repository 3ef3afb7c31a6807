package io.crossbook.model;

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
 * this codec reads the records' own declaration instead of repeating twenty of them by hand.
 */
public final class RunEventCodec {
    private static final List<Class<? extends Record>> KINDS = kinds();
    private static final Map<Class<?>, Integer> NUMBERS = numbers();

    private RunEventCodec() {}

    public static void write(RunEvent event, DataOutput out) throws IOException {
        Integer number = NUMBERS.get(event.getClass());
        if (number == null) {
            throw new IllegalStateException("no bytes for " + event);
        }
        out.writeByte(number);
        writeRecord((Record) event, out);
    }

    public static RunEvent read(DataInput in) throws IOException {
        return (RunEvent) readRecord(KINDS.get(in.readByte()), in);
    }

    private static List<Class<? extends Record>> kinds() {
        List<Class<? extends Record>> kinds = new ArrayList<>();
        for (Class<?> family : RunEvent.class.getPermittedSubclasses()) {
            for (Class<?> kind : family.getPermittedSubclasses()) {
                kinds.add(kind.asSubclass(Record.class));
            }
        }
        return kinds;
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
            MarketInputCodec.write(input, out);
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
            return MarketInputCodec.read(in);
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
