package io.crossbook.pnl;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.model.Decimal;
import io.crossbook.model.InputHeader;
import io.crossbook.model.Instrument;
import io.crossbook.model.MarketEvent.FillReceived;
import io.crossbook.model.MarketInput.ExternalFill;
import io.crossbook.model.Origin;
import io.crossbook.model.PnlEvent.Position;
import io.crossbook.model.PnlEvent.Realized;
import io.crossbook.model.RunEvent;
import io.crossbook.model.Side;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Assumptions;

/** Our fills file as text, and the CSV of others that it is made from. */
public final class FillsCsv {
    public static final String HEADER = "timestamp,trade_id,instrument,client_id,side,price,quantity,order_id,fee";

    private FillsCsv() {}

    /** A row of someone's CSV by column name. */
    public record Row(int line, Map<String, String> fields) {
        public String text(String column) {
            String value = fields.get(column);
            assertThat(value).as("column %s of line %d", column, line).isNotNull();
            return value;
        }

        public Decimal number(String column) {
            return Decimal.parse(text(column).replace(",", ""));
        }
    }

    /** The folder of real data, or a skipped test that says why. */
    static Path data(String folder) {
        String root = System.getProperty("crossbook.data", "../../shared/data");
        Path path = Path.of(root, folder);
        if (!Files.isDirectory(path)) {
            String reason = "skipped: no real data at " + path + " (set -Dcrossbook.data)";
            System.out.println(reason);
            Assumptions.abort(reason);
        }
        return path;
    }

    /** Rows under the header of the first line. */
    public static List<Row> rows(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        List<String> header = fields(lines.get(0));
        List<Row> rows = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            rows.add(row(i + 1, header, fields(lines.get(i))));
        }
        return rows;
    }

    static Row row(int line, List<String> header, List<String> fields) {
        Map<String, String> byName = new HashMap<>();
        for (int i = 0; i < header.size() && i < fields.size(); i++) {
            byName.put(header.get(i), fields.get(i));
        }
        return new Row(line, byName);
    }

    /** Fields of a line, some in quotes. */
    public static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (char c : line.toCharArray()) {
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }

    /** What the ledgers of a fills file say, one ledger for each instrument. */
    static Map<String, List<RunEvent>> book(List<String> csv, Function<String, Instrument> instruments) {
        assertThat(csv.get(0)).isEqualTo(HEADER);
        Map<String, LiveLedger> ledgers = new LinkedHashMap<>();
        Map<String, List<RunEvent>> said = new TreeMap<>();
        for (int i = 1; i < csv.size(); i++) {
            ExternalFill fill = fill(i + 1, fields(csv.get(i)));
            String symbol = fill.instrument();
            ledgers.computeIfAbsent(symbol, s -> new LiveLedger(instruments.apply(s), LedgerSettings.backtest()))
                    .apply(new FillReceived(fill, i), event -> said.computeIfAbsent(symbol, s -> new ArrayList<>())
                            .add(event.copy()));
        }
        ledgers.forEach((symbol, ledger) -> {
            assertThat(ledger.balanced()).as(symbol).isTrue();
            ledger.finish(event -> said.get(symbol).add(event.copy()));
        });
        return said;
    }

    private static ExternalFill fill(int line, List<String> fields) {
        Instant time = OffsetDateTime.parse(fields.get(0).replace(' ', 'T')).toInstant();
        long nanos = time.getEpochSecond() * 1_000_000_000 + time.getNano();
        return new ExternalFill(
                new InputHeader(fields.get(2), nanos, new Origin(0, line, line, 1), null),
                fields.get(1),
                fields.get(3),
                Side.valueOf(fields.get(4)),
                Decimal.parse(fields.get(5)),
                Decimal.parse(fields.get(6)),
                Decimal.parse(fields.get(8)),
                fields.get(7).isEmpty() ? null : fields.get(7));
    }

    static List<Realized> realized(List<RunEvent> said) {
        return said.stream()
                .filter(Realized.class::isInstance)
                .map(Realized.class::cast)
                .toList();
    }

    static List<Position> positions(List<RunEvent> said) {
        return said.stream()
                .filter(Position.class::isInstance)
                .map(Position.class::cast)
                .toList();
    }
}
