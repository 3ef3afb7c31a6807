package io.crossbook.testkit;

import io.crossbook.model.InputHeader;
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

/** What can be asked of any command, whatever its action. */
public final class Inputs {
    private Inputs() {}

    /** The same command under another header. */
    public static MarketInput withHeader(MarketInput input, InputHeader header) {
        if (input instanceof NewOrder order) {
            return new NewOrder(
                    header,
                    order.orderId(),
                    order.clientId(),
                    order.side(),
                    order.type(),
                    order.timeInForce(),
                    order.price(),
                    order.quantity(),
                    order.stopPrice(),
                    order.displayQuantity(),
                    order.expireAt(),
                    order.postOnly(),
                    order.selfTradePrevention());
        } else if (input instanceof CancelOrder cancel) {
            return new CancelOrder(header, cancel.orderId(), cancel.clientId());
        } else if (input instanceof ReplaceOrder replace) {
            return new ReplaceOrder(
                    header,
                    replace.orderId(),
                    replace.clientId(),
                    replace.price(),
                    replace.quantity(),
                    replace.stopPrice(),
                    replace.displayQuantity());
        } else if (input instanceof CancelAll all) {
            return new CancelAll(header, all.clientId());
        } else if (input instanceof PhaseChange change) {
            return new PhaseChange(header, change.phase());
        } else if (input instanceof MarkPrice mark) {
            return new MarkPrice(header, mark.price());
        } else if (input instanceof ExternalFill fill) {
            return new ExternalFill(
                    header,
                    fill.tradeId(),
                    fill.clientId(),
                    fill.side(),
                    fill.price(),
                    fill.quantity(),
                    fill.fee(),
                    fill.orderId());
        } else if (input instanceof ClockTick) {
            return new ClockTick(header);
        }
        throw new IllegalArgumentException("belongs to no instrument: " + input);
    }

    /** The client that a command names, {@code null} if it names none. */
    public static @Nullable String clientOf(MarketInput input) {
        if (input instanceof NewOrder order) {
            return order.clientId();
        } else if (input instanceof CancelOrder cancel) {
            return cancel.clientId();
        } else if (input instanceof ReplaceOrder replace) {
            return replace.clientId();
        } else if (input instanceof CancelAll all) {
            return all.clientId();
        } else if (input instanceof ExternalFill fill) {
            return fill.clientId();
        }
        return null;
    }

    /** The order that a command names, {@code null} if it names none. */
    public static @Nullable String orderIdOf(MarketInput input) {
        if (input instanceof NewOrder order) {
            return order.orderId();
        } else if (input instanceof CancelOrder cancel) {
            return cancel.orderId();
        } else if (input instanceof ReplaceOrder replace) {
            return replace.orderId();
        } else if (input instanceof ExternalFill fill) {
            return fill.orderId();
        }
        return null;
    }
}
