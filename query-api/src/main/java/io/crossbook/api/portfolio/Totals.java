package io.crossbook.api.portfolio;

import io.crossbook.api.web.Texts;
import io.crossbook.model.Decimal;
import io.crossbook.store.queries.StoredPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Sums of positions, one for each currency: nothing is added across them.
 *
 * <p>An open position without a mark has no value and no unrealized P&amp;L: it is left out of both sums and of the net, and
 * only what it realized and paid counts.
 */
final class Totals {
    private static final Decimal ZERO = Decimal.ZERO;

    private final String currency;
    private Decimal value = ZERO;
    private Decimal realized = ZERO;
    private Decimal unrealized = ZERO;
    private Decimal fees = ZERO;

    private Totals(String currency) {
        this.currency = currency;
    }

    static List<Totals> of(List<StoredPosition> positions) {
        Map<String, Totals> all = new TreeMap<>();
        for (StoredPosition position : positions) {
            all.computeIfAbsent(position.currency(), Totals::new).add(position);
        }
        return new ArrayList<>(all.values());
    }

    private void add(StoredPosition position) {
        value = value.plus(orZero(position.marketValue()));
        realized = realized.plus(position.realizedPnl());
        unrealized = unrealized.plus(orZero(position.unrealizedPnl()));
        fees = fees.plus(position.fees());
    }

    private static Decimal orZero(@Nullable Decimal value) {
        return value == null ? ZERO : value;
    }

    String currency() {
        return currency;
    }

    @Nullable
    String value() {
        return Texts.of(value);
    }

    @Nullable
    String realized() {
        return Texts.of(realized);
    }

    @Nullable
    String unrealized() {
        return Texts.of(unrealized);
    }

    @Nullable
    String fees() {
        return Texts.of(fees);
    }

    @Nullable
    String net() {
        return Texts.of(realized.plus(unrealized).minus(fees));
    }
}
