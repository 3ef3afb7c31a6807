package io.crossbook.cli.console;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A point in time as RFC 3339 with a zone, or as whole nanoseconds since 1970 UTC; 1970 to 2262. */
public final class TimeValue implements ITypeConverter<Long> {
    @Override
    public Long convert(String value) {
        try {
            if (!value.isEmpty() && value.chars().allMatch(Character::isDigit)) {
                return Long.parseLong(value);
            }
            Instant instant = OffsetDateTime.parse(value.replace(' ', 'T')).toInstant();
            long nanos = Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
            if (nanos >= 0) {
                return nanos;
            }
        } catch (DateTimeException | ArithmeticException | NumberFormatException noTime) {
            // Said below, in the same words as every other fault of a time.
        }
        throw new TypeConversionException("expected a time from 1970 to 2262 such as 2026-03-02T09:30:00Z"
                + " or nanoseconds since 1970, was \"" + value + "\"");
    }
}
