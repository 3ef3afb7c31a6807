package io.crossbook.flink;

import io.crossbook.model.Decimal;
import io.crossbook.model.MarketInput;
import io.crossbook.model.OrderCommand;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of any kind of the model, component by component, with values that lie at the edges: so a kind that is
 * added later is tried without a word, and a component of a new type stops the test that meets it.
 */
final class RandomRecords {
    private static final long[] NUMBERS = {0, 1, -1, 1_000_000_000, Long.MAX_VALUE, Long.MIN_VALUE};
    private static final int[] SMALL_NUMBERS = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE};
    private static final String[] TEXTS = {"", "A1", "a, \"b\"", "Zürich", "買い", "🐂", "x".repeat(64)};
    /** Components that hold more than a name. */
    private static final Set<String> LONG_TEXTS = Set.of("raw", "message");

    private static final List<Class<?>> PLAIN_COMMANDS =
            List.of(MarketInput.NewOrder.class, MarketInput.CancelOrder.class, MarketInput.ReplaceOrder.class);

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

    /** A record of its components, a place that is filled anew by its longest constructor, a command of plain commands. */
    Object next(Class<?> kind) throws ReflectiveOperationException {
        if (kind == OrderCommand.class) {
            OrderCommand command = new OrderCommand();
            command.set((MarketInput) next(PLAIN_COMMANDS.get(random.nextInt(PLAIN_COMMANDS.size()))));
            return command;
        }
        Constructor<?> constructor = Arrays.stream(kind.getDeclaredConstructors())
                .max(Comparator.comparingInt(Constructor::getParameterCount))
                .orElseThrow();
        Parameter[] parameters = constructor.getParameters();
        AnnotatedType[] types = constructor.getAnnotatedParameterTypes();
        Type[] generic = constructor.getGenericParameterTypes();
        @Nullable Object[] values = new Object[parameters.length];
        for (int i = 0; i < parameters.length; i++) {
            boolean isLong = LONG_TEXTS.contains(parameters[i].getName());
            values[i] = mayBeAbsent(types[i]) && random.nextBoolean()
                    ? null
                    : isLong ? "x".repeat(4_000) : value(generic[i]);
        }
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
