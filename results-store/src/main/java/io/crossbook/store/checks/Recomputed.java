package io.crossbook.store.checks;

import io.crossbook.model.Decimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a run must have left behind, computed again from its trades and fills. */
final class Recomputed {
    /** Accounts of the instruments that could be computed in full. */
    final Map<AccountKey, FifoAccount> accounts = new HashMap<>();

    /** Realized by {@code realized.csv} in instruments whose external fills are not at hand. */
    final Map<AccountKey, Decimal> realizedOfOthers = new HashMap<>();

    /** Instruments whose external fills are not at hand. */
    final Set<String> notRecomputed = new HashSet<>();

    /** Quantity traded by instrument. */
    final Map<String, Decimal> volume = new HashMap<>();

    /** Signed quantity and cash that external fills brought, by instrument. */
    final Map<String, FifoAccount> externalFills = new HashMap<>();

    long trades;

    /** A client in an instrument. */
    record AccountKey(String clientId, String instrument) {
        @Override
        public String toString() {
            return clientId + " in " + instrument;
        }
    }
}
