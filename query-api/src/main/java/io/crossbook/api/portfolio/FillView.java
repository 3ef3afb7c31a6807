package io.crossbook.api.portfolio;

import io.crossbook.api.web.Texts;
import io.crossbook.model.Decimal;
import io.crossbook.store.queries.StoredFill;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A trade made elsewhere, as it was booked.
 *
 * @param duplicate whether it had been booked before
 */
@Schema(name = "Fill")
record FillView(
        String instrument,
        long sequence,
        @Nullable String timestamp,
        String tradeId,
        String clientId,
        String side,
        @Nullable String price,
        @Nullable String quantity,
        @Nullable String fee,
        @Nullable String orderId,
        boolean duplicate) {
    static FillView from(StoredFill fill, boolean duplicate) {
        return new FillView(
                fill.instrument(),
                fill.sequence(),
                Texts.of(fill.timestamp()),
                fill.tradeId(),
                fill.clientId(),
                fill.side(),
                Texts.of(fill.price()),
                Texts.of(fill.quantity()),
                Texts.of(fill.fee()),
                fill.orderId(),
                duplicate);
    }

    /** The one that a command of these fields booked. */
    static FillView booked(Map<String, String> fields, long sequence, String timestamp) {
        return new FillView(
                fields.get("instrument"),
                sequence,
                timestamp,
                fields.get("trade_id"),
                fields.get("client_id"),
                fields.get("side"),
                Decimal.parse(fields.get("price")).toString(),
                Decimal.parse(fields.get("quantity")).toString(),
                Decimal.parse(fields.getOrDefault("fee", "0")).toString(),
                fields.get("order_id"),
                false);
    }
}
