package io.crossbook.matching;

import io.crossbook.model.Fingerprint;
import io.crossbook.model.MarketInput;
import io.crossbook.model.MarketInput.CancelAll;
import io.crossbook.model.MarketInput.CancelOrder;
import io.crossbook.model.MarketInput.ClockTick;
import io.crossbook.model.MarketInput.ExternalFill;
import io.crossbook.model.MarketInput.MarkPrice;
import io.crossbook.model.MarketInput.NewOrder;
import io.crossbook.model.MarketInput.PhaseChange;
import io.crossbook.model.MarketInput.ReplaceOrder;
import org.jspecify.annotations.Nullable;

/** What two commands with one idempotency key are compared by: action and every field but the time and the origin. */
final class CommandContent {
    private static final long ABSENT = Long.MIN_VALUE;

    private CommandContent() {}

    /** The client that a command names, which owns its key; empty if it names none. */
    static String clientOf(MarketInput input) {
        if (input instanceof NewOrder order) {
            return order.clientId();
        } else if (input instanceof CancelOrder cancel) {
            return orEmpty(cancel.clientId());
        } else if (input instanceof ReplaceOrder replace) {
            return orEmpty(replace.clientId());
        } else if (input instanceof CancelAll cancelAll) {
            return cancelAll.clientId();
        } else if (input instanceof ExternalFill fill) {
            return fill.clientId();
        }
        return "";
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    static void fingerprint(MarketInput input, Fingerprint into) {
        into.clear();
        if (input instanceof NewOrder order) {
            newOrder(order, into);
        } else if (input instanceof CancelOrder cancel) {
            into.text("CANCEL").text(cancel.orderId()).text(cancel.clientId());
        } else if (input instanceof ReplaceOrder replace) {
            into.text("REPLACE")
                    .text(replace.orderId())
                    .text(replace.clientId())
                    .decimal(replace.price())
                    .decimal(replace.quantity())
                    .decimal(replace.stopPrice())
                    .decimal(replace.displayQuantity());
        } else if (input instanceof CancelAll cancelAll) {
            into.text("CANCEL_ALL").text(cancelAll.clientId());
        } else if (input instanceof PhaseChange change) {
            into.text("PHASE").text(change.phase().name());
        } else if (input instanceof MarkPrice mark) {
            into.text("MARK").decimal(mark.price());
        } else if (input instanceof ExternalFill fill) {
            fill(fill, into);
        } else if (input instanceof ClockTick) {
            into.text("CLOCK");
        } else {
            throw new IllegalArgumentException("no command of an instrument: " + input);
        }
        into.finish();
    }

    private static void newOrder(NewOrder order, Fingerprint into) {
        into.text("NEW")
                .text(order.orderId())
                .text(order.clientId())
                .text(order.side().name())
                .text(order.type().name())
                .text(order.timeInForce().name())
                .decimal(order.price())
                .decimal(order.quantity())
                .decimal(order.stopPrice())
                .decimal(order.displayQuantity())
                .number(order.expireAt() == null ? ABSENT : order.expireAt())
                .number(order.postOnly() ? 1 : 0)
                .text(
                        order.selfTradePrevention() == null
                                ? null
                                : order.selfTradePrevention().name());
    }

    private static void fill(ExternalFill fill, Fingerprint into) {
        into.text("FILL")
                .text(fill.tradeId())
                .text(fill.clientId())
                .text(fill.side().name())
                .decimal(fill.price())
                .decimal(fill.quantity())
                .decimal(fill.fee())
                .text(fill.orderId());
    }
}
