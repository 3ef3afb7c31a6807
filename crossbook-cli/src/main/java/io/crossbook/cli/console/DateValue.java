package io.crossbook.cli.console;

import java.time.DateTimeException;
import java.time.LocalDate;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A date as in ISO 8601. */
public final class DateValue implements ITypeConverter<LocalDate> {
    @Override
    public LocalDate convert(String value) {
        try {
            return LocalDate.parse(value);
        } catch (DateTimeException noDate) {
            throw new TypeConversionException("expected a date such as 2024-03-04, was \"" + value + "\"");
        }
    }
}
