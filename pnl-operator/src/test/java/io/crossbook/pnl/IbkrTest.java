package io.crossbook.pnl;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import io.crossbook.model.InstrumentKind;
import io.crossbook.model.PnlEvent.Position;
import io.crossbook.model.PnlEvent.Realized;
import io.crossbook.model.RunEvent;
import io.crossbook.pnl.FillsCsv.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Realized P&amp;L as a broker computed it, first in first out. */
class IbkrTest {
    /** Theirs is shown to six decimals. */
    private static final Decimal SHOWN = Decimal.of(1, 6);
    /** Of code {@code A;C}: the assigned option's premium is in the broker's figure, and no trade of the stock. */
    private static final Decimal ASSIGNED_PREMIUM = Decimal.parse("20.527914");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data_multi_account.csv",
                "data_numbers_within_quotes.csv",
                "data_single_account.csv",
                "data_single_account_2022.csv"
            })
    void realizedOfEachClosingExecutionAndOfEachPositionIsTheBrokers(String name) throws IOException {
        Path file = FillsCsv.data("pnl_ibkr").resolve(name);
        List<Row> rows = IbkrFills.lines(file);
        Map<String, List<RunEvent>> said = FillsCsv.book(IbkrFills.convert(file), instruments(rows));

        Map<String, Decimal> cashOfSymbol = new HashMap<>();
        int closings = 0;
        for (Row row : rows) {
            String symbol = row.text("Symbol");
            if (IbkrFills.isTrade(row) && !IbkrFills.opens(row)) {
                closings++;
                assertClosing(row, said.get(symbol));
                Decimal cash =
                        row.number("Proceeds").plus(row.number("Comm/Fee")).plus(row.number("Basis"));
                cashOfSymbol.merge(symbol, cash, Decimal::plus);
            }
        }
        assertThat(closings).isPositive();
        cashOfSymbol.forEach((symbol, cash) -> {
            Position end = FillsCsv.positions(said.get(symbol)).get(0);
            assertThat(end.netQuantity()).as(symbol).isEqualTo(Decimal.ZERO);
            assertNear(end.netPnl(), cash, symbol);
        });
    }

    private static void assertClosing(Row row, List<RunEvent> said) {
        Decimal ours = row.number("Comm/Fee");
        for (Realized piece : FillsCsv.realized(said)) {
            if (piece.closingTradeId().equals(IbkrFills.tradeId(row))) {
                ours = ours.plus(piece.pnl());
            }
        }
        if (row.text("Code").equals("A;C")) {
            ours = ours.plus(ASSIGNED_PREMIUM);
        }
        assertNear(ours, row.number("Realized P/L"), "line " + row.line());
    }

    private static void assertNear(Decimal ours, Decimal theirs, String what) {
        assertThat(ours.minus(theirs).abs())
                .as("%s: %s against %s", what, ours, theirs)
                .isLessThanOrEqualTo(SHOWN);
    }

    private static Function<String, Instrument> instruments(List<Row> rows) {
        Map<String, Decimal> multipliers = new HashMap<>();
        rows.forEach(row -> multipliers.put(row.text("Symbol"), IbkrFills.multiplier(row)));
        return symbol -> new Instrument(
                symbol,
                InstrumentKind.EQUITY,
                "USD",
                Decimal.of(1, 4),
                Decimal.ONE,
                multipliers.get(symbol),
                Decimal.ZERO,
                Decimal.ZERO,
                null,
                null,
                null,
                null,
                null,
                null,
                true,
                null,
                null,
                null);
    }
}
