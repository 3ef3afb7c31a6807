package io.crossbook.api.portfolio;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.crossbook.api.web.Texts;
import io.crossbook.store.queries.StoredPosition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client holds and what it is worth.
 *
 * @param totals one for each currency
 * @param totalValue of the only currency; left out where there are several, as is {@code totalUnrealizedPnl}
 */
record PositionsView(
        String run,
        String clientId,
        List<PositionView> positions,
        List<TotalView> totals,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String totalValue,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String totalUnrealizedPnl) {
    record PositionView(
            String clientId,
            String instrument,
            @Nullable String netQuantity,
            @Nullable String averagePrice,
            @Nullable String markPrice,
            @Nullable String marketValue,
            @Nullable String unrealizedPnl) {
        static PositionView from(StoredPosition position) {
            return new PositionView(
                    position.clientId(),
                    position.instrument(),
                    Texts.of(position.netQuantity()),
                    Texts.of(position.averagePrice()),
                    Texts.of(position.markPrice()),
                    Texts.of(position.marketValue()),
                    Texts.of(position.unrealizedPnl()));
        }
    }

    record TotalView(
            String currency,
            @Nullable String totalValue,
            @Nullable String totalUnrealizedPnl) {}

    static PositionsView of(String run, String clientId, List<StoredPosition> positions) {
        List<TotalView> totals = Totals.of(positions).stream()
                .map(total -> new TotalView(total.currency(), total.value(), total.unrealized()))
                .toList();
        TotalView only = totals.isEmpty() ? new TotalView("", "0", "0") : totals.get(0);
        boolean one = totals.size() <= 1;
        return new PositionsView(
                run,
                clientId,
                positions.stream().map(PositionView::from).toList(),
                totals,
                one ? only.totalValue() : null,
                one ? only.totalUnrealizedPnl() : null);
    }
}
