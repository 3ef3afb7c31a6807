package io.crossbook.api.form;

import io.crossbook.api.problem.FieldFault;
import io.crossbook.api.problem.Problem;
import io.crossbook.model.Decimal;
import io.crossbook.model.Timestamps;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A JSON object of a caller, read field by field; what is wrong is collected, so that the caller learns of all of it at once.
 *
 * <p>Texts have 1 to 64 UTF-8 bytes and no control characters; numbers are digits with a point, as JSON text or JSON number,
 * without exponent where it is text; times are RFC 3339 or nanoseconds since 1970; words are understood in any case. An absent, {@code null}
 * or empty field is absent. What the job would not read must not get past here, since nobody could answer it then.
 */
public final class Form {
    /** Most bytes of a text. */
    public static final int LONGEST_TEXT = 64;

    private static final int LONGEST_NUMBER = 64;
    private static final long LAST_SECOND = Long.MAX_VALUE / Timestamps.NANOS_PER_SECOND;

    private final JsonNode object;
    private final String prefix;
    private final List<FieldFault> faults;
    private final Set<String> known = new LinkedHashSet<>();

    private Form(JsonNode object, String prefix, List<FieldFault> faults) {
        this.object = object;
        this.prefix = prefix;
        this.faults = faults;
    }

    /**
     * @throws Problem if it is no object
     */
    public static Form of(@Nullable JsonNode body) {
        if (body == null || !body.isObject()) {
            throw Problem.invalid("body", "the body must be one JSON object");
        }
        return new Form(body, "", new ArrayList<>());
    }

    /** Fields given by the address instead of a body. */
    public static Form none() {
        return new Form(tools.jackson.databind.node.JsonNodeFactory.instance.objectNode(), "", new ArrayList<>());
    }

    private @Nullable JsonNode find(String name) {
        known.add(name);
        JsonNode value = object.get(name);
        return value == null
                        || value.isNull()
                        || (value.isString() && value.stringValue().isBlank())
                ? null
                : value;
    }

    /** Whether a field is there and not empty. */
    public boolean has(String name) {
        return find(name) != null;
    }

    public @Nullable String text(String name) {
        JsonNode value = find(name);
        if (value == null) {
            return null;
        }
        if (!value.isString() && !value.isNumber()) {
            fault(name, "must be text, was " + shown(value));
            return null;
        }
        String text = value.asString().strip();
        String wrong = wrongText(text);
        if (wrong != null) {
            fault(name, wrong);
            return null;
        }
        return text;
    }

    /** What is wrong with a text, {@code null} if nothing is. */
    public static @Nullable String wrongText(String text) {
        if (text.getBytes(StandardCharsets.UTF_8).length > LONGEST_TEXT) {
            return "must have at most " + LONGEST_TEXT + " bytes, was \""
                    + text.substring(0, Math.min(40, text.length())) + "…\"";
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return "must have no control characters";
            }
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isHighSurrogate(text.charAt(i))
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return "must be whole characters, has half of a surrogate pair";
                }
                i++;
            }
        }
        return null;
    }

    public @Nullable String required(String name) {
        String text = text(name);
        if (text == null) {
            missing(name);
        }
        return text;
    }

    /** A number, as it was written. */
    public @Nullable String decimal(String name) {
        JsonNode value = find(name);
        if (value == null) {
            return null;
        }
        String digits = value.isString() ? value.stringValue().strip() : value.isNumber() ? plain(value) : null;
        if (digits == null || digits.length() > LONGEST_NUMBER || Decimal.parseOrNull(digits) == null) {
            fault(name, "must be a number of digits like 12 or \"-0.5\", was " + shown(value));
            return null;
        }
        return digits;
    }

    /** A JSON number without its exponent, {@code null} if that is longer than any number here. */
    private static @Nullable String plain(JsonNode number) {
        BigDecimal value = number.decimalValue();
        boolean fits = Math.abs((long) value.scale()) < LONGEST_NUMBER && value.precision() < LONGEST_NUMBER;
        return fits ? value.toPlainString() : null;
    }

    public @Nullable String requiredDecimal(String name) {
        String digits = decimal(name);
        if (digits == null) {
            missing(name);
        }
        return digits;
    }

    public <E extends Enum<E>> @Nullable E word(String name, Class<E> words) {
        JsonNode value = find(name);
        if (value == null) {
            return null;
        }
        if (value.isString()) {
            String upper = value.stringValue().strip().toUpperCase(Locale.ROOT);
            for (E word : words.getEnumConstants()) {
                if (word.name().equals(upper)) {
                    return word;
                }
            }
        }
        fault(name, "must be " + listed(words) + ", was " + shown(value));
        return null;
    }

    public <E extends Enum<E>> @Nullable E requiredWord(String name, Class<E> words) {
        E word = word(name, words);
        if (word == null) {
            missing(name);
        }
        return word;
    }

    private static <E extends Enum<E>> String listed(Class<E> words) {
        List<String> names =
                Arrays.stream(words.getEnumConstants()).map(Enum::name).toList();
        return String.join(", ", names.subList(0, names.size() - 1)) + " or " + names.get(names.size() - 1);
    }

    public @Nullable Boolean flag(String name) {
        JsonNode value = find(name);
        if (value == null) {
            return null;
        }
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        String text = value.isString() ? value.stringValue().strip() : "";
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return Boolean.valueOf(text);
        }
        fault(name, "must be true or false, was " + shown(value));
        return null;
    }

    /** A time in nanoseconds since 1970 UTC. */
    public @Nullable Long time(String name) {
        JsonNode value = find(name);
        if (value == null) {
            return null;
        }
        Long nanos =
                value.isString() || value.isNumber() ? nanos(value.asString().strip()) : null;
        if (nanos == null) {
            fault(
                    name,
                    "must be a time from 1970 to 2262 like 2024-01-02T03:04:05.000000006Z, or nanoseconds since 1970, was "
                            + shown(value));
        }
        return nanos;
    }

    /** Nanoseconds since 1970 UTC of a time as text, {@code null} if it is none. */
    public static @Nullable Long nanos(String text) {
        if (!text.isEmpty() && text.length() <= 19 && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException tooLate) {
                return null;
            }
        }
        try {
            OffsetDateTime time = OffsetDateTime.parse(text.replace(' ', 'T'));
            long seconds = time.toEpochSecond();
            return seconds < 0 || seconds >= LAST_SECOND
                    ? null
                    : seconds * Timestamps.NANOS_PER_SECOND + time.getNano();
        } catch (DateTimeException none) {
            return null;
        }
    }

    /** The object in a field, read into the same list of faults. */
    public @Nullable Form object(String name) {
        JsonNode value = find(name);
        if (value == null) {
            missing(name);
            return null;
        }
        if (!value.isObject()) {
            fault(name, "must be an object, was " + shown(value));
            return null;
        }
        return new Form(value, prefix + name + ".", faults);
    }

    /** Texts in an array. */
    public List<String> texts(String name) {
        JsonNode value = find(name);
        List<String> texts = new ArrayList<>();
        if (value == null) {
            return texts;
        }
        if (!value.isArray()) {
            fault(name, "must be an array of texts, was " + shown(value));
            return texts;
        }
        for (JsonNode each : value) {
            if (!each.isString() || wrongText(each.stringValue()) != null) {
                fault(name, "must be an array of texts, has " + shown(each));
                return texts;
            }
            texts.add(each.stringValue());
        }
        return texts;
    }

    /** The names of all fields. */
    public List<String> names() {
        return new ArrayList<>(object.propertyNames());
    }

    /** Adds a fault: {@code side must be BUY or SELL, was "Buy?"}. */
    public void fault(String name, String rule) {
        faults.add(new FieldFault(prefix + name, prefix + name + ' ' + rule));
    }

    private void missing(String name) {
        if (faults.stream().noneMatch(fault -> fault.field().equals(prefix + name))) {
            fault(name, "is missing");
        }
    }

    /** Refuses fields that nobody asked for. */
    public void refuseOthers() {
        for (String name : object.propertyNames()) {
            if (!known.contains(name)) {
                String shown = name.length() <= LONGEST_TEXT ? name : name.substring(0, LONGEST_TEXT) + "…";
                faults.add(new FieldFault(
                        prefix + shown, prefix + shown + " is no field here; fields are " + String.join(", ", known)));
            }
        }
    }

    /**
     * To be called when everything was read.
     *
     * @throws Problem 400 with all faults, if there are any
     */
    public void check() {
        if (!faults.isEmpty()) {
            throw Problem.invalid(faults);
        }
    }

    private static String shown(JsonNode value) {
        String text = value.toString();
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }
}
