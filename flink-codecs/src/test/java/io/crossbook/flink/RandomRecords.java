package io.crossbook.flink;

import io.crossbook.model.Decimal;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of any kind of the model, component by component, with values that lie at the edges: so a kind that is
 * added later is tried without a word, and a component of a new type stops the test that meets it.
 */
final class RandomRecords {
    private static final long[] NUMBERS = {0, 1, -1, 1_000_000_000, Long.MAX_VALUE, Long.MIN_VALUE};
    private static final int[] SMALL_NUMBERS = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE};
    private static final String[] TEXTS = {"", "A1", "a, \"b\"", "Zürich", "買い", "🐂", "x".repeat(4_000)};
    private static final String[] DECIMALS = {
        "0", "1", "-0.05", "9223372036854775807", "-9223372036854775808", "0.000000000000000001", "1" + "0".repeat(40)
    };

    private final Random random;

    RandomRecords(long seed) {
        random = new Random(seed);
    }

    /** The kinds of a sealed family, those of families inside it too. */
    static List<Class<?>> kindsOf(Class<?> family) {
        if (!family.isSealed()) {
            return List.of(family);
        }
        return Arrays.stream(family.getPermittedSubclasses())
                .flatMap(kind -> kindsOf(kind).stream())
                .toList();
    }

    Object next(Class<?> kind) throws ReflectiveOperationException {
        RecordComponent[] components = kind.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        @Nullable Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = mayBeAbsent(components[i].getAnnotatedType()) && random.nextBoolean()
                    ? null
                    : value(components[i].getGenericType());
        }
        Constructor<?> constructor = kind.getDeclaredConstructor(types);
        return constructor.newInstance(values);
    }

    private static boolean mayBeAbsent(AnnotatedElement type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    private Object value(Type type) throws ReflectiveOperationException {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            return several((Class<?>) list.getActualTypeArguments()[0]);
        }
        Class<?> kind = (Class<?>) type;
        if (kind == long.class || kind == Long.class) {
            return NUMBERS[random.nextInt(NUMBERS.length)];
        } else if (kind == int.class) {
            return SMALL_NUMBERS[random.nextInt(SMALL_NUMBERS.length)];
        } else if (kind == boolean.class) {
            return random.nextBoolean();
        } else if (kind == String.class) {
            return TEXTS[random.nextInt(TEXTS.length)];
        } else if (kind == Decimal.class) {
            return Decimal.parse(DECIMALS[random.nextInt(DECIMALS.length)]);
        } else if (kind.isEnum()) {
            Object[] words = kind.getEnumConstants();
            return words[random.nextInt(words.length)];
        } else if (kind.isRecord()) {
            return next(kind);
        } else if (kind.isSealed()) {
            List<Class<?>> kinds = kindsOf(kind);
            return next(kinds.get(random.nextInt(kinds.size())));
        }
        throw new IllegalStateException("no value is known for a component of type " + kind.getSimpleName());
    }

    private List<Object> several(Class<?> kind) throws ReflectiveOperationException {
        List<Object> values = new ArrayList<>();
        for (int left = random.nextInt(4); left > 0; left--) {
            values.add(next(kind));
        }
        return List.copyOf(values);
    }
}
