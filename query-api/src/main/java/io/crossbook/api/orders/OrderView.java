package io.crossbook.api.orders;

import io.crossbook.api.live.ExecutionRecord;
import io.crossbook.api.web.Texts;
import io.crossbook.store.queries.StoredOrder;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An order, with the columns of {@code orders.csv}.
 *
 * @param sequence of the command that entered it
 */
@Schema(name = "Order")
public record OrderView(
        String instrument,
        String orderId,
        long sequence,
        @Nullable String clientId,
        @Nullable String side,
        @Nullable String type,
        @Nullable String tif,
        @Nullable String price,
        @Nullable String quantity,
        @Nullable String filledQuantity,
        @Nullable String leavesQuantity,
        @Nullable String averagePrice,
        @Nullable String status,
        @Nullable String reason,
        @Nullable String enteredAt,
        @Nullable String updatedAt) {
    public static OrderView from(StoredOrder order) {
        return new OrderView(
                order.instrument(),
                order.orderId(),
                order.sequence(),
                order.clientId(),
                order.side(),
                order.type(),
                order.tif(),
                Texts.of(order.price()),
                Texts.of(order.quantity()),
                Texts.of(order.filledQuantity()),
                Texts.of(order.leavesQuantity()),
                Texts.of(order.averagePrice()),
                order.status(),
                order.reason(),
                Texts.of(order.enteredAt()),
                Texts.of(order.updatedAt()));
    }

    /** An order as the newest execution of the command that entered it leaves it. */
    static OrderView entered(ExecutionRecord newest) {
        return new OrderView(
                newest.instrument(),
                String.valueOf(newest.orderId()),
                newest.sequence(),
                newest.clientId(),
                newest.side(),
                newest.type(),
                newest.tif(),
                newest.price(),
                newest.quantity(),
                newest.cumQuantity(),
                newest.leavesQuantity(),
                newest.averagePrice(),
                newest.ordStatus(),
                newest.reason(),
                newest.timestamp(),
                newest.timestamp());
    }
}
