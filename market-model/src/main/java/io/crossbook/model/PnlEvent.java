package io.crossbook.model;

import org.jspecify.annotations.Nullable;

/** What the ledger says. All numbers are decimals in the instrument's quantity, price and currency. */
public sealed interface PnlEvent extends RunEvent {
    /**
     * A closing piece of a lot.
     *
     * @param realizedNo number of the record in its instrument, from 1
     * @param side of the lot that was closed: BUY is long
     * @param quantity closed, above zero
     * @param pnl {@code (closePrice − openPrice) × quantity × multiplier}, negated for a short lot, before fees
     */
    record Realized(
            String instrument,
            long realizedNo,
            long sequence,
            long transactTime,
            String clientId,
            String openingTradeId,
            String closingTradeId,
            Side side,
            Decimal quantity,
            Decimal openPrice,
            Decimal closePrice,
            Decimal pnl)
            implements PnlEvent {}

    /** An external fill that was booked: one row of {@code fills}. */
    record FillBooked(MarketInput.ExternalFill fill, long sequence) implements PnlEvent {
        @Override
        public String instrument() {
            return fill.instrument();
        }

        @Override
        public long transactTime() {
            return fill.transactTime();
        }
    }

    /**
     * An open lot at the end of the run, or of a command in a live run.
     *
     * @param lotNo number among the lots of its client and instrument ever opened, from 1
     */
    record OpenLot(
            String instrument,
            long sequence,
            long transactTime,
            String clientId,
            long lotNo,
            String tradeId,
            Side side,
            Decimal quantity,
            Decimal price,
            long openedAt)
            implements PnlEvent {}

    /**
     * A client's position in an instrument.
     *
     * @param netQuantity signed
     * @param averagePrice of the open lots, rounded half-even at 12 digits; {@code null} if flat
     * @param cashFlow what trades paid (+) and cost (−) before fees: {@code Σ ∓ quantity × price × multiplier}
     * @param markPrice {@code null} without one
     * @param unrealizedPnl {@code null} for an open position without a mark, 0 for a flat one
     * @param netPnl realized + unrealized − fees; {@code null} where unrealized is
     * @param closedQuantity quantity closed so far
     */
    record Position(
            String instrument,
            long sequence,
            long transactTime,
            String clientId,
            Decimal netQuantity,
            @Nullable Decimal averagePrice,
            Decimal realizedPnl,
            @Nullable Decimal markPrice,
            @Nullable Decimal unrealizedPnl,
            Decimal fees,
            @Nullable Decimal netPnl,
            Decimal cashFlow,
            Decimal closedQuantity,
            Kind kind)
            implements PnlEvent {
        /** When the position was taken down. */
        public enum Kind {
            /** After a command that touched it. */
            COMMAND,
            /** At the end of a snapshot interval; {@code transactTime} is that end. */
            INTERVAL,
            /** At the end of the run. */
            END
        }
    }

    /**
     * The ledger's account of an instrument at the end of the run.
     *
     * @param acceptedRows input rows of external fills booked
     * @param quantitySum signed quantities of matched trades over all clients; zero unless the ledger is broken
     * @param cashSum cash of matched trades over all clients before fees; zero unless the ledger is broken
     */
    record LedgerSummary(
            String instrument,
            long sequence,
            long transactTime,
            long acceptedRows,
            long rejectedRows,
            long duplicateRows,
            Decimal quantitySum,
            Decimal cashSum)
            implements PnlEvent {}
}
