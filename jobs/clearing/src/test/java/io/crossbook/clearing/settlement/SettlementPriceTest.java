package io.crossbook.clearing.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.clearing.settlement.SettlementPrice.Inputs;
import io.crossbook.model.Decimal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SettlementPriceTest {
    private static final Decimal QUARTER = Decimal.parse("0.25");

    private static @Nullable Decimal number(@Nullable String digits) {
        return digits == null ? null : Decimal.parse(digits);
    }

    private static Inputs window(String volume, String value, @Nullable String previous) {
        return new Inputs(null, 3, number(volume), number(value), number("99"), null, null, number(previous));
    }

    private static Inputs quiet(
            @Nullable String last, @Nullable String bid, @Nullable String ask, @Nullable String previous) {
        return new Inputs(
                null, 0, Decimal.ZERO, Decimal.ZERO, number(last), number(bid), number(ask), number(previous));
    }

    private static SettlementPrice price(String price, SettlementMethod method) {
        return new SettlementPrice(Decimal.parse(price), method);
    }

    @Test
    void averagesTheClosingWindowByVolumeAndRoundsToTheTick() {
        // 10 at 102.00, 30 at 102.25, 20 at 102.50: 102.291666…
        assertThat(SettlementPrice.of(window("60", "6137.5", "100"), QUARTER, 1))
                .contains(price("102.25", SettlementMethod.WINDOW_VWAP));
        assertThat(SettlementPrice.of(window("3", "306.4", "100"), QUARTER, 1))
                .contains(price("102.25", SettlementMethod.WINDOW_VWAP));
    }

    @Test
    void breaksATieTowardsThePreviousSettlement() {
        assertThat(SettlementPrice.of(window("2", "204.75", "100"), QUARTER, 1))
                .contains(price("102.25", SettlementMethod.WINDOW_VWAP));
        assertThat(SettlementPrice.of(window("2", "204.75", "110"), QUARTER, 1))
                .contains(price("102.5", SettlementMethod.WINDOW_VWAP));
        assertThat(SettlementPrice.of(window("2", "204.75", null), QUARTER, 1))
                .contains(price("102.25", SettlementMethod.WINDOW_VWAP));
    }

    @Test
    void roundsPricesBelowZeroToTheNearestTickToo() {
        assertThat(SettlementPrice.of(window("10", "-376.4", "-37"), QUARTER, 1))
                .contains(price("-37.75", SettlementMethod.WINDOW_VWAP));
    }

    @Test
    void takesTheLastTradeWithinTheClosingQuoteWhereTheWindowIsEmpty() {
        assertThat(SettlementPrice.of(quiet("101", "101.5", "102", "100"), QUARTER, 1))
                .contains(price("101.5", SettlementMethod.LAST_TRADE));
        assertThat(SettlementPrice.of(quiet("103", "101.5", "102", "100"), QUARTER, 1))
                .contains(price("102", SettlementMethod.LAST_TRADE));
        assertThat(SettlementPrice.of(quiet("101.75", "101.5", "102", "100"), QUARTER, 1))
                .contains(price("101.75", SettlementMethod.LAST_TRADE));
    }

    @Test
    void needsAsManyTradesInTheWindowAsItWasTold() {
        assertThat(SettlementPrice.of(window("60", "6137.5", "100"), QUARTER, 4))
                .contains(price("99", SettlementMethod.LAST_TRADE));
    }

    @Test
    void holdsThePreviousSettlementWithinTheQuoteWhereNothingTraded() {
        assertThat(SettlementPrice.of(quiet(null, null, "99.5", "100"), QUARTER, 1))
                .contains(price("99.5", SettlementMethod.PREVIOUS));
        assertThat(SettlementPrice.of(quiet(null, null, null, "100"), QUARTER, 1))
                .contains(price("100", SettlementMethod.PREVIOUS));
    }

    @Test
    void aGivenPriceWinsOverAll() {
        Inputs given =
                new Inputs(Decimal.parse("103"), 3, Decimal.of(60), Decimal.parse("6137.5"), null, null, null, null);
        assertThat(SettlementPrice.of(given, QUARTER, 1)).contains(price("103", SettlementMethod.MANUAL));
    }

    @Test
    void knowsNoPriceOfWhatNeverTraded() {
        assertThat(SettlementPrice.of(quiet(null, "99", "101", null), QUARTER, 1))
                .isEmpty();
    }
}
