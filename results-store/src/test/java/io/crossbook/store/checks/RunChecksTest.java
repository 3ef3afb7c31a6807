package io.crossbook.store.checks;

import static io.crossbook.store.files.RunFile.BOOK;
import static io.crossbook.store.files.RunFile.LOTS;
import static io.crossbook.store.files.RunFile.ORDERS;
import static io.crossbook.store.files.RunFile.POSITIONS;
import static io.crossbook.store.files.RunFile.REALIZED;
import static io.crossbook.store.files.RunFile.REJECTS;
import static io.crossbook.store.files.RunFile.TRADES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.crossbook.store.files.RunFile;
import io.crossbook.store.files.RunManifest.Check;
import io.crossbook.store.rows.FillRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunChecksTest {
    @TempDir
    Path folder;

    private SmallRun run;

    @BeforeEach
    void writeARightRun() throws IOException {
        run = SmallRun.in(folder);
    }

    /** The failed checks with the fills at hand. */
    private Map<String, Check> failed() throws IOException {
        return failed(SmallRun.FILLS);
    }

    private Map<String, Check> failed(List<FillRow> fills) throws IOException {
        Map<String, Check> checks = RunChecks.check(folder, run.manifest(), SmallRun.INSTRUMENTS, fills);
        checks.values().removeIf(Check::ok);
        return checks;
    }

    private void assertFails(CheckName check, String message) throws IOException {
        Map<String, Check> failed = failed();
        assertThat(failed).containsOnlyKeys(check.key());
        assertThat(failed.get(check.key()).message()).contains(message);
    }

    @Test
    void aRightRunPassesEveryCheckAndSaysWithWhichFigures() throws IOException {
        Map<String, Check> checks = RunChecks.check(folder, run.manifest(), SmallRun.INSTRUMENTS, SmallRun.FILLS);
        assertThat(checks)
                .allSatisfy((name, check) ->
                        assertThat(check.ok()).as(name + ": " + check.message()).isTrue());
        assertThat(checks.keySet())
                .containsExactlyElementsOf(
                        Arrays.stream(CheckName.values()).map(CheckName::key).toList());
        assertThat(checks.get("trade_numbers").figures()).containsEntry("trades", 9L);
        assertThat(checks.get("lots_add_up").figures()).containsEntry("lots", 11L);
        assertThat(checks.get("fifo_realized").figures())
                .containsEntry("rows", 9L)
                .containsEntry("instruments_not_recomputed", 0);
    }

    @Test
    void aRightRunPassesByItsFolderAloneAndCountsWhatCouldNotBeRecomputed() throws IOException {
        Map<String, Check> checks = RunChecks.check(folder);
        assertThat(checks)
                .allSatisfy((name, check) ->
                        assertThat(check.ok()).as(name + ": " + check.message()).isTrue());
        assertThat(checks.get("fifo_realized").figures()).containsEntry("instruments_not_recomputed", 1);
    }

    @Test
    void anOrderFilledBeyondItsQuantityIsFound() throws IOException {
        run.with(ORDERS, "MARKET,IOC,,100,100,0", "MARKET,IOC,,99,100,0");
        assertFails(CheckName.FILLED_WITHIN_QUANTITY, "X: order p1 is filled with 100 of 99");
    }

    @Test
    void aStatusThatDisagreesWithTheQuantitiesIsFound() throws IOException {
        run.with(ORDERS, "19,2,0,2,,OPEN", "19,2,0,2,,EXPIRED");
        assertFails(CheckName.ORDER_STATUS, "Y: order b4 is EXPIRED with quantity 2, filled 0, leaves 2");
    }

    @Test
    void aFilledOrderWithLeavesIsFound() throws IOException {
        run.with(ORDERS, "GTC,20,2,2,0,20,FILLED", "GTC,20,2,2,1,20,FILLED");
        assertFails(CheckName.ORDER_STATUS, "Y: order b2");
    }

    @Test
    void anAveragePriceThatIsNotThatOfTheTradesIsFound() throws IOException {
        run.with(ORDERS, "22,3,2,0,21.5", "22,3,2,0,21.6");
        assertFails(
                CheckName.ORDERS_MATCH_TRADES, "Y: order b3 has the average price 21.6, that of its trades is 21.5");
    }

    @Test
    void aTradeOfAnOrderThatIsNotThereIsFound() throws IOException {
        run.with(TRADES, "22,1,BUY,s3,b3,b3,s3", "22,1,BUY,ghost,b3,b3,ghost");
        assertFails(CheckName.ORDERS_MATCH_TRADES, "order s3 is filled with 1, its trades sum to 0");
        run.with(ORDERS, "Y,s3,7", "Y,ghost,7");
        assertThat(failed()).isEmpty();
    }

    @Test
    void anOrderThatTradedButIsNoRowIsFound() throws IOException {
        String row = Files.readAllLines(folder.resolve("orders.csv")).get(15);
        run.with(ORDERS, row + "\n", "");
        assertFails(CheckName.ORDERS_MATCH_TRADES, "trade Y-4 names the order s3, which orders.csv does not hold");
    }

    @Test
    void anOrderIdThatComesAgainOnALaterDayIsAnotherOrder() throws IOException {
        run.with(TRADES, "BUY,q5,p5,p5,q5", "BUY,q1,p1,p1,q1");
        run.with(ORDERS, "X,q5,9", "X,q1,9").with(ORDERS, "X,p5,10", "X,p1,10");
        assertThat(failed()).isEmpty();
    }

    @Test
    void idsThatNeedQuotesOrAreNoAsciiAreComparedAsTheirText() throws IOException {
        run.with(TRADES, "BUY,q1,p1,p1,q1", "BUY,\"q,\"\"1\",é😀,é😀,\"q,\"\"1\"");
        run.with(ORDERS, "X,q1,1", "X,\"q,\"\"1\",1").with(ORDERS, "X,p1,2", "X,\"é😀\",2");
        assertThat(failed()).isEmpty();
        run.with(ORDERS, "X,\"q,\"\"1\",1", "X,\"q,1\",1");
        assertFails(CheckName.ORDERS_MATCH_TRADES, "X: order q,1 is filled with 100, its trades sum to 0");
    }

    @Test
    void numbersBeyondSixtyFourBitsAreComparedDigitByDigit() throws IOException {
        String wide = "12345678901234567890.123456789012345678";
        run.with(TRADES, ",10,100,BUY", "," + wide + ",100,BUY");
        run.with(ORDERS, "LIMIT,GTC,10,100,100,0,10,", "LIMIT,GTC,10,100,100,0,12345678901234567890.123456789012,");
        run.with(ORDERS, "MARKET,IOC,,100,100,0,10,", "MARKET,IOC,,100,100,0,12345678901234567890.123456789012,");
        assertThat(failed()).doesNotContainKey("orders_match_trades");
        run.with(REALIZED, "SELL,100,10,11,", "SELL,100," + wide + ",11,");
        assertThat(failed().get("fifo_realized").message())
                .isEqualTo("X: realized number 1 has pnl -100, recomputed 1234567890123456787912.3456789012345678");
        run.with(REALIZED, ",11,-100,", ",11,1234567890123456787912.3456789012345678,");
        assertThat(failed().get("fifo_realized").message()).startsWith("X: realized number 3 has open_price 10,");
    }

    @Test
    void aGapInTheTradeNumbersIsFound() throws IOException {
        run.with(TRADES, "Y,4,Y-4", "Y,5,Y-4");
        assertFails(CheckName.TRADE_NUMBERS, "Y: trade number 5 where 4 was expected");
    }

    @Test
    void aMakerThatIsNotTheOtherSideOfTheAggressorIsFound() throws IOException {
        run.with(TRADES, "BUY,q1,p1,p1,q1", "BUY,p1,q1,p1,q1");
        assertFails(CheckName.TRADE_SIDES, "X-1: maker and taker");
    }

    @Test
    void anOrderOnTheOtherSideThanItsTradeSaysIsFound() throws IOException {
        run.with(ORDERS, "Y,b1,3,p,BUY", "Y,b1,3,p,SELL");
        assertFails(CheckName.TRADE_SIDES, "Y: order b1 is a SELL of p, its trade Y-1 says BUY of p");
    }

    @Test
    void anAggressorThatPassesOverABetterPriceIsFound() throws IOException {
        run.with(TRADES, "21,1,BUY,s2,b3,b3,s2", "first").with(TRADES, "22,1,BUY,s3,b3,b3,s3", "21,1,BUY,s2,b3,b3,s2");
        run.with(TRADES, "first", "22,1,BUY,s3,b3,b3,s3");
        run.with(LOTS, "Y-3,SELL,1,21", "Y-3,SELL,1,22").with(LOTS, "Y-4,SELL,1,22", "Y-4,SELL,1,21");
        run.with(LOTS, "Y-3,BUY,1,21", "Y-3,BUY,1,22").with(LOTS, "Y-4,BUY,1,22", "Y-4,BUY,1,21");
        assertFails(CheckName.PRICE_TIME_PRIORITY, "Y-4 at 21 after Y-3 at 22: the aggressor b3");
    }

    @Test
    void whatTheMatcherFoundInItsQueuesFailsTheRun() throws IOException {
        run.withBook(false, false, 3);
        assertFails(CheckName.PRICE_TIME_PRIORITY, "Y: 3 orders were out of their place");
        run.withBook(false, true, 0);
        assertFails(CheckName.BOOK_NOT_CROSSED, "Y: the matcher found its book crossed");
    }

    @Test
    void aCrossedBookIsFoundUnlessItWasCollectingOrders() throws IOException {
        run.with(BOOK, "BUY,1,19", "BUY,1,23");
        assertFails(CheckName.BOOK_NOT_CROSSED, "Y: best bid 23 is not below best ask 23");
        run.withBook(true, false, 0);
        assertThat(failed()).isEmpty();
    }

    @Test
    void rowsOutOfOrderAreFound() throws IOException {
        run.with(BOOK, "SELL,1,23", "SELL,2,23");
        assertFails(CheckName.ROWS_IN_ORDER, "book.csv row 2: level 2 at 23 where level 1 was expected");
    }

    @Test
    void ofFaultsInSeveralFilesThatOfTheFirstFileIsTheOneTold() throws IOException {
        run.with(BOOK, "SELL,1,23", "SELL,2,23");
        run.with(POSITIONS, "p,X,-15", "pp,X,-15");
        Check order = failed().get("rows_in_order");
        assertThat(order.message()).startsWith("book.csv row 2");
        assertThat(order.figures()).containsEntry("faults", 2L);
    }

    @Test
    void aNumberThatIsRightButWrittenOtherwiseIsFound() throws IOException {
        run.with(REALIZED, "12,13,30,", "12,13,30.0,");
        assertFails(CheckName.FIFO_REALIZED, "X: realized number 6 has pnl 30.0, recomputed 30");
    }

    @Test
    void aWrongProfitIsFound() throws IOException {
        run.with(REALIZED, "12,13,30,", "12,13,31,");
        assertFails(CheckName.FIFO_REALIZED, "X: realized number 6 has pnl 31, recomputed 30");
    }

    @Test
    void aClosingPieceTooManyIsFound() throws IOException {
        run.with(REALIZED, "Z,1,z,e1", "Y,1,p,Y-1,Y-4,BUY,1,20,22,2,t\nZ,1,z,e1");
        assertFails(CheckName.FIFO_REALIZED, "Y: realized.csv row 9 closes nothing");
    }

    @Test
    void aWrongProfitOfAnExternalFillIsFoundWithTheFillsAtHand() throws IOException {
        run.with(REALIZED, "5,7,2,", "5,7,3,");
        assertFails(CheckName.FIFO_REALIZED, "Z: realized number 1 has pnl 3, recomputed 2");
        Map<String, Check> without = failed(null);
        assertThat(without).containsOnlyKeys("positions");
        assertThat(without.get("positions").message()).contains("z in Z: realized_pnl is 2, recomputed 3");
    }

    @Test
    void aLotThatFifoDoesNotLeaveIsFound() throws IOException {
        run.with(LOTS, "r,Y,2,Y-3,BUY,1,21", "r,Y,2,Y-3,BUY,1,22");
        assertFails(CheckName.LOTS_ADD_UP, "r in Y: open lot 2");
    }

    @Test
    void aMissingLotIsFoundEvenWithoutTheFills() throws IOException {
        String row = Files.readAllLines(folder.resolve("lots.csv")).get(11);
        run.with(LOTS, row + "\n", "");
        assertFails(CheckName.LOTS_ADD_UP, "z in Z: open lot 1 is none");
        assertThat(failed(null).get("lots_add_up").message()).contains("lots sum to 0, net_quantity is 1");
    }

    @Test
    void aLotOfNobodyIsFound() throws IOException {
        run.with(LOTS, "z,Z,1", "yy,Z,1,e1,BUY,1,5,t\nz,Z,1");
        assertFails(CheckName.LOTS_ADD_UP, "yy in Z: lots.csv row 11 belongs to no position");
    }

    @Test
    void aWrongAverageOfAPositionIsFound() throws IOException {
        run.with(POSITIONS, "20.428571428571", "20.428571428572");
        assertFails(CheckName.POSITIONS, "q in Y: average_price is 20.428571428572, recomputed 20.428571428571");
    }

    @Test
    void aPositionThatNetsWrongIsFound() throws IOException {
        run.with(POSITIONS, "3,3.6325,111.8675", "3,3.6325,111.8676");
        assertFails(CheckName.POSITIONS, "p in X: net_pnl is 111.8676, realized + unrealized − fees is 111.8675");
    }

    @Test
    void twoMarksOfOneInstrumentAreFound() throws IOException {
        run.with(POSITIONS, "r,Y,4,20.75,0,22,5,0,5", "r,Y,4,20.75,0,,,0,");
        assertThat(failed()).containsOnlyKeys("positions");
    }

    @Test
    void aMissingPositionIsFound() throws IOException {
        run.with(POSITIONS, "z,Z,1,5,2,,,0.5,\n", "");
        assertThat(failed().get("positions").message()).contains("z in Z: positions.csv has no row, recomputed 1");
    }

    @Test
    void unrealizedThatDoesNotFollowFromCashAndMarkIsFound() throws IOException {
        run.with(POSITIONS, "p,Y,3,20,0,22,6,0,6", "p,Y,3,20,0,22,7,0,7");
        run.with(POSITIONS, "22,-11,0,-11", "22,-12,0,-12");
        assertFails(
                CheckName.PROFIT_IDENTITY,
                "p in Y: realized + unrealized is 7, cash + position × mark × multiplier is 6");
    }

    @Test
    void moneyThatComesFromNobodyIsFound() throws IOException {
        run.with(POSITIONS, "p,Y,3,20,0,22,6,0,6", "p,Y,3,20,0,22,7,0,7");
        Map<String, Check> failed = failed();
        assertThat(failed).containsOnlyKeys("profit_identity", "conservation");
        assertThat(failed.get("conservation").message())
                .isEqualTo("Y: cash of matched trades sums to 1 over all clients");
    }

    @Test
    void quantityThatComesFromNobodyIsFound() throws IOException {
        run.with(POSITIONS, "p,Y,3,20,", "p,Y,4,20,");
        assertThat(failed().get("conservation").message())
                .isEqualTo("Y: quantities of matched trades sum to 1 over all clients");
    }

    @Test
    void inputThatVanishedIsFound() throws IOException {
        run.withRows(27);
        assertFails(CheckName.INPUT_ACCOUNTED, "27 rows went in, accepted + rejected + duplicate is 26");
        run.withRows(26).withAcceptedInZ(1);
        assertFails(CheckName.INPUT_ACCOUNTED, "accepted is 23 in all, but 22 over the instruments");
    }

    @Test
    void aRejectedRowThatIsNotKeptIsFound() throws IOException {
        run.with(REJECTS, "a.csv,7,,,,NOT_A_NUMBER,no number,x\n", "");
        assertFails(CheckName.REJECTS_KEPT, "2 rows were rejected, rejects.csv has 1");
    }

    @Test
    void aRejectOfALobsterFileMayStandForSeveralRows() throws IOException {
        run.with(REJECTS, "a.csv,7,,,,NOT_A_NUMBER,no number,x\n", "").withFormat("LOBSTER");
        assertThat(failed()).isEmpty();
    }

    @Test
    void aSummaryThatDiffersFromTheFilesIsFound() throws IOException {
        run.withTrades(8);
        assertFails(CheckName.SUMMARY, "trades is 8, trades.csv has 9");
    }

    @Test
    void anotherHashIsFound() throws IOException {
        run.withHash("0".repeat(64));
        assertFails(CheckName.HASH, "hash is 000");
    }

    @Test
    void aFileThatIsMissingOrBrokenIsNamedWithItsPlace() throws IOException {
        run.with(TRADES, "10,100,BUY", "ten,100,BUY");
        assertThatIOException()
                .isThrownBy(this::failed)
                .withMessageContaining("trades.csv:2: field 6 must be a decimal");
        Files.writeString(folder.resolve("trades.csv"), RunFile.TRADES.header() + "\nX,1");
        assertThatIOException()
                .isThrownBy(this::failed)
                .withMessageContaining("trades.csv:2: the last line has no end");
        Files.delete(folder.resolve("trades.csv"));
        assertThatIOException().isThrownBy(this::failed).isInstanceOf(NoSuchFileException.class);
    }
}
