package io.crossbook.store.rows;

import io.crossbook.model.Decimal;
import io.crossbook.model.ExecType;
import io.crossbook.model.MarketEvent;
import io.crossbook.model.OrdStatus;
import io.crossbook.model.OrderType;
import io.crossbook.model.Reason;
import io.crossbook.model.Side;
import io.crossbook.model.TimeInForce;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of {@code executions}. The file ends with {@code reason}; what follows goes to the database and to Kafka.
 *
 * @param eventNo number within its command, from 1
 */
public record ExecutionRow(
        String instrument,
        long sequence,
        int eventNo,
        long timestamp,
        ExecType execType,
        @Nullable String orderId,
        @Nullable OrdStatus ordStatus,
        @Nullable Decimal lastPrice,
        @Nullable Decimal lastQuantity,
        @Nullable Decimal leavesQuantity,
        @Nullable Reason reason,
        @Nullable String clientId,
        @Nullable Side side,
        @Nullable OrderType type,
        @Nullable TimeInForce tif,
        @Nullable Decimal price,
        @Nullable Decimal quantity,
        @Nullable Decimal cumQuantity,
        @Nullable Decimal averagePrice,
        @Nullable String tradeId,
        @Nullable String contraOrderId)
        implements FileRow {
    public static ExecutionRow of(MarketEvent.Execution execution) {
        return new ExecutionRow(
                execution.instrument(),
                execution.sequence(),
                execution.eventNo(),
                execution.transactTime(),
                execution.execType(),
                execution.orderId(),
                execution.ordStatus(),
                execution.lastPrice(),
                execution.lastQuantity(),
                execution.leavesQuantity(),
                execution.reason(),
                execution.clientId(),
                execution.side(),
                execution.type(),
                execution.timeInForce(),
                execution.price(),
                execution.quantity(),
                execution.cumQuantity(),
                execution.averagePrice(),
                execution.tradeId(),
                execution.contraOrderId());
    }

    /** The columns that do not go into the file, in order. */
    public static final List<String> MORE_COLUMNS = List.of(
            "client_id",
            "side",
            "type",
            "tif",
            "price",
            "quantity",
            "cum_quantity",
            "average_price",
            "trade_id",
            "contra_order_id");

    /** Writes {@link #MORE_COLUMNS}. */
    public void writeMoreColumns(RowOutput out) {
        out.text(clientId())
                .word(side())
                .word(type())
                .word(tif())
                .decimal(price())
                .decimal(quantity())
                .decimal(cumQuantity())
                .decimal(averagePrice())
                .text(tradeId())
                .text(contraOrderId());
    }

    @Override
    public void writeFileColumns(RowOutput out) {
        out.text(instrument())
                .number(sequence())
                .number(eventNo())
                .time(timestamp())
                .word(execType())
                .text(orderId())
                .word(ordStatus())
                .decimal(lastPrice())
                .decimal(lastQuantity())
                .decimal(leavesQuantity())
                .word(reason());
    }
}
