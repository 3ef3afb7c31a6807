package io.crossbook.cli.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Puts title, style, data and script into the page. */
final class ReportPage {
    private ReportPage() {}

    static String of(String title, ObjectNode figures) throws IOException {
        // The page is cut once, at its marks, so that nothing put in is ever taken for a mark.
        StringBuilder page = new StringBuilder();
        String template = resource("report.html");
        int from = 0;
        for (int mark = template.indexOf("{{"); mark >= 0; mark = template.indexOf("{{", from)) {
            int end = template.indexOf("}}", mark);
            page.append(template, from, mark).append(value(template.substring(mark + 2, end), title, figures));
            from = end + 2;
        }
        return page.append(template, from, template.length()).toString();
    }

    private static String value(String mark, String title, ObjectNode figures) throws IOException {
        return switch (mark) {
            case "title" -> escaped(title);
            case "style" -> resource("report.css");
            case "script" -> resource("report.js");
            case "licences" -> escaped(resource("licences.txt"));
            case "data" -> embedded(figures.toString());
            default -> throw new IllegalStateException("report.html has an unknown mark " + mark);
        };
    }

    /** JSON that ends no script element and opens no comment, whatever its strings hold. */
    static String embedded(String json) {
        return json.replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String resource(String name) throws IOException {
        try (@Nullable InputStream stream = ReportPage.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException(name + " is missing from the program's resources");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
