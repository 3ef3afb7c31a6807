package io.crossbook.api.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossbook.api.problem.FieldFault;
import io.crossbook.api.problem.Problem;
import io.crossbook.api.web.JsonConfiguration;
import io.crossbook.model.Side;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormTest {
    private static Form form(String json) {
        return Form.of(JsonConfiguration.mapper().readTree(json));
    }

    @Test
    void tellsAllFaultsAtOnce() {
        Form form = form("{\"side\":\"Buy?\",\"price\":\"1e5\",\"extra\":1}");
        form.word("side", Side.class);
        form.decimal("price");
        form.required("instrument");
        form.refuseOthers();
        assertThatThrownBy(form::check).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.errors())
                .extracting(FieldFault::field)
                .containsExactly("side", "price", "instrument", "extra"));
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, 0.1",
        "100, 100",
        "-2.50, -2.50",
        "0.0000001, 0.0000001",
        "1e3, 1000",
        "123456789012345678901234567890, " + "123456789012345678901234567890"
    })
    void takesNumbersAsTheyAreWritten(String number, String expected) {
        Form form = form("{\"price\":" + number + "}");
        assertThat(form.decimal("price")).isEqualTo(expected);
        form.check();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e999999999",
                "true",
                "\"1,5\"",
                "\"+1\"",
                "\"0x10\"",
                "[1]",
                "{}",
                "\"NaN\"",
                "\"1.\"",
                "\".5\""
            })
    void refusesWhatIsNoNumber(String number) {
        Form form = form("{\"price\":" + number + "}");
        assertThat(form.decimal("price")).isNull();
        assertThatThrownBy(form::check).isInstanceOf(Problem.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a\\u0000b\"", "\"a\\nb\"", "\"\\ud800\"", "[\"x\"]", "true"})
    void refusesTextsThatAreNone(String text) {
        Form form = form("{\"id\":" + text + "}");
        form.text("id");
        assertThatThrownBy(form::check).isInstanceOf(Problem.class);
    }

    @Test
    void countsTheBytesOfATextNotItsCharacters() {
        Form fits = form("{\"id\":\"" + "é".repeat(32) + "\"}");
        assertThat(fits.text("id")).hasSize(32);
        fits.check();
        Form tooLong = form("{\"id\":\"" + "é".repeat(33) + "\"}");
        tooLong.text("id");
        assertThatThrownBy(tooLong::check).isInstanceOf(Problem.class);
    }

    @ParameterizedTest
    @CsvSource({
        "2024-01-02T03:04:05.000000006Z, 1704164645000000006",
        "2024-01-02 04:04:05+01:00, 1704164645000000000",
        "1704164645000000006, 1704164645000000006"
    })
    void readsTimesAsCommandsDo(String text, long nanos) {
        assertThat(Form.nanos(text)).isEqualTo(nanos);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesterday",
                "1969-12-31T23:59:59Z",
                "2263-01-01T00:00:00Z",
                "2024-13-01T00:00:00Z",
                "99999999999999999999",
                "-5"
            })
    void refusesTimesThatAreNone(String text) {
        assertThat(Form.nanos(text)).isNull();
    }
}
