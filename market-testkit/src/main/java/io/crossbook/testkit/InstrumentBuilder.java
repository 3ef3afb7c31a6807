package io.crossbook.testkit;

import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import io.crossbook.model.InstrumentKind;
import org.jspecify.annotations.Nullable;

/** Describes an instrument for a test; tick and lot are 1 and nothing else is limited unless said. */
public final class InstrumentBuilder {
    private final String symbol;
    private Decimal tick = Decimal.ONE;
    private Decimal lot = Decimal.ONE;
    private @Nullable Decimal minPrice;
    private @Nullable Decimal maxPrice;
    private @Nullable Decimal minQuantity;
    private @Nullable Decimal maxQuantity;
    private @Nullable Decimal bandBps;
    private @Nullable Decimal reference;

    private InstrumentBuilder(String symbol) {
        this.symbol = symbol;
    }

    public static InstrumentBuilder instrument(String symbol) {
        return new InstrumentBuilder(symbol);
    }

    public InstrumentBuilder tick(String size) {
        tick = Decimal.parse(size);
        return this;
    }

    public InstrumentBuilder lot(String size) {
        lot = Decimal.parse(size);
        return this;
    }

    public InstrumentBuilder prices(String smallest, String largest) {
        minPrice = Decimal.parse(smallest);
        maxPrice = Decimal.parse(largest);
        return this;
    }

    public InstrumentBuilder quantities(String smallest, String largest) {
        minQuantity = Decimal.parse(smallest);
        maxQuantity = Decimal.parse(largest);
        return this;
    }

    public InstrumentBuilder bandBps(String basisPoints) {
        bandBps = Decimal.parse(basisPoints);
        return this;
    }

    public InstrumentBuilder reference(String price) {
        reference = Decimal.parse(price);
        return this;
    }

    public Instrument build() {
        return new Instrument(
                symbol,
                InstrumentKind.SPOT,
                "USD",
                tick,
                lot,
                Decimal.ONE,
                Decimal.ZERO,
                Decimal.ZERO,
                minPrice,
                maxPrice,
                minQuantity,
                maxQuantity,
                bandBps,
                reference,
                true,
                null,
                null,
                null);
    }
}
