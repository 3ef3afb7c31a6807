package io.crossbook.cli.clear;

import io.crossbook.cli.console.NearestWord;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A calendar: a word of those that come with the program, or a file. Many know an exchange by another name than its market
 * code; that name is answered with the code.
 */
final class CalendarWord implements ITypeConverter<String> {
    static final List<String> WORDS = List.of("24-7", "xnys", "xlon", "bvmf", "xtks", "cmes", "xhkg", "xbom");

    private static final Map<String, String> OTHER_NAMES = Map.ofEntries(
            Map.entry("nyse", "xnys"),
            Map.entry("nasdaq", "xnys"),
            Map.entry("lse", "xlon"),
            Map.entry("london", "xlon"),
            Map.entry("b3", "bvmf"),
            Map.entry("bovespa", "bvmf"),
            Map.entry("jpx", "xtks"),
            Map.entry("tse", "xtks"),
            Map.entry("tokyo", "xtks"),
            Map.entry("cme", "cmes"),
            Map.entry("globex", "cmes"),
            Map.entry("hkex", "xhkg"),
            Map.entry("sehk", "xhkg"),
            Map.entry("bse", "xbom"),
            Map.entry("bombay", "xbom"),
            Map.entry("utc", "24-7"),
            Map.entry("24/7", "24-7"),
            Map.entry("24x7", "24-7"),
            Map.entry("none", "24-7"));

    @Override
    public String convert(String value) {
        String word = value.toLowerCase(Locale.ROOT);
        if (WORDS.contains(word)) {
            return word;
        }
        if (isFile(value)) {
            return value;
        }
        String meant = OTHER_NAMES.get(word);
        throw new TypeConversionException("expected one of " + String.join(", ", WORDS)
                + " or a calendar file NAME.csv, was \"" + value + '"'
                + (meant == null ? NearestWord.hint(word, WORDS) : "; did you mean \"" + meant + "\"?"));
    }

    static boolean isFile(String calendar) {
        return calendar.endsWith(".csv");
    }

    /** What a calendar is called; a file as without {@code .csv}. */
    static String name(String calendar) {
        return isFile(calendar) ? Path.of(calendar).getFileName().toString().replaceFirst("\\.csv$", "") : calendar;
    }
}
