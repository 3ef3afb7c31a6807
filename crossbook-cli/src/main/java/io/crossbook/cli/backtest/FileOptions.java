package io.crossbook.cli.backtest;

import io.crossbook.cli.console.NearestWord;
import io.crossbook.cli.console.OneOf;
import io.crossbook.cli.console.Surroundings;
import io.crossbook.cli.console.TimeValue;
import io.crossbook.cli.console.UsageException;
import io.crossbook.store.rows.CommandColumn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that say which files to read, and how. */
public class FileOptions {
    private static final Pattern LOBSTER_NAME =
            Pattern.compile("(?<instrument>[^_]+)_(?<date>\\d{4}-\\d{2}-\\d{2})_.*message.*");
    private static final List<String> COLUMNS = CommandColumn.words();

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Files to replay, merged by time; plain or gzip. A header tells commands, fills and marks"
                    + " apart.")
    List<Path> files = List.of();

    @Option(
            names = "--format",
            paramLabel = "KIND",
            converter = Format.class,
            description = "auto (by the header), commands, fills, marks, or lobster for NASDAQ message files."
                    + " Default: ${DEFAULT-VALUE}.")
    private String format = "auto";

    @Option(
            names = "--map",
            split = ",",
            paramLabel = "THEIRS=OURS",
            description = "Reads their column under our name, as --map qty=quantity; may be repeated.")
    private Map<String, String> map = new LinkedHashMap<>();

    @Option(names = "--ignore-extra", description = "Puts up with columns that have no meaning here.")
    private boolean ignoreExtra;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = TimeValue.class,
            description = "Leaves out records before this time.")
    private @Nullable Long from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            converter = TimeValue.class,
            description = "Ends each instrument before its first record later than this time.")
    private @Nullable Long to;

    @Option(
            names = "--instrument",
            paramLabel = "NAME",
            description = "lobster: the instrument, if the file name does not say it.")
    private @Nullable String instrument;

    @Option(
            names = "--date",
            paramLabel = "DATE",
            description = "lobster: the trading day, if the file name does not say it.")
    private @Nullable String date;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "lobster: where midnight is. Default: ${DEFAULT-VALUE}.")
    private String zone = "America/New_York";

    @Option(
            names = "--opening-book",
            paramLabel = "FILE",
            description = "lobster: the order book file whose first row gives the book at the start.")
    private @Nullable Path openingBook;

    /** Files below this folder are named as they are in it; {@code null} for files named as typed. */
    @Nullable
    Path namedFrom;

    static final class Format extends OneOf {
        Format() {
            super("auto", "commands", "fills", "marks", "lobster");
        }
    }

    /** Refuses what can be seen without reading: missing files, options that do not fit together. */
    public void check(Surroundings surroundings) {
        List<String> faults = faults(surroundings);
        if (!faults.isEmpty()) {
            throw new UsageException(faults);
        }
    }

    List<String> faults(Surroundings surroundings) {
        List<String> faults = new ArrayList<>();
        files.forEach(file -> unreadable(surroundings, file).ifPresent(faults::add));
        Optional.ofNullable(openingBook)
                .flatMap(file -> unreadable(surroundings, file))
                .ifPresent(fault -> faults.add("--opening-book: " + fault));
        unknownColumns(faults);
        if (from != null && to != null && from > to) {
            faults.add("--from lies after --to");
        }
        if (format.equals("lobster")) {
            checkLobster(faults);
        } else if (instrument != null || date != null || openingBook != null) {
            faults.add("--instrument, --date and --opening-book go with --format lobster");
        }
        return faults;
    }

    private void unknownColumns(List<String> faults) {
        map.forEach((theirs, ours) -> {
            if (!COLUMNS.contains(ours)) {
                faults.add("--map: \"" + ours + "\" is no column of ours" + NearestWord.hint(ours, COLUMNS));
            }
        });
    }

    private void checkLobster(List<String> faults) {
        if (openingBook != null && files.size() > 1) {
            faults.add("--opening-book belongs to one message file, " + files.size() + " were given");
        }
        for (Path file : files) {
            if ((instrument == null || date == null) && !lobsterName(file).matches()) {
                faults.add(file + ": the name does not say instrument and day as AAPL_2012-06-21_…_message_10.csv does;"
                        + " add --instrument and --date");
            } else if (!isDate(lobsterDate(file))) {
                faults.add("--date: expected a day such as 2012-06-21, was \"" + lobsterDate(file) + "\"");
            }
        }
        if (!ZoneId.getAvailableZoneIds().contains(zone) && !isOffset(zone)) {
            faults.add("--zone: unknown time zone \"" + zone + "\""
                    + NearestWord.hint(zone, ZoneId.getAvailableZoneIds()));
        }
    }

    static Optional<String> unreadable(Surroundings surroundings, Path file) {
        Path absolute = surroundings.resolve(file);
        if (!Files.exists(absolute)) {
            return Optional.of(file + ": no such file" + similarFile(absolute));
        }
        if (Files.isDirectory(absolute)) {
            return Optional.of(file + ": is a directory; name the files in it");
        }
        return Files.isReadable(absolute)
                ? Optional.empty()
                : Optional.of(file + ": cannot be read, permission denied");
    }

    private static String similarFile(Path missing) {
        String[] names = missing.getParent() == null
                ? null
                : missing.getParent().toFile().list();
        return names == null ? "" : NearestWord.hint(missing.getFileName().toString(), List.of(names));
    }

    Path firstFile() {
        return files.get(0);
    }

    public List<ReplaySettings.InputFile> files(Surroundings surroundings) {
        boolean lobster = format.equals("lobster");
        return files.stream()
                .map(file -> new ReplaySettings.InputFile(
                        namedFrom == null
                                ? file.toString()
                                : namedFrom.relativize(file).toString(),
                        surroundings.resolve(file).toString(),
                        format.toUpperCase(Locale.ROOT),
                        lobster ? lobsterInstrument(file) : null,
                        lobster ? lobsterDate(file) : null))
                .toList();
    }

    private String lobsterInstrument(Path file) {
        return instrument != null ? instrument : named(file, "instrument");
    }

    private String lobsterDate(Path file) {
        return date != null ? date : named(file, "date");
    }

    private static String named(Path file, String group) {
        Matcher name = lobsterName(file);
        return name.matches() ? name.group(group) : "";
    }

    private static Matcher lobsterName(Path file) {
        return LOBSTER_NAME.matcher(file.getFileName().toString());
    }

    private static boolean isDate(String text) {
        try {
            LocalDate.parse(text);
            return true;
        } catch (DateTimeException noDate) {
            return false;
        }
    }

    private static boolean isOffset(String text) {
        try {
            ZoneId.of(text);
            return true;
        } catch (DateTimeException noZone) {
            return false;
        }
    }

    @Nullable
    public String openingBookPath(Surroundings surroundings) {
        return openingBook == null ? null : surroundings.resolve(openingBook).toString();
    }

    public Map<String, String> map() {
        return map;
    }

    public boolean ignoreExtra() {
        return ignoreExtra;
    }

    @Nullable
    public Long from() {
        return from;
    }

    @Nullable
    public Long to() {
        return to;
    }

    public String zone() {
        return zone;
    }
}
