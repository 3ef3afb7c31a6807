package io.crossbook.api.portfolio;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.crossbook.api.web.Texts;
import io.crossbook.store.queries.StoredPosition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client earned.
 *
 * @param realized by instrument
 * @param unrealized by instrument, of those that are flat or have a mark
 * @param unmarked instruments with an open position and without a mark: they are in no unrealized and no net
 * @param totals one for each currency; the plain totals are left out where there are several
 */
record PnlView(
        String run,
        String clientId,
        List<Realized> realized,
        List<Unrealized> unrealized,
        List<String> unmarked,
        List<Total> totals,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String totalRealizedPnl,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String totalUnrealizedPnl,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String totalFees,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String netPnl) {
    record Realized(
            String instrument,
            @Nullable String realizedPnl,
            @Nullable String closedQuantity) {}

    record Unrealized(
            String instrument,
            @Nullable String unrealizedPnl,
            @Nullable String netQuantity,
            @Nullable String averagePrice,
            @Nullable String markPrice) {}

    record Total(
            String currency,
            @Nullable String totalRealizedPnl,
            @Nullable String totalUnrealizedPnl,
            @Nullable String totalFees,
            @Nullable String netPnl) {}

    static PnlView of(String run, String clientId, List<StoredPosition> positions) {
        List<Total> totals = Totals.of(positions).stream()
                .map(total ->
                        new Total(total.currency(), total.realized(), total.unrealized(), total.fees(), total.net()))
                .toList();
        Total only = totals.isEmpty() ? new Total("", "0", "0", "0", "0") : totals.get(0);
        boolean one = totals.size() <= 1;
        return new PnlView(
                run,
                clientId,
                positions.stream().map(PnlView::realized).toList(),
                positions.stream()
                        .filter(position -> position.unrealizedPnl() != null)
                        .map(PnlView::unrealized)
                        .toList(),
                positions.stream()
                        .filter(position -> position.unrealizedPnl() == null)
                        .map(StoredPosition::instrument)
                        .toList(),
                totals,
                one ? only.totalRealizedPnl() : null,
                one ? only.totalUnrealizedPnl() : null,
                one ? only.totalFees() : null,
                one ? only.netPnl() : null);
    }

    private static Realized realized(StoredPosition position) {
        return new Realized(
                position.instrument(), Texts.of(position.realizedPnl()), Texts.of(position.closedQuantity()));
    }

    private static Unrealized unrealized(StoredPosition position) {
        return new Unrealized(
                position.instrument(),
                Texts.of(position.unrealizedPnl()),
                Texts.of(position.netQuantity()),
                Texts.of(position.averagePrice()),
                Texts.of(position.markPrice()));
    }
}
