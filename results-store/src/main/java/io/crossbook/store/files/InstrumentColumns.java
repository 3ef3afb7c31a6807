package io.crossbook.store.files;

import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import io.crossbook.model.InstrumentKind;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An instrument as the columns of the instruments file by name; what it does not have is left out. */
final class InstrumentColumns {
    private InstrumentColumns() {}

    static Map<String, String> of(Instrument instrument) {
        Map<String, String> columns = new LinkedHashMap<>();
        put(columns, "instrument", instrument.symbol());
        put(columns, "kind", instrument.kind());
        put(columns, "currency", instrument.currency());
        put(columns, "tick_size", instrument.tickSize());
        put(columns, "lot_size", instrument.lotSize());
        put(columns, "multiplier", instrument.multiplier());
        put(columns, "maker_fee_bps", instrument.makerFeeBps());
        put(columns, "taker_fee_bps", instrument.takerFeeBps());
        put(columns, "min_price", instrument.minPrice());
        put(columns, "max_price", instrument.maxPrice());
        put(columns, "min_quantity", instrument.minQuantity());
        put(columns, "max_quantity", instrument.maxQuantity());
        put(columns, "price_band_bps", instrument.priceBandBps());
        put(columns, "reference_price", instrument.referencePrice());
        put(columns, "allow_short", instrument.allowShort());
        put(columns, "expiry", instrument.expiry());
        put(columns, "calendar", instrument.calendar());
        put(columns, "settlement_days", instrument.settlementDays());
        return columns;
    }

    static Instrument read(Map<?, ?> columns) {
        String expiry = text(columns, "expiry");
        String settlementDays = text(columns, "settlement_days");
        return new Instrument(
                required(columns, "instrument"),
                InstrumentKind.valueOf(required(columns, "kind")),
                required(columns, "currency"),
                Decimal.parse(required(columns, "tick_size")),
                Decimal.parse(required(columns, "lot_size")),
                Decimal.parse(required(columns, "multiplier")),
                Decimal.parse(required(columns, "maker_fee_bps")),
                Decimal.parse(required(columns, "taker_fee_bps")),
                decimal(columns, "min_price"),
                decimal(columns, "max_price"),
                decimal(columns, "min_quantity"),
                decimal(columns, "max_quantity"),
                decimal(columns, "price_band_bps"),
                decimal(columns, "reference_price"),
                Boolean.parseBoolean(required(columns, "allow_short")),
                expiry == null ? null : LocalDate.parse(expiry),
                text(columns, "calendar"),
                settlementDays == null ? null : Integer.valueOf(settlementDays));
    }

    private static void put(Map<String, String> columns, String name, @Nullable Object value) {
        if (value != null) {
            columns.put(name, value.toString());
        }
    }

    private static String required(Map<?, ?> columns, String name) {
        String value = text(columns, name);
        if (value == null) {
            throw new IllegalArgumentException("a described instrument has no " + name + ": " + columns);
        }
        return value;
    }

    private static @Nullable String text(Map<?, ?> columns, String name) {
        Object value = columns.get(name);
        return value == null ? null : value.toString();
    }

    private static @Nullable Decimal decimal(Map<?, ?> columns, String name) {
        String value = text(columns, name);
        return value == null ? null : Decimal.parse(value);
    }
}
