package io.crossbook.clearing;

import io.crossbook.clearing.input.ManualPrice;
import io.crossbook.clearing.settlement.SettlementMethod;
import io.crossbook.clearing.settlement.SettlementPrice;
import io.crossbook.model.Decimal;
import io.crossbook.store.clearing.ClearedInstrument;
import io.crossbook.store.clearing.LegTable;
import io.crossbook.store.clearing.SettlementPriceTable;
import io.crossbook.store.clearing.SettlementPriceTable.Quote;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the settlement price of an instrument. One that has none is left for {@link NetStep} to complain about. */
final class PriceStep implements InstrumentStep {
    @Override
    public void clear(Connection connection, Day day, ClearedInstrument instrument) throws SQLException {
        String symbol = instrument.instrument();
        Terms terms = day.terms();
        SettlementPriceTable.delete(connection, day.clearingNo(), symbol);
        LegTable.Day traded = LegTable.day(connection, day.clearingNo(), symbol, terms.closingWindowNanos());
        Quote quote = traded.closed()
                ? new Quote(traded.bestBid(), traded.bestAsk())
                : SettlementPriceTable.quote(connection, day.run().runId(), symbol, traded.closingTime());
        @Nullable
        Decimal previous = SettlementPriceTable.find(connection, day.run().previous(), symbol)
                .orElse(null);
        @Nullable ManualPrice manual = terms.manualPrices().get(symbol);
        boolean averages = terms.firstMethod().compareTo(SettlementMethod.WINDOW_VWAP) <= 0;
        boolean takesLast = terms.firstMethod().compareTo(SettlementMethod.LAST_TRADE) <= 0;
        Optional<SettlementPrice> price = SettlementPrice.of(
                new SettlementPrice.Inputs(
                        manual == null || terms.firstMethod() != SettlementMethod.MANUAL ? null : manual.price(),
                        averages ? traded.windowTrades() : 0,
                        traded.windowVolume(),
                        traded.windowValue(),
                        takesLast ? traded.lastPrice() : null,
                        quote.bestBid(),
                        quote.bestAsk(),
                        previous),
                instrument.tickSize(),
                terms.inputs().minTrades());
        if (price.isEmpty()) {
            return;
        }
        SettlementPriceTable.insert(
                connection,
                day.clearingNo(),
                new SettlementPriceTable.Row(
                        symbol,
                        price.get().price(),
                        previous,
                        price.get().method().name(),
                        traded.closingTime() - terms.closingWindowNanos(),
                        traded.closingTime(),
                        traded.windowTrades(),
                        traded.windowVolume(),
                        traded.windowValue(),
                        traded.lastPrice(),
                        quote.bestBid(),
                        quote.bestAsk(),
                        price.get().method() == SettlementMethod.MANUAL ? manual.reason() : null));
    }
}
