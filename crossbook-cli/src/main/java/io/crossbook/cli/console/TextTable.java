package io.crossbook.cli.console;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A plain table for a terminal: words to the left, numbers to the right. */
public final class TextTable {
    private final List<String> header;
    private final boolean[] right;
    private final List<List<String>> rows = new ArrayList<>();

    /** A column whose name starts with {@code >} is set to the right. */
    public TextTable(String... columns) {
        header = Arrays.stream(columns)
                .map(column -> column.startsWith(">") ? column.substring(1) : column)
                .toList();
        right = new boolean[columns.length];
        for (int i = 0; i < columns.length; i++) {
            right[i] = columns[i].startsWith(">");
        }
    }

    public TextTable row(String... cells) {
        if (cells.length != header.size()) {
            throw new IllegalArgumentException(cells.length + " cells in a table of " + header.size() + " columns");
        }
        rows.add(List.of(cells));
        return this;
    }

    /**
     * The lines, header first, without trailing spaces. Columns stand two spaces apart, or one where that makes the table
     * fit.
     */
    public List<String> lines(int width) {
        int[] widths = widths();
        boolean roomy = Arrays.stream(widths).sum() + 2 * (widths.length - 1) <= width;
        String gap = roomy ? "  " : " ";
        List<String> lines = new ArrayList<>();
        lines.add(line(header, widths, gap));
        rows.forEach(row -> lines.add(line(row, widths, gap)));
        return lines;
    }

    private int[] widths() {
        int[] widths = new int[header.size()];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            widths[i] = Math.max(
                    header.get(i).length(),
                    rows.stream()
                            .mapToInt(row -> row.get(column).length())
                            .max()
                            .orElse(0));
        }
        return widths;
    }

    private String line(List<String> cells, int[] widths, String gap) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String padding = " ".repeat(widths[i] - cells.get(i).length());
            line.append(i == 0 ? "" : gap);
            line.append(right[i] ? padding + cells.get(i) : cells.get(i) + padding);
        }
        return line.toString().stripTrailing();
    }
}
