package io.crossbook.pnl;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import io.crossbook.model.PnlEvent.FillBooked;
import io.crossbook.model.PnlEvent.Position;
import io.crossbook.model.PnlEvent.Realized;
import io.crossbook.model.RunEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The FIFO results of a tax engine, total by total and event by event. */
class Rp2Test {
    @ParameterizedTest
    @CsvSource({
        "test_data, B1, 63000", "test_data, B2, 82337", "test_data, B3, 63481", "test_data, B4, 82538",
        "test_data2, B1, 0.51", "test_data2, B2, 18392", "test_data2, B3, 29492", "test_data2, B4, 18392"
    })
    void theCapitalGainOfAnAssetIsExactlyThatOfTheTaxEngine(String name, String asset, String gain) throws IOException {
        List<RunEvent> said = book(FillsCsv.data("pnl_rp2"), name).get(asset);

        Position end = FillsCsv.positions(said).get(0);
        assertThat(end.realizedPnl().minus(end.fees())).isEqualTo(Decimal.parse(gain));
    }

    @ParameterizedTest
    @ValueSource(strings = {"test_data", "test_data2"})
    void eachTaxableEventClosesTheSameAmountFromTheSameLotsForTheSameGain(String name) throws IOException {
        Path folder = FillsCsv.data("pnl_rp2");
        Map<String, Decimal> theirGains = new TreeMap<>();
        Map<String, Decimal> theirPieces = new TreeMap<>();
        for (FillsCsv.Row row : FillsCsv.rows(folder.resolve(name + "_gains.csv"))) {
            Instant event = instant(row.text("Taxable Event Timestamp"));
            theirGains.merge(row.text("Asset") + " " + event, row.number("Capital Gains"), Decimal::plus);
            String lotTime = row.text("Acquired Lot Timestamp");
            if (!lotTime.isEmpty()) {
                String piece = row.text("Asset") + " " + instant(lotTime) + " " + event;
                theirPieces.merge(piece, row.number("Crypto Amount"), Decimal::plus);
            }
        }

        Map<String, Decimal> ourGains = new TreeMap<>();
        Map<String, Decimal> ourPieces = new TreeMap<>();
        book(folder, name).values().forEach(said -> collect(said, ourGains, ourPieces));
        assertThat(ourPieces).isEqualTo(theirPieces);
        assertThat(ourGains.keySet()).isEqualTo(theirGains.keySet());
        // They show sixteen digits of thirds and ninths; at nine decimals both are the same number.
        theirGains.forEach(
                (event, gain) -> assertThat(ourGains.get(event)).as(event).isEqualTo(gain.rounded(9)));
    }

    private static void collect(List<RunEvent> said, Map<String, Decimal> gains, Map<String, Decimal> pieces) {
        Map<String, Instant> times = new TreeMap<>();
        for (RunEvent event : said) {
            if (event instanceof FillBooked booked) {
                times.put(booked.fill().tradeId(), nanos(booked.transactTime()));
                if (!booked.fill().fee().isZero()) {
                    String income = booked.instrument() + " " + nanos(booked.transactTime());
                    gains.merge(income, booked.fill().fee().negate(), Decimal::plus);
                }
            } else if (event instanceof Realized piece) {
                String asset = piece.instrument() + " ";
                Instant closed = nanos(piece.transactTime());
                gains.merge(asset + closed, piece.pnl(), Decimal::plus);
                pieces.merge(asset + times.get(piece.openingTradeId()) + " " + closed, piece.quantity(), Decimal::plus);
            }
        }
    }

    private static Map<String, List<RunEvent>> book(Path folder, String name) throws IOException {
        return FillsCsv.book(Rp2Fills.convert(folder, name), Instrument::permissive);
    }

    private static Instant instant(String text) {
        return OffsetDateTime.parse(text.replace(' ', 'T')).toInstant();
    }

    private static Instant nanos(long transactTime) {
        return Instant.ofEpochSecond(0, transactTime);
    }
}
