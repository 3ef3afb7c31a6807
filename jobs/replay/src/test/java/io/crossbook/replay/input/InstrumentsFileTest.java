package io.crossbook.replay.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import io.crossbook.model.InstrumentKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstrumentsFileTest {
    private static final String HEADER = "instrument,kind,currency,tick_size,lot_size";
    private static final String FULL_HEADER = HEADER
            + ",multiplier,maker_fee_bps,taker_fee_bps,min_price,max_price,min_quantity,max_quantity,price_band_bps,"
            + "reference_price,allow_short,expiry,calendar,settlement_days\n";

    @TempDir
    private Path folder;

    private Path file(String text) throws Exception {
        return Files.writeString(folder.resolve("instruments.csv"), text);
    }

    private List<String> faults(String text) throws Exception {
        Path file = file(text);
        UsageException refused = catchThrowableOfType(UsageException.class, () -> InstrumentsFile.read(file));
        assertThat(refused).as("nothing was refused").isNotNull();
        return refused.messages().stream()
                .map(message -> message.replace(file.toString(), "file"))
                .toList();
    }

    @Test
    void readsEveryColumn() throws Exception {
        Path file = file("\ufeff" + FULL_HEADER
                + "ESH4,future,USD,0.25,1,50,-0.1,0.2,1,9000,1,500,250,4800,FALSE,2024-03-15,CMES,0\r\n"
                + "\r\n\"A,B\", SPOT ,EUR,0.01,0.001,,,,,,,,,,,,,\r\n");
        var instruments = InstrumentsFile.read(file).described();
        assertThat(instruments.get("ESH4"))
                .isEqualTo(new Instrument(
                        "ESH4",
                        InstrumentKind.FUTURE,
                        "USD",
                        Decimal.parse("0.25"),
                        Decimal.ONE,
                        Decimal.of(50),
                        Decimal.parse("-0.1"),
                        Decimal.parse("0.2"),
                        Decimal.ONE,
                        Decimal.of(9000),
                        Decimal.ONE,
                        Decimal.of(500),
                        Decimal.of(250),
                        Decimal.of(4800),
                        false,
                        LocalDate.of(2024, 3, 15),
                        "CMES",
                        0));
        Instrument plain = instruments.get("A,B");
        assertThat(plain.multiplier()).isEqualTo(Decimal.ONE);
        assertThat(plain.allowShort()).isTrue();
        assertThat(plain.referencePrice()).isNull();
        assertThat(plain.takerFeeBps()).isEqualTo(Decimal.ZERO);
    }

    @Test
    void namesEveryFaultWithLineColumnAndRule() throws Exception {
        assertThat(faults(FULL_HEADER
                        + "A,SPOT,USD,0,-1,0,x,1e2,5,4,2,1,-1,0,maybe,2024-02-30,c,1.5\n"
                        + ",STOCK,,,1,,,,,,,,,,,,,\n"
                        + "B,SPOT,USD,1,1\n"
                        + "A,SPOT,USD,1,1,,,,,,,,,,,,,\n"))
                .containsExactly(
                        "file:2: tick_size must be above zero, was \"0\"",
                        "file:2: lot_size must be above zero, was \"-1\"",
                        "file:2: multiplier must be above zero, was \"0\"",
                        "file:2: maker_fee_bps must be a number of digits like 12 or -0.5, was \"x\"",
                        "file:2: taker_fee_bps must be a number of digits like 12 or -0.5, was \"1e2\"",
                        "file:2: price_band_bps must be zero or more, was \"-1\"",
                        "file:2: reference_price must be above zero, was \"0\"",
                        "file:2: allow_short must be true or false, was \"maybe\"",
                        "file:2: expiry must be a date like 2024-03-15, was \"2024-02-30\"",
                        "file:2: settlement_days must be a number of days from 0 to 1000, was \"1.5\"",
                        "file:2: min_price must be at most max_price (4), was \"5\"",
                        "file:2: min_quantity must be at most max_quantity (1), was \"2\"",
                        "file:3: instrument is missing",
                        "file:3: kind must be SPOT, EQUITY, FUTURE or CFD, was \"STOCK\"",
                        "file:3: currency is missing",
                        "file:3: tick_size is missing",
                        "file:4: a line must have 18 fields, this one has 5",
                        "file:5: instrument must be there once, \"A\" is on line 2 already");
    }

    @Test
    void namesColumnsThatAreUnknownMissingOrThereTwice() throws Exception {
        assertThat(faults("instrument,kind,ccy,tick_size,kind\nA,SPOT,USD,1,SPOT\n"))
                .containsExactly(
                        "file:1: unknown column \"ccy\"; did you mean currency?",
                        "file:1: column \"kind\" is there twice",
                        "file:1: no column \"currency\"",
                        "file:1: no column \"lot_size\"");
    }

    @Test
    void refusesFilesThatCannotBeUsed() throws Exception {
        assertThat(faults(""))
                .containsExactly("file: is empty; its first line must name the columns, at least " + HEADER);
        assertThat(faults(HEADER + "\nA,\"SPOT,USD,1,1\n").get(0)).startsWith("file: is no CSV: ");
        UsageException missing =
                catchThrowableOfType(UsageException.class, () -> InstrumentsFile.read(folder.resolve("missing.csv")));
        assertThat(missing.messages()).containsExactly(folder.resolve("missing.csv") + ": no such file");
        Path latin1 = Files.write(
                folder.resolve("latin1.csv"),
                (HEADER + "\nZürich,SPOT,USD,1,1\n").getBytes(StandardCharsets.ISO_8859_1));
        UsageException notUtf8 = catchThrowableOfType(UsageException.class, () -> InstrumentsFile.read(latin1));
        assertThat(notUtf8.messages()).containsExactly(latin1 + ": must be UTF-8");
    }

    @Test
    void describesNothingWithAHeaderAlone() throws Exception {
        assertThat(InstrumentsFile.read(file(HEADER)).described()).isEmpty();
    }
}
