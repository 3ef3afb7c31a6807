package io.crossbook.store.checks;

import static io.crossbook.store.files.RunFile.LOTS;
import static io.crossbook.store.files.RunFile.ORDERS;
import static io.crossbook.store.files.RunFile.TRADES;
import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.store.files.RunFile;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDiffTest {
    @TempDir
    Path folder;

    private SmallRun left;
    private SmallRun right;

    @BeforeEach
    void writeTwoEqualRuns() throws IOException {
        left = SmallRun.in(folder.resolve("left"));
        right = SmallRun.in(folder.resolve("right"));
    }

    private RunDifference difference() throws IOException {
        return RunDiff.first(left.folder(), right.folder()).orElseThrow();
    }

    @Test
    void equalRunsHaveNoDifference() throws IOException {
        assertThat(RunDiff.first(left.folder(), right.folder())).isEmpty();
    }

    @Test
    void theFirstDifferentTradeIsNamedWithItsPlaceAndBothSides() throws IOException {
        right.with(TRADES, "21,1,BUY", "21,2,BUY").with(LOTS, "p,X,3", "p,X,4");
        RunDifference difference = difference();
        assertThat(difference.file()).isEqualTo("trades.csv");
        assertThat(difference.row()).isEqualTo(8);
        assertThat(difference.instrument()).isEqualTo("Y");
        assertThat(difference.sequence()).isEqualTo(8);
        assertThat(difference.column()).isEqualTo("quantity");
        assertThat(difference.sentence())
                .startsWith("trades.csv row 8: Y, sequence 8, first differing column quantity\n")
                .contains("left:  Y,3,Y-3,8,2024-01-02T00:00:00.000000007Z,21,1,BUY,s2")
                .contains("right: Y,3,Y-3,8,2024-01-02T00:00:00.000000007Z,21,2,BUY,s2");
    }

    @Test
    void aRowThatOneRunLacksIsNamedByTheRowThatIsThere() throws IOException {
        right.with(
                ORDERS,
                "Y,s5,11,q,SELL,LIMIT,GTC,23,2,0,2,,OPEN,,2024-01-02T00:00:00.000000008Z,2024-01-02T00:00:00.000000008Z\n",
                "");
        RunDifference difference = difference();
        assertThat(difference.file()).isEqualTo("orders.csv");
        assertThat(difference.sequence()).isEqualTo(11);
        assertThat(difference.right()).isNull();
        assertThat(difference.column()).isNull();
        assertThat(difference.sentence()).contains("only one run has a row").endsWith("right: (no row)");
        assertThat(RunDiff.first(right.folder(), left.folder()).orElseThrow().left())
                .isNull();
    }

    @Test
    void aTradeThatOneRunLacksIsNamedByItsOwnSequence() throws IOException {
        String first = "X,1,X-1,2,2024-01-02T00:00:00.000000001Z,10,100,BUY,q1,p1,p1,q1,p,q\n";
        left.with(TRADES, first, "");
        RunDifference difference = difference();
        assertThat(difference.sequence()).isEqualTo(2);
        assertThat(difference.instrument()).isEqualTo("X");
    }

    @Test
    void filesBesideTheHashDoNotCount() throws IOException {
        right.with(RunFile.BOOK, "BUY,1,19", "BUY,1,18");
        assertThat(RunDiff.first(left.folder(), right.folder())).isEmpty();
    }
}
