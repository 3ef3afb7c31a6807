package io.crossbook.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class ValuesTest {
    @ParameterizedTest
    @CsvSource({
        "5s,5000000000",
        "100ms,100000000",
        "1m,60000000000",
        "1.5h,5400000000000",
        "0.000000001s,1",
        "250us,250000",
        "7ns,7",
        "1d,86400000000000"
    })
    void readsDurationsExactly(String typed, long nanos) {
        assertThat(new DurationValue().convert(typed)).isEqualTo(nanos);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "-1s", "0s", "1e3s", "0.5ns", "1 s", "5S", "999999999999999999d", "1w"})
    void refusesWhatIsNoDuration(String typed) {
        assertThatThrownBy(() -> new DurationValue().convert(typed))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("\"" + typed + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1d", "36h", "90m", "10s", "1500ms", "3us", "7ns"})
    void writesDurationsAsTheyWereRead(String typed) {
        assertThat(DurationValue.format(new DurationValue().convert(typed))).isEqualTo(typed);
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "1700000000000000001,1700000000000000001",
        "1970-01-01T00:00:00Z,0",
        "2026-03-02T09:30:00Z,1772443800000000000",
        "2026-03-02 10:30:00.000000001+01:00,1772443800000000001",
        "2262-04-11T23:47:16.854775807Z,9223372036854775807"
    })
    void readsTimes(String typed, long nanos) {
        assertThat(new TimeValue().convert(typed)).isEqualTo(nanos);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "2026-03-02",
                "2026-03-02T09:30:00",
                "1969-12-31T23:59:59Z",
                "2262-04-12T00:00:00Z",
                "9223372036854775808",
                "-1"
            })
    void refusesWhatIsNoTimeOrHasNoZone(String typed) {
        assertThatThrownBy(() -> new TimeValue().convert(typed)).isInstanceOf(TypeConversionException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0|0", "999|999", "1000|1,000", "-1234567|-1,234,567", "100|100", "-100|-100"})
    void groupsThousands(long number, String shown) {
        assertThat(Figures.count(number)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|0.00",
                "1234.565|1,234.56",
                "-1234.5|-1,234.50",
                "0.5|0.5",
                "0.000123456|0.0001235",
                "-0.25|-0.25",
                "1|1.00"
            })
    void roundsMoneyHalfEvenForTheEye(BigDecimal amount, String shown) {
        assertThat(Figures.money(amount)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0.000|0", "1500.50|1,500.5", "-0.00000001|-0.00000001", "1000000|1,000,000"})
    void writesExactNumbersWithoutTrailingZeros(BigDecimal number, String shown) {
        assertThat(Figures.exact(number)).isEqualTo(shown);
    }

    @Test
    void setsNumbersToTheRightAndKeepsTheWidthIfItCan() {
        TextTable table = new TextTable("name", ">n").row("a", "1,000").row("long name", "7");
        assertThat(table.lines(80)).containsExactly("name           n", "a          1,000", "long name      7");
        assertThat(table.lines(15)).containsExactly("name          n", "a         1,000", "long name     7");
    }

    @Test
    void findsTheWordThatWasMeant() {
        List<String> words = List.of("backtest", "demo", "diff", "doctor");
        assertThat(NearestWord.of("bakctest", words)).contains("backtest");
        assertThat(NearestWord.of("back", words)).contains("backtest");
        assertThat(NearestWord.of("doc", words)).contains("doctor");
        assertThat(NearestWord.of("x", words)).isEmpty();
        assertThat(NearestWord.of("settlement", words)).isEmpty();
        assertThat(NearestWord.hint("zebra", words)).isEmpty();
    }
}
