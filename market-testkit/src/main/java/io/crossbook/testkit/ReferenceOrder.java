package io.crossbook.testkit;

import io.crossbook.model.MarketEvent;
import io.crossbook.model.MarketInput.NewOrder;
import io.crossbook.model.OrdStatus;
import io.crossbook.model.OrderType;
import io.crossbook.model.SelfTradePrevention;
import io.crossbook.model.Side;
import io.crossbook.model.TimeInForce;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** A live order of the reference book; prices in ticks, quantities in lots. */
final class ReferenceOrder {
    final String id;
    final String client;
    final Side side;
    final OrderType type;
    final TimeInForce timeInForce;
    final @Nullable Long expireAt;
    final boolean postOnly;
    final @Nullable SelfTradePrevention prevention;
    /** Sequence and time of its NEW. */
    final long sequence;

    final long enteredAt;

    @Nullable
    Long price;

    @Nullable
    Long stopPrice;

    @Nullable
    Long display;

    long total;
    long filled;
    /** What of an iceberg's peak is still to be traded. */
    long peak;
    /** Its place in time; higher is later. */
    long entry;
    /** A stop that is not triggered yet. */
    boolean waiting;

    boolean ended;
    BigInteger notional = BigInteger.ZERO;
    long lastSequence;
    long lastTime;

    ReferenceOrder(
            NewOrder order,
            long sequence,
            @Nullable Long price,
            @Nullable Long stopPrice,
            long total,
            @Nullable Long display) {
        this.id = order.orderId();
        this.client = order.clientId();
        this.side = order.side();
        this.type = order.type();
        this.timeInForce = order.timeInForce();
        this.expireAt = order.expireAt();
        this.postOnly = order.postOnly();
        this.prevention = order.selfTradePrevention();
        this.sequence = sequence;
        this.enteredAt = order.transactTime();
        this.price = price;
        this.stopPrice = stopPrice;
        this.total = total;
        this.display = display;
        this.waiting = type.isStop();
    }

    /** What is still open; an ended order keeps its total but has nothing open. */
    long leaves() {
        return ended ? 0 : total - filled;
    }

    /** The part that the market sees while it rests. */
    long shown() {
        return display == null ? leaves() : peak;
    }

    long hidden() {
        return leaves() - shown();
    }

    void showFullPeak() {
        if (display != null) {
            peak = Math.min(display, leaves());
        }
    }

    /** A lower total takes hidden quantity first, so the peak only gives what hidden quantity cannot. */
    void lowerTotalTo(long lower) {
        total = lower;
        peak = Math.min(peak, leaves());
    }

    void fill(long lots, long atPrice) {
        filled += lots;
        peak = Math.max(0, peak - lots);
        notional = notional.add(BigInteger.valueOf(lots).multiply(BigInteger.valueOf(atPrice)));
    }

    /** A market order, a triggered stop, an immediate or cancel and a fill or kill never rest. */
    boolean canRest() {
        return type.hasPrice() && timeInForce != TimeInForce.IOC && timeInForce != TimeInForce.FOK;
    }

    /** Whether the order would trade with a resting order of that price. */
    boolean accepts(long restingPrice) {
        Long limit = price;
        if (limit == null) {
            return true;
        }
        return side == Side.BUY ? restingPrice <= limit : restingPrice >= limit;
    }

    long priceOrNone() {
        return price == null ? MarketEvent.NO_PRICE : price;
    }

    OrdStatus openStatus() {
        return filled == 0 ? OrdStatus.OPEN : OrdStatus.PARTIALLY_FILLED;
    }
}
