package io.crossbook.clearing;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.crossbook.model.Timestamps;
import io.crossbook.model.Utf8Order;
import io.crossbook.store.clearing.MemberLines;
import io.crossbook.store.clearing.MemberReport;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A folder for each member: its reports as CSV, and all of them on one page. */
final class MemberStatements {
    private static final String PAGE = "/io/crossbook/clearing/statement.html";
    /** What a person scrolls through; the rest is in the report's own file. */
    private static final int MOST_LINES = 200;

    private static final String TIME = "timestamp";
    /** Columns of words and dates; all others are numbers and stand at the right. */
    private static final Set<String> WORDS =
            Set.of("instrument", "currency", "settlement_date", "trade_id", TIME, "side", "liquidity", "part", "item");

    private final Connection connection;
    private final Day day;
    private final Path folder;

    MemberStatements(Connection connection, Day day, Path folder) {
        this.connection = connection;
        this.day = day;
        this.folder = folder;
    }

    /** The folder of a member below that of all: its name, with what no file name can have written as {@code %XX}. */
    static String folderOf(String member) {
        String encoded = URLEncoder.encode(member, StandardCharsets.UTF_8).replace("*", "%2A");
        return encoded.startsWith(".") ? "%2E" + encoded.substring(1) : encoded;
    }

    /** Writes those of all members. */
    void write() throws IOException, SQLException {
        Files.createDirectories(folder);
        write(member -> true);
    }

    /**
     * Writes those of one member.
     *
     * @return whether there is such a member
     */
    boolean write(String wanted) throws IOException, SQLException {
        return write(wanted::equals) > 0;
    }

    private int write(Predicate<String> wanted) throws IOException, SQLException {
        int written = 0;
        Template page = template();
        Map<MemberReport, MemberLines<List<@Nullable String>>> all = new EnumMap<>(MemberReport.class);
        try {
            for (MemberReport report : MemberReport.values()) {
                all.put(report, report.lines(connection, day.clearingNo()));
            }
            for (String member = next(all); member != null; member = next(all)) {
                if (wanted.test(member)) {
                    write(member, all, page);
                    written++;
                } else {
                    for (MemberLines<List<@Nullable String>> lines : all.values()) {
                        lines.each(member, passedOver -> {});
                    }
                }
            }
        } finally {
            for (MemberLines<List<@Nullable String>> lines : all.values()) {
                lines.close();
            }
        }
        return written;
    }

    private static Template template() throws IOException {
        try (InputStream in = MemberStatements.class.getResourceAsStream(PAGE)) {
            return Mustache.compiler()
                    .defaultValue("")
                    .emptyStringIsFalse(true)
                    .compile(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** The smallest name that some report comes to next. */
    private static @Nullable String next(Map<MemberReport, MemberLines<List<@Nullable String>>> all)
            throws SQLException {
        String first = null;
        for (MemberLines<List<@Nullable String>> lines : all.values()) {
            String member = lines.member();
            if (member != null && (first == null || Utf8Order.INSTANCE.compare(member, first) < 0)) {
                first = member;
            }
        }
        return first;
    }

    /** A column that has nothing on the page is not on it. */
    private static List<Integer> used(MemberReport report, List<List<@Nullable String>> lines) {
        return IntStream.range(0, report.columns().size())
                .filter(column ->
                        lines.stream().anyMatch(line -> !text(line, column).isEmpty()))
                .boxed()
                .toList();
    }

    private static String text(List<@Nullable String> line, int column) {
        @Nullable String field = line.get(column);
        return field == null ? "" : field;
    }

    /** A line as a person reads it: times as times, nothing for what is absent. */
    private static List<Map<String, Object>> cells(
            MemberReport report, List<Integer> columns, List<@Nullable String> line) {
        return columns.stream()
                .map(column -> {
                    String name = report.columns().get(column);
                    String field = text(line, column);
                    return cell(name, name.equals(TIME) ? Timestamps.format(Long.parseLong(field)) : field);
                })
                .toList();
    }

    private static Map<String, Object> cell(String column, String text) {
        return Map.of("text", text, "number", !WORDS.contains(column));
    }

    private void write(String member, Map<MemberReport, MemberLines<List<@Nullable String>>> all, Template page)
            throws IOException, SQLException {
        Path own = Files.createDirectories(folder.resolve(folderOf(member)));
        List<Map<String, Object>> reports = new ArrayList<>();
        for (Map.Entry<MemberReport, MemberLines<List<@Nullable String>>> each : all.entrySet()) {
            if (member.equals(each.getValue().member())) {
                reports.add(write(member, each.getKey(), each.getValue(), own));
            }
        }
        Files.writeString(
                own.resolve("statement.html"),
                page.execute(Map.of(
                        "member", member,
                        "run", day.run().runId(),
                        "date", day.run().businessDate().toString(),
                        "run_no", day.run().runNo(),
                        "what_if", day.run().whatIf(),
                        "reason", day.run().reason() == null ? "" : day.run().reason(),
                        "reports", reports)));
    }

    /** Writes a report's file and answers with what the page shows of it. */
    private static Map<String, Object> write(
            String member, MemberReport report, MemberLines<List<@Nullable String>> lines, Path own)
            throws IOException, SQLException {
        List<List<@Nullable String>> shown = new ArrayList<>();
        long[] count = {0};
        try (CsvFile file = new CsvFile(own.resolve(fileOf(report)), report.columns())) {
            lines.each(member, line -> {
                file.line(line);
                if (count[0]++ < MOST_LINES) {
                    shown.add(line);
                }
            });
        }
        return table(report, shown, count[0]);
    }

    private static Map<String, Object> table(MemberReport report, List<List<@Nullable String>> shown, long all) {
        List<Integer> columns = used(report, shown);
        List<Map<String, Object>> heads = columns.stream()
                .map(report.columns()::get)
                .map(column -> cell(column, column.replace('_', ' ')))
                .toList();
        List<List<Map<String, Object>>> lines =
                shown.stream().map(line -> cells(report, columns, line)).toList();
        String title = report.title();
        return Map.of(
                "title",
                title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1),
                "file",
                fileOf(report),
                "columns",
                heads,
                "lines",
                lines,
                "cut",
                all == shown.size() ? "" : cut(shown.size(), all));
    }

    private static String fileOf(MemberReport report) {
        return report.title() + ".csv";
    }

    private static String cut(long shown, long all) {
        return String.format(Locale.ROOT, "The first %,d of %,d lines; all are in", shown, all);
    }
}
