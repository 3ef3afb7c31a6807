package io.crossbook.api.market;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.crossbook.api.web.Texts;
import io.crossbook.store.queries.StoredTrade;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A trade, with the columns of {@code trades.csv}.
 *
 * @param sequence of the command that traded
 * @param aggressorSide {@code null} in an auction, as are {@code makerOrderId} and {@code takerOrderId}
 * @param buyClientId left out where trades are shown to everybody, as is {@code sellClientId}
 */
@Schema(name = "Trade")
public record TradeView(
        String instrument,
        long tradeNo,
        String tradeId,
        long sequence,
        @Nullable String timestamp,
        @Nullable String price,
        @Nullable String quantity,
        @Nullable String aggressorSide,
        @Nullable String makerOrderId,
        @Nullable String takerOrderId,
        String buyOrderId,
        String sellOrderId,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String buyClientId,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String sellClientId) {
    /** With the clients on both sides. */
    public static TradeView detailed(StoredTrade trade) {
        return of(trade, trade.buyClientId(), trade.sellClientId());
    }

    /** Without telling whose trade it was. */
    public static TradeView from(StoredTrade trade) {
        return of(trade, null, null);
    }

    private static TradeView of(StoredTrade trade, @Nullable String buyClientId, @Nullable String sellClientId) {
        return new TradeView(
                trade.instrument(),
                trade.tradeNo(),
                trade.tradeId(),
                trade.sequence(),
                Texts.of(trade.timestamp()),
                Texts.of(trade.price()),
                Texts.of(trade.quantity()),
                trade.aggressorSide(),
                trade.makerOrderId(),
                trade.takerOrderId(),
                trade.buyOrderId(),
                trade.sellOrderId(),
                buyClientId,
                sellClientId);
    }
}
