package io.crossbook.api.live;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A record of the topic of executions; decimals and times are texts as they came.
 *
 * @param execType {@code STATUS} for a command without an execution of its own
 * @param text of a REJECTED: a sentence
 * @param duplicateOf sequence of the command that this one repeats
 * @param last whether its command has no more
 * @param bookEvents of the last one: how many records of the topic {@code book} its command has
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExecutionRecord(
        String instrument,
        long sequence,
        int eventNo,
        String timestamp,
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
        @Nullable String contraOrderId,
        @Nullable String text,
        @Nullable Long duplicateOf,
        boolean last,
        int bookEvents,
        Source source) {
    public boolean is(String type) {
        return execType.equals(type);
    }
}
