package io.crossbook.clearing.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.clearing.settlement.FifoLots.Lot;
import io.crossbook.model.Decimal;
import io.crossbook.model.Side;
import java.util.List;
import org.junit.jupiter.api.Test;

class FifoLotsTest {
    private static Lot lot(String tradeId, Side side, String quantity, String price) {
        return new Lot(tradeId, side, Decimal.parse(quantity), Decimal.parse(price), 0);
    }

    @Test
    void closesTheOldestLotFirstAndFlipsThroughZero() {
        // The check of the P&L rules: B100@10, B50@12, S120@11, S50@13, B5@12.5.
        FifoLots lots = new FifoLots(List.of());
        lots.apply(lot("1", Side.BUY, "100", "10"));
        lots.apply(lot("2", Side.BUY, "50", "12"));
        lots.apply(lot("3", Side.SELL, "120", "11"));
        assertThat(lots.realized()).isEqualTo(Decimal.of(80));
        lots.apply(lot("4", Side.SELL, "50", "13"));
        assertThat(lots.realized()).isEqualTo(Decimal.of(110));
        lots.apply(lot("5", Side.BUY, "5", "12.5"));
        assertThat(lots.realized()).isEqualTo(Decimal.parse("112.5"));
        assertThat(lots.open()).containsExactly(lot("4", Side.SELL, "15", "13"));
        assertThat(lots.netQuantity()).isEqualTo(Decimal.of(-15));
        assertThat(lots.unrealized(Decimal.parse("12.8"))).isEqualTo(Decimal.of(3));
    }

    @Test
    void goesOnFromYesterdaysLots() {
        FifoLots lots = new FifoLots(List.of(lot("1", Side.BUY, "2", "40000"), lot("2", Side.BUY, "3", "42000")));
        lots.apply(lot("3", Side.SELL, "4", "45000"));
        assertThat(lots.realized()).isEqualTo(Decimal.of(16000));
        assertThat(lots.open()).containsExactly(lot("2", Side.BUY, "1", "42000"));
    }
}
