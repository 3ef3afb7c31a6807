package io.crossbook.store.queries;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a {@code WHERE} asks for: conditions with the values that they are bound to, in order. */
final class Conditions {
    private final List<String> texts = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    private Conditions() {}

    static Conditions ofRun(String runId) {
        return new Conditions().and("run_id = ?", runId);
    }

    Conditions and(String condition, Object... bound) {
        texts.add(condition);
        values.addAll(List.of(bound));
        return this;
    }

    /** Nothing is asked of a value that is {@code null}. */
    Conditions andIfGiven(String condition, @Nullable Object value) {
        return value == null ? this : and(condition, value);
    }

    /** No names: any will do. */
    Conditions andAnyOf(String column, List<String> names) {
        return names.isEmpty() ? this : and(column + " = ANY (?)", names);
    }

    /** Rows of a list that go on after a place, newest first. */
    Conditions andBefore(String columns, @Nullable Place after) {
        return after == null ? this : and("(" + columns + ") < (?, ?, ?)", after.major(), after.text(), after.minor());
    }

    String text() {
        return String.join(" AND ", texts);
    }

    List<Object> values() {
        return values;
    }
}
