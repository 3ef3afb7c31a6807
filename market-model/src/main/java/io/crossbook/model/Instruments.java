package io.crossbook.model;

import java.io.Serializable;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The instruments of a run. One that nobody described is {@link Instrument#permissive}. */
public final class Instruments implements Serializable {
    private static final long serialVersionUID = 1;

    private final TreeMap<String, Instrument> bySymbol = new TreeMap<>();

    public Instruments(Collection<Instrument> described) {
        for (Instrument instrument : described) {
            if (bySymbol.put(instrument.symbol(), instrument) != null) {
                throw new IllegalArgumentException("instrument " + instrument.symbol() + " is described twice");
            }
        }
    }

    public static Instruments none() {
        return new Instruments(Collections.emptyList());
    }

    public Instrument get(String symbol) {
        @Nullable Instrument described = bySymbol.get(symbol);
        return described != null ? described : Instrument.permissive(symbol);
    }

    /** The described instruments by symbol. */
    public Map<String, Instrument> described() {
        return Collections.unmodifiableMap(bySymbol);
    }
}
