package io.crossbook.store.files;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/** What the lines of one thread remember: the texts of names, numbers and the day that come again and again. */
final class RowTexts {
    private final NameTexts names = new NameTexts();
    private final DecimalTexts decimals = new DecimalTexts();
    private byte[] date = {};
    private long day = Long.MIN_VALUE;

    NameTexts names() {
        return names;
    }

    DecimalTexts decimals() {
        return decimals;
    }

    /** {@code 2024-01-02}, of a day since 1970. */
    byte[] date(long itsDay) {
        if (itsDay != day) {
            date = LocalDate.ofEpochDay(itsDay).toString().getBytes(StandardCharsets.US_ASCII);
            day = itsDay;
        }
        return date;
    }
}
