package io.crossbook.model;

import org.jspecify.annotations.Nullable;

/**
 * One readable command of an instrument's numbered stream, as it was written: right in form, not yet judged.
 *
 * <p>Prices and quantities are decimals here because off-tick and off-lot values are refused by meaning, in the book,
 * and a refused command is shown as it came.
 */
public sealed interface MarketInput
        permits OrderCommand,
                MarketInput.NewOrder,
                MarketInput.CancelOrder,
                MarketInput.ReplaceOrder,
                MarketInput.CancelAll,
                MarketInput.PhaseChange,
                MarketInput.MarkPrice,
                MarketInput.ExternalFill,
                MarketInput.ClockTick,
                MarketInput.Unreadable,
                MarketInput.EndOfInput {
    InputHeader header();

    default String instrument() {
        return header().instrument();
    }

    default long transactTime() {
        return header().transactTime();
    }

    /** Rises with every command of an instrument, see {@link Origin}. */
    default long position() {
        return header().origin().position();
    }

    /** How many input rows the command stands for, see {@link Origin}. */
    default int inputRows() {
        return header().origin().rows();
    }

    default @Nullable String idempotencyKey() {
        return header().idempotencyKey();
    }

    /** The command in a form that may be kept: itself, unless it is in a place that will be filled anew. */
    default MarketInput plain() {
        return this;
    }

    /** NewOrderSingle(D). {@code quantity} is OrderQty(38), {@code displayQuantity} is DisplayQty(1138). */
    record NewOrder(
            InputHeader header,
            String orderId,
            String clientId,
            Side side,
            OrderType type,
            TimeInForce timeInForce,
            @Nullable Decimal price,
            Decimal quantity,
            @Nullable Decimal stopPrice,
            @Nullable Decimal displayQuantity,
            @Nullable Long expireAt,
            boolean postOnly,
            @Nullable SelfTradePrevention selfTradePrevention)
            implements MarketInput {}

    /** OrderCancelRequest(F). A client, if given, must be the owner. */
    record CancelOrder(
            InputHeader header, String orderId, @Nullable String clientId) implements MarketInput {}

    /** OrderCancelReplaceRequest(G). What is {@code null} stays; {@code quantity} is the new total. */
    record ReplaceOrder(
            InputHeader header,
            String orderId,
            @Nullable String clientId,
            @Nullable Decimal price,
            @Nullable Decimal quantity,
            @Nullable Decimal stopPrice,
            @Nullable Decimal displayQuantity)
            implements MarketInput {}

    /** OrderMassCancelRequest(q) for one client in one instrument. */
    record CancelAll(InputHeader header, String clientId) implements MarketInput {}

    record PhaseChange(InputHeader header, Phase phase) implements MarketInput {}

    record MarkPrice(InputHeader header, Decimal price) implements MarketInput {}

    /** A trade made elsewhere: it touches P&amp;L only. A negative fee is a rebate. */
    record ExternalFill(
            InputHeader header,
            String tradeId,
            String clientId,
            Side side,
            Decimal price,
            Decimal quantity,
            Decimal fee,
            @Nullable String orderId)
            implements MarketInput {}

    /** Only time passes: for expiries and intervals of quiet instruments. */
    record ClockTick(InputHeader header) implements MarketInput {}

    /**
     * A line that is no command. It belongs to no instrument (the header's is empty) and takes no sequence; it travels
     * with the stream so that it is kept exactly once.
     *
     * @param code which rule of form it breaks
     * @param message a sentence with the place, what was expected and what was found
     * @param raw the original bytes as printable text
     */
    record Unreadable(InputHeader header, String code, String message, String raw) implements MarketInput {}

    /**
     * What the reader says last: its account of the whole input. Belongs to no instrument, takes no sequence.
     *
     * @param rows input rows read: readable and unreadable ones
     * @param unreadableRows lines that are no command
     * @param timeStepsBack lines earlier than the line before them in the same file
     * @param openingOrders orders derived from an opening book, not among the rows
     * @param brokenOff whether an input broke off before its end
     * @param tooManyRejects whether reading stopped because too many lines were unreadable
     */
    record EndOfInput(
            InputHeader header,
            long rows,
            long unreadableRows,
            long timeStepsBack,
            long openingOrders,
            boolean brokenOff,
            boolean tooManyRejects)
            implements MarketInput {}
}
