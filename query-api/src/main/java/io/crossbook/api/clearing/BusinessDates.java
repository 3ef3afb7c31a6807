package io.crossbook.api.clearing;

import io.crossbook.api.problem.Problem;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;

/** Business dates in addresses. */
final class BusinessDates {
    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 2262;

    private BusinessDates() {}

    /** @throws Problem 400 if it is none */
    static LocalDate read(String text) {
        try {
            LocalDate date = LocalDate.parse(text);
            if (date.getYear() >= FIRST_YEAR && date.getYear() <= LAST_YEAR) {
                return date;
            }
        } catch (DateTimeParseException noDate) {
            // Said below.
        }
        throw Problem.invalid("date", "date must be a date from 1970 to 2262 like 2024-03-04");
    }
}
