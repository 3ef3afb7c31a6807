package io.crossbook.api.orders;

import io.crossbook.api.web.Texts;
import io.crossbook.store.queries.StoredExecution;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An execution, with the columns of {@code executions.csv} and what is stored beside them. */
@Schema(name = "Execution")
record ExecutionView(
        String instrument,
        long sequence,
        int eventNo,
        @Nullable String timestamp,
        String execType,
        @Nullable String orderId,
        @Nullable String ordStatus,
        @Nullable String lastPrice,
        @Nullable String lastQuantity,
        @Nullable String leavesQuantity,
        @Nullable String reason,
        @Nullable String clientId,
        @Nullable String side,
        @Nullable String type,
        @Nullable String tif,
        @Nullable String price,
        @Nullable String quantity,
        @Nullable String cumQuantity,
        @Nullable String averagePrice,
        @Nullable String tradeId,
        @Nullable String contraOrderId) {
    static ExecutionView from(StoredExecution execution) {
        return new ExecutionView(
                execution.instrument(),
                execution.sequence(),
                execution.eventNo(),
                Texts.of(execution.timestamp()),
                execution.execType(),
                execution.orderId(),
                execution.ordStatus(),
                Texts.of(execution.lastPrice()),
                Texts.of(execution.lastQuantity()),
                Texts.of(execution.leavesQuantity()),
                execution.reason(),
                execution.clientId(),
                execution.side(),
                execution.type(),
                execution.tif(),
                Texts.of(execution.price()),
                Texts.of(execution.quantity()),
                Texts.of(execution.cumQuantity()),
                Texts.of(execution.averagePrice()),
                execution.tradeId(),
                execution.contraOrderId());
    }
}
