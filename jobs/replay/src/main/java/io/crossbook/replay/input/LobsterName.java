package io.crossbook.replay.input;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the name of a LOBSTER file tells: {@code AAPL_2012-06-21_34200000_37800000_message_50.csv}. */
record LobsterName(
        @Nullable String knownInstrument, @Nullable LocalDate knownDate) {
    private static final Pattern NAME = Pattern.compile("(.+?)_(\\d{4}-\\d{2}-\\d{2})_.*");

    /** Said by the options, else by the name. */
    static LobsterName of(InputFile file) {
        String fileName = String.valueOf(Path.of(file.name()).getFileName());
        Matcher told = NAME.matcher(fileName);
        boolean tells = told.matches();
        String instrument = file.instrument() != null ? file.instrument() : tells ? told.group(1) : null;
        LocalDate date = file.date() != null ? file.date() : tells ? date(told.group(2)) : null;
        return new LobsterName(instrument, date);
    }

    private static @Nullable LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException noDay) {
            return null;
        }
    }

    List<String> faults() {
        List<String> faults = new ArrayList<>();
        if (knownInstrument == null) {
            faults.add("its name does not tell the instrument; say --instrument");
        } else if (knownInstrument.isEmpty()
                || knownInstrument.getBytes(StandardCharsets.UTF_8).length > Fields.LONGEST_TEXT
                || knownInstrument.chars().anyMatch(Character::isISOControl)) {
            faults.add("its instrument must be a text of 1 to " + Fields.LONGEST_TEXT + " bytes");
        }
        if (knownDate == null) {
            faults.add("its name does not tell the date; say --date");
        } else if (knownDate.getYear() < 1970 || knownDate.getYear() > 2261) {
            faults.add("its date must lie in 1970 to 2261, was " + knownDate);
        }
        return faults;
    }

    String instrument() {
        return Objects.requireNonNull(knownInstrument);
    }

    LocalDate date() {
        return Objects.requireNonNull(knownDate);
    }
}
