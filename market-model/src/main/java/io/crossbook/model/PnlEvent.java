package io.crossbook.model;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the ledger says. All numbers are decimals in the instrument's quantity, price and currency. */
public sealed interface PnlEvent extends RunEvent {
    /**
     * A closing piece of a lot. In a place that the ledger fills anew for each: whoever keeps it keeps a {@link #copy}.
     *
     * <p>{@code realizedNo} is its number in its instrument, from 1; {@code side} is that of the lot that was closed, BUY is long;
     * {@code pnl} is {@code (closePrice − openPrice) × quantity × multiplier}, negated for a short lot, before fees. A trade is
     * named by its number, or by its id if it is an external fill.
     */
    final class Realized implements PnlEvent {
        private String instrument = "";
        private long realizedNo;
        private long sequence;
        private long transactTime;
        private String clientId = "";
        private long openingTradeNo;
        private @Nullable String openingFillId;
        private long closingTradeNo;
        private @Nullable String closingFillId;
        private Side side = Side.BUY;
        private Decimal quantity = Decimal.ZERO;
        private Decimal openPrice = Decimal.ZERO;
        private Decimal closePrice = Decimal.ZERO;
        private Decimal pnl = Decimal.ZERO;

        /** Fills the place. */
        public Realized set(
                String instrument,
                long realizedNo,
                long sequence,
                long transactTime,
                String clientId,
                long openingTradeNo,
                @Nullable String openingFillId,
                long closingTradeNo,
                @Nullable String closingFillId,
                Side side,
                Decimal quantity,
                Decimal openPrice,
                Decimal closePrice,
                Decimal pnl) {
            this.instrument = instrument;
            this.realizedNo = realizedNo;
            this.sequence = sequence;
            this.transactTime = transactTime;
            this.clientId = clientId;
            this.openingTradeNo = openingTradeNo;
            this.openingFillId = openingFillId;
            this.closingTradeNo = closingTradeNo;
            this.closingFillId = closingFillId;
            this.side = side;
            this.quantity = quantity;
            this.openPrice = openPrice;
            this.closePrice = closePrice;
            this.pnl = pnl;
            return this;
        }

        @Override
        public String instrument() {
            return instrument;
        }

        public long realizedNo() {
            return realizedNo;
        }

        @Override
        public long sequence() {
            return sequence;
        }

        @Override
        public long transactTime() {
            return transactTime;
        }

        public String clientId() {
            return clientId;
        }

        public long openingTradeNo() {
            return openingTradeNo;
        }

        public @Nullable String openingFillId() {
            return openingFillId;
        }

        public long closingTradeNo() {
            return closingTradeNo;
        }

        public @Nullable String closingFillId() {
            return closingFillId;
        }

        public Side side() {
            return side;
        }

        public Decimal quantity() {
            return quantity;
        }

        public Decimal openPrice() {
            return openPrice;
        }

        public Decimal closePrice() {
            return closePrice;
        }

        public Decimal pnl() {
            return pnl;
        }

        public String openingTradeId() {
            return openingFillId != null ? openingFillId : Instrument.tradeId(instrument, openingTradeNo);
        }

        public String closingTradeId() {
            return closingFillId != null ? closingFillId : Instrument.tradeId(instrument, closingTradeNo);
        }

        @Override
        public Realized copy() {
            Realized copy = new Realized()
                    .set(
                            instrument,
                            realizedNo,
                            sequence,
                            transactTime,
                            clientId,
                            openingTradeNo,
                            openingFillId,
                            closingTradeNo,
                            closingFillId,
                            side,
                            quantity,
                            openPrice,
                            closePrice,
                            pnl);
            return copy;
        }

        /** For comparing and showing. */
        private List<@Nullable Object> values() {
            return Arrays.asList(
                    instrument,
                    realizedNo,
                    sequence,
                    transactTime,
                    clientId,
                    openingTradeNo,
                    openingFillId,
                    closingTradeNo,
                    closingFillId,
                    side,
                    quantity,
                    openPrice,
                    closePrice,
                    pnl);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Realized that && values().equals(that.values());
        }

        @Override
        public int hashCode() {
            return values().hashCode();
        }

        @Override
        public String toString() {
            return "Realized" + values();
        }
    }

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
