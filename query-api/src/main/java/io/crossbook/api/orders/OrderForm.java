package io.crossbook.api.orders;

import io.crossbook.api.form.Form;
import io.crossbook.model.OrderType;
import io.crossbook.model.SelfTradePrevention;
import io.crossbook.model.Side;
import io.crossbook.model.TimeInForce;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code POST /orders} takes. Only the form is judged here; what a market makes of it, the matcher says.
 *
 * @param orderId derived from client, instrument and idempotency key if absent, else random
 */
@Schema(name = "OrderRequest")
public record OrderForm(
        @Schema(example = "ACME") String instrument,
        @Schema(example = "alice") String clientId,
        @Nullable @Schema(example = "a1") String orderId,

        @Schema(implementation = Side.class, example = "BUY")
        String side,

        @Schema(implementation = OrderType.class, example = "LIMIT")
        String type,

        @Nullable @Schema(implementation = TimeInForce.class, defaultValue = "GTC")
        String tif,

        @Nullable @Schema(example = "101.50") String price,
        @Schema(example = "100") String quantity,
        @Nullable String stopPrice,
        @Nullable String displayQuantity,
        @Nullable String expireAt,
        @Nullable Boolean postOnly,

        @Nullable @Schema(implementation = SelfTradePrevention.class)
        String stp,

        @Nullable String idempotencyKey) {
    /** Reads it into the fields of a command. */
    public static Map<String, String> read(Form form, @Nullable String keyOfHeader) {
        Map<String, String> fields = new LinkedHashMap<>();
        String instrument = form.required("instrument");
        String clientId = form.required("client_id");
        String orderId = form.text("order_id");
        fields.put("instrument", instrument);
        fields.put("action", "NEW");
        fields.put("client_id", clientId);
        put(fields, "side", form.requiredWord("side", Side.class));
        OrderType type = form.requiredWord("type", OrderType.class);
        put(fields, "type", type);
        put(fields, "tif", form.word("tif", TimeInForce.class));
        put(fields, "price", type != null && type.hasPrice() ? form.requiredDecimal("price") : form.decimal("price"));
        put(fields, "quantity", form.requiredDecimal("quantity"));
        put(fields, "stop_price", form.decimal("stop_price"));
        put(fields, "display_quantity", form.decimal("display_quantity"));
        put(fields, "expire_at", form.time("expire_at"));
        put(fields, "post_only", form.flag("post_only"));
        put(fields, "stp", form.word("stp", SelfTradePrevention.class));
        String key = Keys.read(form, keyOfHeader);
        put(fields, "idempotency_key", key);
        form.refuseOthers();
        form.check();
        fields.put("order_id", orderId != null ? orderId : GivenIds.of(clientId, instrument, key));
        return fields;
    }

    private static void put(Map<String, String> fields, String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value.toString());
        }
    }
}
