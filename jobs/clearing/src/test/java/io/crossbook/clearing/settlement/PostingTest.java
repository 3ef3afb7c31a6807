package io.crossbook.clearing.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossbook.clearing.settlement.Posting.Leg;
import io.crossbook.model.Decimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostingTest {
    @Test
    void aTransferTakesFromOneAccountWhatItGivesToAnother() {
        assertThat(Posting.transfer("VM:ES:M1", "USD", "variation", Decimal.parse("97.5"), "house", "member:M1:cash")
                        .legs())
                .containsExactly(
                        new Leg("member:M1:cash", Decimal.parse("97.5")), new Leg("house", Decimal.parse("-97.5")));
    }

    @Test
    void whatDoesNotBalanceCannotBePosted() {
        assertThatThrownBy(() -> new Posting("T", "USD", "", List.of(new Leg("a", Decimal.ONE))))
                .hasMessage("posting T is not balanced: its legs sum to 1");
    }

    @Test
    void amountsArePaidInMinorUnitsOfTheirCurrency() {
        assertThat(MinorUnits.rounded(Decimal.parse("0.125"), "USD")).isEqualTo(Decimal.parse("0.12"));
        assertThat(MinorUnits.rounded(Decimal.parse("0.135"), "EUR")).isEqualTo(Decimal.parse("0.14"));
        assertThat(MinorUnits.rounded(Decimal.parse("-2.5"), "JPY")).isEqualTo(Decimal.parse("-2"));
        assertThat(MinorUnits.rounded(Decimal.parse("0.123456785"), "BTC")).isEqualTo(Decimal.parse("0.12345678"));
    }
}
