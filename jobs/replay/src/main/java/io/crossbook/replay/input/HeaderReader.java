package io.crossbook.replay.input;

import io.crossbook.store.rows.CommandColumn;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the header of one file, says what the file is, and what is wrong with its columns. */
final class HeaderReader {
    /** Said where there is no header. */
    static final String WANTED = "its first line must name the columns, like timestamp,instrument,action,order_id,...";

    private static final int MOST_COLUMNS = 1_000;
    private static final Set<CommandColumn> MARK_COLUMNS =
            EnumSet.of(CommandColumn.TIMESTAMP, CommandColumn.INSTRUMENT, CommandColumn.PRICE);
    private static final Set<CommandColumn> FILL_COLUMNS = EnumSet.of(
            CommandColumn.TIMESTAMP,
            CommandColumn.TRADE_ID,
            CommandColumn.INSTRUMENT,
            CommandColumn.CLIENT_ID,
            CommandColumn.SIDE,
            CommandColumn.PRICE,
            CommandColumn.QUANTITY);
    private static final Set<CommandColumn> COMMAND_COLUMNS =
            EnumSet.of(CommandColumn.TIMESTAMP, CommandColumn.INSTRUMENT, CommandColumn.ACTION);

    private final InputFile file;
    private final boolean ignoreExtra;
    private final Map<String, String> columnMap;
    private final Set<String> mapped;
    private final List<String> faults = new ArrayList<>();

    /** @param mapped collects, in lower case, the columns that were renamed */
    HeaderReader(InputFile file, InputSettings settings, Set<String> mapped) {
        this.file = file;
        this.mapped = mapped;
        ignoreExtra = settings.ignoreExtra();
        columnMap = settings.columnMap().entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue, (one, other) -> one));
    }

    List<String> faults() {
        return faults;
    }

    /** The names of the line's columns, ours in our spelling; empty, with a fault, if the line is no header at all. */
    List<String> read(LineSource line) {
        List<String> names = new ArrayList<>();
        try {
            names.addAll(split(line));
        } catch (LineFault wrong) {
            add(line.line(), wrong.rule() + "; " + WANTED);
        }
        names.replaceAll(this::ourName);
        return names;
    }

    private static List<String> split(LineSource line) throws LineFault {
        Fields fields = Fields.upTo(MOST_COLUMNS);
        fields.splitFreely(line);
        List<String> names = new ArrayList<>(fields.count());
        for (int i = 0; i < fields.count(); i++) {
            names.add(fields.shown(i));
        }
        return names;
    }

    private String ourName(String theirs) {
        String key = theirs.toLowerCase(Locale.ROOT);
        String ours = columnMap.get(key);
        if (ours != null) {
            mapped.add(key);
        }
        CommandColumn column = CommandColumn.named(ours == null ? theirs : ours);
        return column == null ? theirs : column.word();
    }

    /** Whether this is a header of ours rather than a first line of data. */
    static boolean isOurs(List<String> names) {
        return names.contains(CommandColumn.TIMESTAMP.word()) && names.contains(CommandColumn.INSTRUMENT.word());
    }

    /** What a file with these columns is; what is wrong with them becomes a fault. */
    InputFormat judge(List<String> names, long line) {
        if (!faults.isEmpty()) {
            return InputFormat.AUTO;
        }
        if (names.stream().noneMatch(name -> CommandColumn.named(name) != null)) {
            add(line, noHeader(names));
            return InputFormat.AUTO;
        }
        judgeRepeats(names, line);
        InputFormat format = file.format() == InputFormat.AUTO || file.format() == InputFormat.LOBSTER
                ? recognize(names)
                : file.format();
        Set<CommandColumn> required = required(format);
        for (CommandColumn column : required) {
            if (!names.contains(column.word())) {
                add(
                        line,
                        "no column \"" + column.word() + "\", which " + what(format) + " needs"
                                + whoCouldBe(column, names));
            }
        }
        if (!ignoreExtra) {
            judgeExtra(names, format, line);
        }
        return format;
    }

    private String noHeader(List<String> names) {
        boolean numbers = names.size() == 6 && names.stream().allMatch(name -> name.matches("-?[0-9]+(\\.[0-9]+)?"));
        return numbers
                ? "is no header of ours; if these are LOBSTER messages, say --format lobster"
                : "is no header: none of its columns is known; " + WANTED;
    }

    private void judgeRepeats(List<String> names, long line) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            boolean matters = CommandColumn.named(name) != null || !ignoreExtra;
            if (!seen.add(name) && matters && !name.isEmpty()) {
                add(line, "column \"" + name + "\" is there twice");
            }
        }
    }

    private static InputFormat recognize(List<String> names) {
        if (names.contains(CommandColumn.ACTION.word())) {
            return InputFormat.COMMANDS;
        }
        if (names.contains(CommandColumn.TRADE_ID.word())) {
            return InputFormat.FILLS;
        }
        Set<CommandColumn> known = EnumSet.noneOf(CommandColumn.class);
        for (String name : names) {
            CommandColumn column = CommandColumn.named(name);
            if (column != null) {
                known.add(column);
            }
        }
        return known.equals(MARK_COLUMNS) ? InputFormat.MARKS : InputFormat.COMMANDS;
    }

    private static Set<CommandColumn> required(InputFormat format) {
        return switch (format) {
            case FILLS -> FILL_COLUMNS;
            case MARKS -> MARK_COLUMNS;
            default -> COMMAND_COLUMNS;
        };
    }

    private static boolean isKnown(CommandColumn column, InputFormat format) {
        return switch (format) {
            case FILLS ->
                FILL_COLUMNS.contains(column) || column == CommandColumn.ORDER_ID || column == CommandColumn.FEE;
            case MARKS -> MARK_COLUMNS.contains(column);
            default -> true;
        };
    }

    private static String what(InputFormat format) {
        return switch (format) {
            case FILLS -> "a file of fills";
            case MARKS -> "a file of marks";
            default -> "a file of commands";
        };
    }

    private static String whoCouldBe(CommandColumn column, List<String> names) {
        for (String name : names) {
            if (CommandColumn.named(name) == null
                    && NearestWord.of(name, List.of(column.word())).isPresent()) {
                return "; if it is \"" + name + "\", say --map " + name + '=' + column.word();
            }
        }
        return "";
    }

    private void judgeExtra(List<String> names, InputFormat format, long line) {
        List<String> free = EnumSet.allOf(CommandColumn.class).stream()
                .filter(column -> isKnown(column, format))
                .map(CommandColumn::word)
                .filter(word -> !names.contains(word))
                .toList();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            CommandColumn column = CommandColumn.named(name);
            if (name.isEmpty()) {
                add(line, "column " + (i + 1) + " has no name; --ignore-extra passes over it");
            } else if (column == null || !isKnown(column, format)) {
                Optional<String> near = NearestWord.of(name, free);
                add(
                        line,
                        "unknown column \"" + name + "\" in " + what(format)
                                + near.map(ours -> "; did you mean --map " + name + '=' + ours + '?')
                                        .orElse("; --ignore-extra passes over it"));
            }
        }
    }

    private void add(long line, String fault) {
        faults.add(file.name() + ':' + line + ": " + fault);
    }
}
