package io.crossbook.api.web;

import io.crossbook.api.form.Form;
import io.crossbook.api.problem.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parameters of an address, judged as the fields of a body are. */
public final class Parameters {
    private static final int MOST_SYMBOLS = 1000;

    private Parameters() {}

    /**
     * A text that may be absent.
     *
     * @throws Problem 400 if it is empty, too long or has control characters
     */
    public static @Nullable String optional(String name, @Nullable String text) {
        if (text != null) {
            String wrong = text.isBlank() ? "is empty" : Form.wrongText(text);
            if (wrong != null) {
                throw Problem.invalid(name, name + ' ' + wrong);
            }
        }
        return text;
    }

    public static String required(String name, @Nullable String text) {
        String checked = optional(name, text);
        if (checked == null) {
            throw Problem.invalid(name, name + " is missing");
        }
        return checked;
    }

    /** A time in nanoseconds since 1970 UTC. */
    public static @Nullable Long time(String name, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        Long nanos = Form.nanos(text.strip());
        if (nanos == null) {
            throw Problem.invalid(
                    name,
                    name + " must be a time from 1970 to 2262 like 2024-01-02T03:04:05Z, or nanoseconds since 1970");
        }
        return nanos;
    }

    /** Instruments with commas between them, from {@code symbols} or {@code symbol}; empty for all. */
    public static List<String> symbols(@Nullable String symbols, @Nullable String symbol) {
        List<String> all = new ArrayList<>();
        for (String given : Arrays.asList(symbols, symbol)) {
            if (given != null) {
                for (String each : given.split(",", -1)) {
                    if (!each.isBlank()) {
                        all.add(required("symbols", each.strip()));
                    }
                }
            }
        }
        if (all.size() > MOST_SYMBOLS) {
            throw Problem.invalid("symbols", "symbols has more than " + MOST_SYMBOLS + " instruments");
        }
        return all;
    }
}
