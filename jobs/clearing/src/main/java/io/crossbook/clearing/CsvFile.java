package io.crossbook.clearing;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.QuoteMode;
import org.jspecify.annotations.Nullable;

/** A file of lines with a header: UTF-8, line feeds, quotes only where they must be, what is absent empty. */
final class CsvFile implements Closeable {
    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setRecordSeparator('\n')
            .setQuoteMode(QuoteMode.MINIMAL)
            .setNullString("")
            .get();

    private final OutputStream out;
    private final List<FileHash> hashes;

    /** @param hashes that grow with it */
    CsvFile(Path file, List<String> columns, FileHash... hashes) throws IOException {
        this.out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
        this.hashes = List.of(hashes);
        line(List.copyOf(columns));
    }

    void line(List<? extends @Nullable String> fields) {
        byte[] bytes = (FORMAT.format(fields.toArray()) + '\n').getBytes(StandardCharsets.UTF_8);
        hashes.forEach(hash -> hash.add(bytes));
        try {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
