package io.crossbook.pnl;

import static io.crossbook.pnl.Tape.d;
import static io.crossbook.pnl.Tape.externalFill;
import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.model.Decimal;
import io.crossbook.model.ExecType;
import io.crossbook.model.InputHeader;
import io.crossbook.model.MarketEvent.Duplicate;
import io.crossbook.model.MarketEvent.Execution;
import io.crossbook.model.MarketEvent.Refused;
import io.crossbook.model.MarketInput.ExternalFill;
import io.crossbook.model.Origin;
import io.crossbook.model.PnlEvent.FillBooked;
import io.crossbook.model.PnlEvent.LedgerSummary;
import io.crossbook.model.PnlEvent.Position;
import io.crossbook.model.PnlEvent.Realized;
import io.crossbook.model.Reason;
import io.crossbook.model.Side;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of trades made elsewhere: new, repeated, refused, and of any size. */
class ExternalFillTest {
    private final Tape tape = new Tape(Tape.plain());

    @Test
    void theSameFillAgainIsADuplicateWhateverItsTimeItsKeyAndTheFormOfItsNumbers() {
        tape.receive(externalFill(1, "T", "A", Side.BUY, "5", "10.5", "0"));
        ExternalFill again = new ExternalFill(
                new InputHeader(Tape.SYMBOL, 99, new Origin(0, 9, 9, 1), "key"),
                "T",
                "A",
                Side.BUY,
                d("10.50"),
                d("5.000"),
                d("0.0"),
                null);
        tape.receive(again);

        assertThat(tape.all(Duplicate.class)).containsExactly(new Duplicate(again, 2, 1));
        assertThat(tape.position("A").netQuantity()).isEqualTo(d("5"));
    }

    @ParameterizedTest
    @CsvSource({"SELL,5,10,0", "BUY,6,10,0", "BUY,5,11,0", "BUY,5,10,1"})
    void theSameTradeIdWithOtherContentIsRefused(Side side, String quantity, String price, String fee) {
        tape.receive(externalFill(1, "T", "A", Side.BUY, "5", "10", "0"));
        tape.receive(externalFill(2, "T", "A", side, quantity, price, fee));

        Refused refused = tape.all(Refused.class).get(0);
        assertThat(refused.reason()).isEqualTo(Reason.TRADE_ID_REUSED);
        assertThat(refused.message())
                .isEqualTo("trade_id \"T\" of client \"A\" was used with other content by sequence 1");
        assertThat(refused.orderRow()).isFalse();
        assertThat(tape.all(FillBooked.class)).hasSize(1);
    }

    @Test
    void anotherOrderIdIsOtherContent() {
        tape.receive(externalFill(1, "T", "A", Side.BUY, "5", "10", "0"));
        ExternalFill first = externalFill(1, "T", "A", Side.BUY, "5", "10", "0");
        tape.receive(new ExternalFill(
                first.header(), "T", "A", Side.BUY, first.price(), first.quantity(), first.fee(), "order"));

        assertThat(tape.all(Refused.class)).extracting(Refused::reason).containsExactly(Reason.TRADE_ID_REUSED);
    }

    @Test
    void tradeIdsBelongToAClient() {
        tape.receive(externalFill(1, "T", "A", Side.BUY, "5", "10", "0"));
        tape.receive(externalFill(2, "T", "B", Side.BUY, "5", "10", "0"));

        assertThat(tape.all(FillBooked.class)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "1, -0.01, 0, INVALID_PRICE",
        "0, 1, 0, INVALID_QUANTITY",
        "-1, 1, 0, INVALID_QUANTITY",
        "1, 0.1234567890123456789, 0, OUT_OF_RANGE",
        "0.1234567890123456789, 1, 0, OUT_OF_RANGE",
        "1, 1, 0.1234567890123456789, OUT_OF_RANGE"
    })
    void whatCannotBeBookedIsRefused(String quantity, String price, String fee, Reason reason) {
        tape.receive(externalFill(1, "T", "A", Side.BUY, quantity, price, fee));

        assertThat(tape.all(Refused.class)).extracting(Refused::reason).containsExactly(reason);
        tape.finish();
        assertThat(tape.all(Position.class)).isEmpty();
        assertThat(tape.all(LedgerSummary.class).get(0).rejectedRows()).isEqualTo(1);
    }

    @Test
    void aPriceOfZeroIsAPrice() {
        tape.buy("A", "5", "10");
        tape.sell("A", "5", "0");

        assertThat(tape.realized()).isEqualTo(d("-50"));
    }

    @Test
    void aSaleBeyondTheHoldingIsRefusedWhereShortsAreNotAllowedAndChangesNothing() {
        Tape noShorts = new Tape(Tape.instrument("1", "1", "1", "0", "0", false));
        noShorts.buy("A", "3", "10");
        noShorts.receive(externalFill(2, "S", "A", Side.SELL, "3.5", "11", "0"));

        Refused refused = noShorts.all(Refused.class).get(0);
        assertThat(refused.reason()).isEqualTo(Reason.SHORT_NOT_ALLOWED);
        assertThat(refused.message())
                .isEqualTo("sale of 3.5 exceeds the holding of 3, and X allows no short positions");
        assertThat(noShorts.position("A").netQuantity()).isEqualTo(d("3"));

        noShorts.buy("A", "1", "10");
        noShorts.receive(externalFill(4, "S", "A", Side.SELL, "3.5", "11", "0"));
        assertThat(noShorts.position("A").netQuantity())
                .as("a refused fill leaves nothing behind, so it may come again")
                .isEqualTo(d("0.5"));
    }

    @Test
    void theWholeHoldingMayBeSoldWhereShortsAreNotAllowed() {
        Tape noShorts = new Tape(Tape.instrument("1", "1", "1", "0", "0", false));
        noShorts.buy("A", "3", "10");
        noShorts.sell("A", "3", "11");

        assertThat(noShorts.all(Refused.class)).isEmpty();
    }

    @Test
    void aRefusedFillIsAnExecutionBehindThoseOfTheSameCommandWhereTheyAreAskedFor() {
        Tape executions = new Tape(Tape.plain(), new LedgerSettings(false, false, true));
        executions.apply(new Execution(
                Tape.SYMBOL,
                1,
                1,
                1,
                ExecType.EXPIRED,
                "O",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null));
        executions.receive(externalFill(1, "T", "A", Side.BUY, "0", "1", "0"));

        List<Execution> said = executions.all(Execution.class);
        assertThat(said).extracting(Execution::eventNo).containsExactly(1, 2);
        assertThat(said.get(1).execType()).isEqualTo(ExecType.REJECTED);
        assertThat(said.get(1).reason()).isEqualTo(Reason.INVALID_QUANTITY);
        assertThat(executions.events).last().isInstanceOf(Refused.class);

        executions.receive(externalFill(2, "T", "A", Side.BUY, "0", "1", "0"));
        assertThat(executions.all(Execution.class))
                .extracting(Execution::eventNo)
                .containsExactly(1, 2, 1);
    }

    @Test
    void rowsAreCountedByWhatBecameOfThem() {
        tape.receive(externalFill(1, "T", "A", Side.BUY, "5", "10", "0"));
        tape.receive(externalFill(2, "T", "A", Side.BUY, "5", "10", "0"));
        tape.receive(externalFill(3, "T", "A", Side.BUY, "6", "10", "0"));
        tape.receive(externalFill(4, "U", "A", Side.BUY, "6", "10", "0"));
        tape.finish();

        LedgerSummary summary = tape.all(LedgerSummary.class).get(0);
        assertThat(summary.acceptedRows()).isEqualTo(2);
        assertThat(summary.rejectedRows()).isEqualTo(1);
        assertThat(summary.duplicateRows()).isEqualTo(1);
        assertThat(summary.quantitySum())
                .as("fills stand apart from matched trades")
                .isEqualTo(Decimal.ZERO);
        assertThat(summary.cashSum()).isEqualTo(Decimal.ZERO);
    }

    @Test
    void pricesWithEighteenDigitsAreExact() {
        tape.buy("A", "3", "0.000000000000000001");
        tape.sell("A", "2", "1.000000000000000003");

        assertThat(tape.realized()).isEqualTo(d("2.000000000000000004"));
        assertThat(tape.position("A").averagePrice()).as("below twelve digits").isEqualTo(Decimal.ZERO);
        assertThat(tape.ledger.balanced()).isTrue();
    }

    @Test
    void quantitiesOfThirtyDigitsAreExact() {
        tape.buy("A", "123456789012345678901234567890", "1000000000000.000000000000000001");
        tape.sell("A", "123456789012345678901234567889", "2000000000000.000000000000000001");

        assertThat(tape.realized()).isEqualTo(d("123456789012345678901234567889000000000000"));
        assertThat(tape.position("A").netQuantity()).isEqualTo(Decimal.ONE);
    }

    @Test
    void lotsInTicksStayOldestWhenTheAccountLeavesThemBehind() {
        tape.trade("A", "B", 4, 100, Side.BUY);
        tape.buy("A", "0.5", "101.5");
        tape.sell("A", "4.25", "102");

        assertThat(tape.all(Realized.class))
                .extracting(Realized::openingTradeId)
                .containsExactly("X-1", "F2");
        assertThat(tape.realized()).isEqualTo(d("8.125"));
    }

    @Test
    void productsAndSumsBeyond128BitsAreExact() {
        long price = (1L << 62) - 1;
        long lots = (1L << 61) - 1;
        Decimal cost = Decimal.of(price).times(lots);
        Decimal paid = Decimal.ZERO;
        List<String> sellers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            sellers.add("S" + i);
            tape.trade("A", sellers.get(i), lots, price, Side.BUY);
            paid = paid.plus(cost);
        }
        assertThat(tape.position("A").cashFlow()).isEqualTo(paid.negate());
        assertThat(tape.position("A").netQuantity()).isEqualTo(Decimal.of(lots).times(40));
        assertThat(tape.position("S7").cashFlow()).isEqualTo(cost);

        for (String seller : sellers) {
            tape.trade(seller, "A", lots, 1, Side.BUY);
        }
        assertThat(tape.position("A").realizedPnl())
                .isEqualTo(Decimal.of(lots).times(40).minus(paid));
        assertThat(tape.ledger.balanced()).isTrue();
    }

    @Test
    void sumsStayExactUntilTheLastLotThatALongCanCount() {
        Tape fees = new Tape(Tape.instrument("1", "1", "1", "1", "1", true));
        long price = (1L << 62) - 1;
        long lots = 1L << 58;
        for (int i = 0; i < 80; i++) {
            boolean bought = i % 2 == 0;
            fees.trade(bought ? "A" : "B", bought ? "B" : "A", lots, bought ? price : price / 3, Side.BUY);
        }
        // 40 times bought at one price and sold at the other, which is past what 63 bits of closed lots can count
        Decimal bought = Decimal.of(price).times(lots).times(40);
        Decimal sold = Decimal.of(price / 3).times(lots).times(40);
        Position position = fees.position("A");
        assertThat(position.realizedPnl()).isEqualTo(sold.minus(bought)).isEqualTo(position.cashFlow());
        assertThat(position.fees()).isEqualTo(sold.plus(bought).times(d("0.0001")));
        assertThat(position.closedQuantity()).isEqualTo(Decimal.of(lots).times(40));
    }

    @Test
    void aThousandDigitsAreNoTrouble() {
        String digits = "7".repeat(1000);
        tape.buy("A", digits, "1");
        tape.sell("A", digits, "2");

        assertThat(tape.realized()).isEqualTo(d(digits));
    }
}
