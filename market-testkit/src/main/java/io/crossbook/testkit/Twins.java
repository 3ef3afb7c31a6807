package io.crossbook.testkit;

import io.crossbook.model.MarketEvent;
import io.crossbook.model.MarketInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares two books command by command, and makes what separates them short enough to read. */
public final class Twins {
    private Twins() {}

    /**
     * Applies the same commands to a fresh book of each kind.
     *
     * @return {@code null} if both said the same, else step, command and what each said
     */
    public static @Nullable String firstDifference(
            List<MarketInput> commands,
            Supplier<? extends MarketBook> expected,
            Supplier<? extends MarketBook> actual) {
        MarketBook one = expected.get();
        MarketBook other = actual.get();
        for (int step = 0; step < commands.size(); step++) {
            MarketInput command = commands.get(step);
            String difference = difference(said(one, command), said(other, command));
            if (difference != null) {
                return "step " + step + ", " + command + difference;
            }
        }
        String difference = difference(said(one, null), said(other, null));
        return difference == null ? null : "at the end" + difference;
    }

    /**
     * @param origin seed and kind of the flow, for the failure
     * @throws AssertionError with the shortest commands that still separate the books
     */
    public static void assertSame(
            String origin,
            List<MarketInput> commands,
            Supplier<? extends MarketBook> expected,
            Supplier<? extends MarketBook> actual) {
        String difference = firstDifference(commands, expected, actual);
        if (difference == null) {
            return;
        }
        List<MarketInput> shortest =
                Shrinker.shrink(commands, fewer -> firstDifference(fewer, expected, actual) != null);
        String flow = shortest.stream().map(MarketInput::toString).collect(Collectors.joining("\n  ", "\n  ", "\n"));
        throw new AssertionError(origin + ": " + difference + "\n" + shortest.size() + " commands are enough:" + flow
                + firstDifference(shortest, expected, actual));
    }

    /** What a book says to a command, or at the end; a book that breaks says so. */
    private static List<Object> said(MarketBook book, @Nullable MarketInput command) {
        List<Object> said = new ArrayList<>();
        try {
            if (command == null) {
                book.finish(event -> said.add(comparable(event)));
            } else {
                book.apply(command, event -> said.add(comparable(event)));
            }
        } catch (RuntimeException | AssertionError broken) {
            said.add(broken.toString());
        }
        return said;
    }

    private static MarketEvent comparable(MarketEvent event) {
        return EventLog.withoutSentence(event).copy();
    }

    private static @Nullable String difference(List<Object> expected, List<Object> actual) {
        if (expected.equals(actual)) {
            return null;
        }
        int same = 0;
        while (same < Math.min(expected.size(), actual.size())
                && Objects.equals(expected.get(same), actual.get(same))) {
            same++;
        }
        return ", event " + same + "\nexpected " + rest(expected, same) + "\nactual   " + rest(actual, same);
    }

    private static String rest(List<Object> said, int from) {
        return said.subList(from, said.size()).stream()
                .map(String::valueOf)
                .collect(Collectors.joining("\n         ", "", ""));
    }
}
