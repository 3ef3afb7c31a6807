package io.crossbook.testkit;

import io.crossbook.model.Decimal;
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
import io.crossbook.model.OrderType;
import io.crossbook.model.Origin;
import io.crossbook.model.Phase;
import io.crossbook.model.SelfTradePrevention;
import io.crossbook.model.Side;
import io.crossbook.model.TimeInForce;
import org.jspecify.annotations.Nullable;

/**
 * Commands for tests, said as one would say them: {@code sell("A1").lots(50).at(405)}.
 *
 * <p>What is not said is the instrument {@value #SYMBOL}, time 0, no idempotency key, client {@value #CLIENT}, good
 * till cancelled. The price comes last and ends the sentence.
 */
public final class Orders {
    /** The instrument of a command unless it is said; {@link InstrumentBuilder} gives it tick and lot 1. */
    public static final String SYMBOL = "ESH4";

    public static final String CLIENT = "alice";

    private static final Origin ONE_ROW = new Origin(0, 0, 0, 1);

    private Orders() {}

    public static NewOrderBuilder buy(String orderId) {
        return new NewOrderBuilder(orderId, Side.BUY);
    }

    public static NewOrderBuilder sell(String orderId) {
        return new NewOrderBuilder(orderId, Side.SELL);
    }

    public static ReplaceBuilder replace(String orderId) {
        return new ReplaceBuilder(orderId);
    }

    /** A cancel that names no client. */
    public static CancelOrder cancel(String orderId) {
        return new CancelOrder(header(0), orderId, null);
    }

    public static CancelOrder cancel(String orderId, String clientId) {
        return new CancelOrder(header(0), orderId, clientId);
    }

    public static CancelAll cancelAll(String clientId) {
        return new CancelAll(header(0), clientId);
    }

    public static PhaseChange phase(Phase phase) {
        return new PhaseChange(header(0), phase);
    }

    public static MarkPrice mark(String price) {
        return new MarkPrice(header(0), Decimal.parse(price));
    }

    public static ClockTick clock(long time) {
        return new ClockTick(header(time));
    }

    /** A trade made elsewhere, without a fee. */
    public static ExternalFill fill(String tradeId, String clientId, Side side, String price, String quantity) {
        return new ExternalFill(
                header(0), tradeId, clientId, side, Decimal.parse(price), Decimal.parse(quantity), Decimal.ZERO, null);
    }

    /** The same command at another time. */
    public static MarketInput at(long time, MarketInput input) {
        InputHeader header = input.header();
        return Inputs.withHeader(
                input, new InputHeader(header.instrument(), time, header.origin(), header.idempotencyKey()));
    }

    /** The same command under an idempotency key. */
    public static MarketInput keyed(String key, MarketInput input) {
        InputHeader header = input.header();
        return Inputs.withHeader(
                input, new InputHeader(header.instrument(), header.transactTime(), header.origin(), key));
    }

    static InputHeader header(long time) {
        return new InputHeader(SYMBOL, time, ONE_ROW, null);
    }

    /** A NEW; ends with {@code at} or {@code atMarket}. */
    public static final class NewOrderBuilder {
        private final String orderId;
        private final Side side;
        private String clientId = CLIENT;
        private TimeInForce timeInForce = TimeInForce.GTC;
        private Decimal quantity = Decimal.ONE;
        private @Nullable Decimal stopPrice;
        private @Nullable Decimal display;
        private @Nullable Long expireAt;
        private boolean postOnly;
        private @Nullable SelfTradePrevention prevention;

        private NewOrderBuilder(String orderId, Side side) {
            this.orderId = orderId;
            this.side = side;
        }

        public NewOrderBuilder lots(long lots) {
            quantity = Decimal.of(lots);
            return this;
        }

        /** The quantity as a number, also one that is no whole lot. */
        public NewOrderBuilder lots(String number) {
            quantity = Decimal.parse(number);
            return this;
        }

        public NewOrderBuilder of(String client) {
            clientId = client;
            return this;
        }

        public NewOrderBuilder in(TimeInForce force) {
            timeInForce = force;
            return this;
        }

        public NewOrderBuilder until(long expiry) {
            timeInForce = TimeInForce.GTD;
            expireAt = expiry;
            return this;
        }

        /** Sets the expiry alone, whatever the time in force. */
        public NewOrderBuilder expireAt(long expiry) {
            expireAt = expiry;
            return this;
        }

        public NewOrderBuilder stop(long price) {
            return stop(Long.toString(price));
        }

        public NewOrderBuilder stop(String price) {
            stopPrice = Decimal.parse(price);
            return this;
        }

        public NewOrderBuilder display(long lots) {
            return display(Long.toString(lots));
        }

        public NewOrderBuilder display(String number) {
            display = Decimal.parse(number);
            return this;
        }

        public NewOrderBuilder postOnly() {
            postOnly = true;
            return this;
        }

        public NewOrderBuilder preventing(SelfTradePrevention mode) {
            prevention = mode;
            return this;
        }

        public NewOrder at(long price) {
            return at(Long.toString(price));
        }

        /** A limit order, or a stop-limit order if a stop price was said. */
        public NewOrder at(String price) {
            return build(stopPrice == null ? OrderType.LIMIT : OrderType.STOP_LIMIT, Decimal.parse(price));
        }

        /** A market order, or a stop order if a stop price was said. */
        public NewOrder atMarket() {
            return build(stopPrice == null ? OrderType.MARKET : OrderType.STOP, null);
        }

        /** Type and price as they are said, whether they make sense or not. */
        public NewOrder build(OrderType type, @Nullable Decimal price) {
            return new NewOrder(
                    header(0),
                    orderId,
                    clientId,
                    side,
                    type,
                    timeInForce,
                    price,
                    quantity,
                    stopPrice,
                    display,
                    expireAt,
                    postOnly,
                    prevention);
        }
    }

    /** A REPLACE; what is not said stays. */
    public static final class ReplaceBuilder {
        private final String orderId;
        private @Nullable String clientId;
        private @Nullable Decimal price;
        private @Nullable Decimal quantity;
        private @Nullable Decimal stopPrice;
        private @Nullable Decimal display;

        private ReplaceBuilder(String orderId) {
            this.orderId = orderId;
        }

        public ReplaceBuilder by(String client) {
            clientId = client;
            return this;
        }

        /** The new total, with what is filled. */
        public ReplaceBuilder lots(long lots) {
            return lots(Long.toString(lots));
        }

        public ReplaceBuilder lots(String number) {
            quantity = Decimal.parse(number);
            return this;
        }

        public ReplaceBuilder price(long value) {
            return price(Long.toString(value));
        }

        public ReplaceBuilder price(String value) {
            price = Decimal.parse(value);
            return this;
        }

        public ReplaceBuilder stop(long value) {
            stopPrice = Decimal.of(value);
            return this;
        }

        public ReplaceBuilder display(long lots) {
            display = Decimal.of(lots);
            return this;
        }

        public ReplaceOrder build() {
            return new ReplaceOrder(header(0), orderId, clientId, price, quantity, stopPrice, display);
        }
    }
}
