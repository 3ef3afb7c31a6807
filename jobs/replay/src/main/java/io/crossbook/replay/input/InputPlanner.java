package io.crossbook.replay.input;

import io.crossbook.store.rows.CommandColumn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Judges files by their beginning and collects what is wrong with them. */
final class InputPlanner {
    private final InputSettings settings;
    private final List<String> faults = new ArrayList<>();
    private final Set<String> mapped = new HashSet<>();

    InputPlanner(InputSettings settings) {
        this.settings = settings;
    }

    InputPlan plan() throws UsageException {
        if (settings.files().isEmpty()) {
            faults.add("no file given");
        }
        judgeColumnMap();
        List<PlannedFile> files = new ArrayList<>();
        boolean allHeadersRead = true;
        for (InputFile file : settings.files()) {
            int before = faults.size();
            PlannedFile planned = judge(file);
            if (planned != null) {
                files.add(planned);
            }
            allHeadersRead &= faults.size() == before;
        }
        if (allHeadersRead) {
            judgeUseOfColumnMap(files);
        }
        judgeOpeningBook(files);
        if (!faults.isEmpty()) {
            throw new UsageException(faults);
        }
        return new InputPlan(settings, files);
    }

    private void judgeColumnMap() {
        settings.columnMap().keySet().stream().sorted().forEach(theirs -> {
            String ours = Objects.requireNonNull(settings.columnMap().get(theirs));
            if (CommandColumn.named(ours) == null) {
                List<String> known = Stream.of(CommandColumn.values())
                        .map(CommandColumn::word)
                        .toList();
                faults.add("--map " + theirs + '=' + ours + ": there is no column \"" + ours + '"'
                        + NearestWord.of(ours, known)
                                .map(near -> "; did you mean --map " + theirs + '=' + near + '?')
                                .orElse("; columns are " + String.join(", ", known)));
            }
        });
    }

    /** A renaming that renames nothing is a slip of the pen. */
    private void judgeUseOfColumnMap(List<PlannedFile> files) {
        boolean anyHeader = files.stream().anyMatch(file -> file.format() != InputFormat.LOBSTER);
        settings.columnMap().keySet().stream()
                .filter(theirs -> anyHeader && !mapped.contains(theirs.toLowerCase(Locale.ROOT)))
                .sorted()
                .forEach(theirs -> faults.add("--map " + theirs + '='
                        + settings.columnMap().get(theirs) + ": no file has a column \"" + theirs + '"'));
    }

    private @Nullable PlannedFile judge(InputFile file) {
        String fault = accessFault(file.path());
        if (fault != null) {
            faults.add(file.name() + ": " + fault);
            return null;
        }
        try (LineSource lines = new LineSource(file.path(), 0, 0)) {
            if (isNamedGzip(file) && !lines.isPacked()) {
                faults.add(file.name() + ": is named .gz and is not gzip");
                return null;
            }
            return judgeFirstLine(file, lines);
        } catch (IOException unreadable) {
            faults.add(file.name() + ": cannot be read: " + unreadable.getMessage());
            return null;
        }
    }

    static @Nullable String accessFault(String name) {
        Path path = Path.of(name);
        if (!Files.exists(path)) {
            return "no such file";
        }
        if (Files.isDirectory(path)) {
            return "is a directory; name the files in it";
        }
        if (!Files.isRegularFile(path)) {
            return "is no regular file; input is read more than once";
        }
        return Files.isReadable(path) ? null : "cannot be read: permission denied";
    }

    private static boolean isNamedGzip(InputFile file) {
        return Stream.of(file.name(), file.path())
                .anyMatch(name -> name.toLowerCase(Locale.ROOT).endsWith(".gz"));
    }

    private @Nullable PlannedFile judgeFirstLine(InputFile file, LineSource lines) throws IOException {
        if (!lines.advance()) {
            String breakage = lines.breakage();
            faults.add(file.name() + ": "
                    + (breakage == null ? "is empty" : "breaks off in its first line: " + breakage)
                    + (file.format() == InputFormat.LOBSTER ? "" : "; " + HeaderReader.WANTED));
            return null;
        }
        HeaderReader header = new HeaderReader(file, settings, mapped);
        List<String> columns = header.read(lines);
        if (file.format() == InputFormat.LOBSTER && !HeaderReader.isOurs(columns)) {
            return judgeLobster(file);
        }
        InputFormat format = header.judge(columns, lines.line());
        faults.addAll(header.faults());
        if (!header.faults().isEmpty()) {
            return null;
        }
        return new PlannedFile(file, format, columns, lines.consumed(), lines.line(), size(file), null, 0, null);
    }

    private static long size(InputFile file) throws IOException {
        return Files.size(Path.of(file.path()));
    }

    private @Nullable PlannedFile judgeLobster(InputFile file) throws IOException {
        LobsterName name = LobsterName.of(file);
        List<String> missing = name.faults();
        missing.forEach(fault -> faults.add(file.name() + ": " + fault));
        if (!missing.isEmpty()) {
            return null;
        }
        long midnight = name.date().atStartOfDay(settings.zone()).toEpochSecond();
        List<String> noColumns = List.of();
        return new PlannedFile(
                file, InputFormat.LOBSTER, noColumns, 0, 0, size(file), name.instrument(), midnight, null);
    }

    /** Gives the one LOBSTER file its opening levels. */
    private void judgeOpeningBook(List<PlannedFile> files) {
        String book = settings.openingBook();
        if (book == null || !faults.isEmpty()) {
            return;
        }
        List<PlannedFile> lobster = files.stream()
                .filter(file -> file.format() == InputFormat.LOBSTER)
                .toList();
        if (lobster.size() != 1) {
            faults.add("--opening-book " + book + ": belongs to one LOBSTER message file, but there are "
                    + lobster.size());
            return;
        }
        PlannedFile file = lobster.get(0);
        try {
            Optional<String> fault = OpeningRow.firstMessageFault(file);
            if (fault.isPresent()) {
                faults.add(file.file().name() + ": " + fault.get());
                return;
            }
            List<Long> row = OpeningRow.read(book);
            files.set(files.indexOf(file), file.withOpeningRow(row));
        } catch (IOException unreadable) {
            faults.add("--opening-book " + book + ": cannot be read: " + unreadable.getMessage());
        } catch (LineFault wrong) {
            faults.add("--opening-book " + book + ": " + wrong.rule());
        }
    }
}
