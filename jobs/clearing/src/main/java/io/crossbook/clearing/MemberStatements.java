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
import org.jspecify.annotations.Nullable;

/** A folder for each member: its reports as CSV, and all of them on one page. */
final class MemberStatements {
    private static final String PAGE = "/io/crossbook/clearing/statement.html";

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
                Map<MemberReport, List<List<@Nullable String>>> reports = take(member, all);
                if (wanted.test(member)) {
                    write(member, reports, page);
                    written++;
                }
            }
        } finally {
            for (MemberLines<List<@Nullable String>> lines : all.values()) {
                lines.close();
            }
        }
        return written;
    }

    private static Map<MemberReport, List<List<@Nullable String>>> take(
            String member, Map<MemberReport, MemberLines<List<@Nullable String>>> all) throws SQLException {
        Map<MemberReport, List<List<@Nullable String>>> reports = new EnumMap<>(MemberReport.class);
        for (Map.Entry<MemberReport, MemberLines<List<@Nullable String>>> each : all.entrySet()) {
            reports.put(each.getKey(), each.getValue().of(member));
        }
        return reports;
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

    private static List<Map<String, Object>> heads(MemberReport report) {
        return report.columns().stream()
                .map(column -> cell(column, column.replace('_', ' ')))
                .toList();
    }

    /** A line as a person reads it: times as times, nothing for what is absent. */
    private static List<Map<String, Object>> cells(MemberReport report, List<@Nullable String> line) {
        List<Map<String, Object>> cells = new ArrayList<>();
        for (int i = 0; i < line.size(); i++) {
            String column = report.columns().get(i);
            String field = line.get(i) == null ? "" : line.get(i);
            cells.add(cell(column, column.equals(TIME) ? Timestamps.format(Long.parseLong(field)) : field));
        }
        return cells;
    }

    private static Map<String, Object> cell(String column, String text) {
        return Map.of("text", text, "number", !WORDS.contains(column));
    }

    private void write(String member, Map<MemberReport, List<List<@Nullable String>>> all, Template page)
            throws IOException {
        Path own = Files.createDirectories(folder.resolve(folderOf(member)));
        List<Map<String, Object>> reports = new ArrayList<>();
        for (Map.Entry<MemberReport, List<List<@Nullable String>>> each : all.entrySet()) {
            MemberReport report = each.getKey();
            List<List<@Nullable String>> lines = each.getValue();
            if (lines.isEmpty()) {
                continue;
            }
            try (CsvFile file = new CsvFile(own.resolve(report.title() + ".csv"), report.columns())) {
                lines.forEach(file::line);
            }
            reports.add(Map.of(
                    "title",
                    report.title().substring(0, 1).toUpperCase(Locale.ROOT)
                            + report.title().substring(1),
                    "columns",
                    heads(report),
                    "lines",
                    lines.stream().map(line -> cells(report, line)).toList()));
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
}
