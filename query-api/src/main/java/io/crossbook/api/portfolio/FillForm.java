package io.crossbook.api.portfolio;

import io.crossbook.api.form.Form;
import io.crossbook.api.orders.GivenIds;
import io.crossbook.api.orders.Keys;
import io.crossbook.model.Side;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code POST /portfolio/trades} takes: a trade made elsewhere.
 *
 * @param symbol another word for {@code instrument}
 * @param clientId {@code default} if absent
 * @param tradeId by which a repetition is known; random if absent
 * @param fee a rebate is negative; 0 if absent
 */
@Schema(name = "FillRequest")
record FillForm(
        @Schema(example = "BTC-USD") String instrument,
        @Nullable String symbol,
        @Nullable String clientId,
        @Nullable @Schema(example = "t1") String tradeId,

        @Schema(implementation = Side.class, example = "BUY")
        String side,

        @Schema(example = "40000") String price,
        @Schema(example = "2") String quantity,
        @Nullable String fee,
        @Nullable String orderId,
        @Nullable String idempotencyKey) {
    static final String DEFAULT_CLIENT = "default";

    /** Reads it into the fields of a command. */
    static Map<String, String> read(Form form, @Nullable String keyOfHeader) {
        Map<String, String> fields = new LinkedHashMap<>();
        String instrument = form.text("instrument");
        String symbol = form.text("symbol");
        if (instrument != null && symbol != null && !instrument.equals(symbol)) {
            form.fault("symbol", "is another word for instrument and must be the same, or absent");
        }
        String named = instrument != null ? instrument : symbol;
        if (named == null && !form.has("instrument") && !form.has("symbol")) {
            form.fault("instrument", "is missing");
        }
        put(fields, "instrument", named);
        fields.put("action", "FILL");
        String clientId = form.text("client_id");
        fields.put("client_id", clientId == null ? DEFAULT_CLIENT : clientId);
        Side side = form.requiredWord("side", Side.class);
        put(fields, "side", side == null ? null : side.name());
        put(fields, "price", form.requiredDecimal("price"));
        put(fields, "quantity", form.requiredDecimal("quantity"));
        put(fields, "fee", form.decimal("fee"));
        put(fields, "order_id", form.text("order_id"));
        String tradeId = form.text("trade_id");
        String key = Keys.read(form, keyOfHeader);
        put(fields, "idempotency_key", key);
        form.refuseOthers();
        form.check();
        fields.put(
                "trade_id",
                tradeId != null ? tradeId : GivenIds.of(fields.get("client_id"), fields.get("instrument"), key));
        return fields;
    }

    private static void put(Map<String, String> fields, String name, @Nullable String value) {
        if (value != null) {
            fields.put(name, value);
        }
    }
}
