package io.crossbook.store.clearing;

import io.crossbook.model.Decimal;
import io.crossbook.model.InstrumentKind;
import java.time.LocalDate;

/**
 * An instrument as a clearing takes it.
 *
 * @param multiplier currency per price point and unit of quantity
 * @param minorDigits of the currency: what is paid is rounded at these
 * @param dayStart end of the session before the date's own, nanoseconds since 1970 UTC
 * @param dayEnd end of the date's own session; {@code dayStart} if it has none
 * @param settlementDate when what is traded on this date is delivered and paid
 * @param nextDate the business day after it, to which fails are carried
 */
public record ClearedInstrument(
        String instrument,
        InstrumentKind kind,
        String currency,
        Decimal multiplier,
        Decimal tickSize,
        int minorDigits,
        long dayStart,
        long dayEnd,
        LocalDate settlementDate,
        LocalDate nextDate) {
    /** Whether positions are marked day by day; others are delivered against payment. */
    public boolean isMargined() {
        return kind == InstrumentKind.FUTURE || kind == InstrumentKind.CFD;
    }
}
