package io.crossbook.cli.console;

import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A length of time as people write it, {@code 100ms}, {@code 5s}, {@code 1.5m}, {@code 2h}, in nanoseconds above zero. */
public final class DurationValue implements ITypeConverter<Long> {
    private static final Pattern SHAPE = Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?)(ns|us|ms|s|m|h|d)");
    private static final Map<String, Long> NANOS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L,
            "d", 86_400_000_000_000L);

    @Override
    public Long convert(String value) {
        Matcher shape = SHAPE.matcher(value);
        if (!shape.matches()) {
            throw refused(value);
        }
        try {
            long nanos = new BigDecimal(shape.group(1))
                    .multiply(BigDecimal.valueOf(NANOS.get(shape.group(2))))
                    .longValueExact();
            if (nanos > 0) {
                return nanos;
            }
        } catch (ArithmeticException tooLongOrTooFine) {
            // Said below, in the same words as every other fault of a duration.
        }
        throw refused(value);
    }

    private static TypeConversionException refused(String value) {
        return new TypeConversionException(
                "expected a duration above zero such as 100ms, 5s, 1m or 2h, was \"" + value + "\"");
    }

    /** The shortest way to write a duration exactly. */
    public static String format(long nanos) {
        for (String unit : new String[] {"d", "h", "m", "s", "ms", "us"}) {
            if (nanos % NANOS.get(unit) == 0) {
                return nanos / NANOS.get(unit) + unit;
            }
        }
        return nanos + "ns";
    }
}
