package io.crossbook.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.model.Decimal;
import io.crossbook.replay.input.LobsterTruth;
import io.crossbook.replay.input.LobsterTruth.Fill;
import io.crossbook.replay.input.LobsterTruth.Group;
import io.crossbook.replay.input.RealData;
import io.crossbook.store.files.RunManifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An hour of AAPL through the whole program: its trades against NASDAQ's own executions. */
class LobsterIT {
    private static final String MESSAGES = "lobster/AAPL_2012-06-21_34200000_37800000_message_50.csv.gz";
    private static final String OPENING_BOOK = "lobster/AAPL_2012-06-21_34200000_57600000_orderbook_10_first999.csv.gz";
    private static final int AGGRESSORS = 3_290;
    private static final int IDENTICAL = 3_246;

    @TempDir
    private Path home;

    @Test
    void tradesAsNasdaqDidFromItsOwnFillsAlone() throws Exception {
        Path messages = RealData.file(MESSAGES);
        BacktestSettings settings = Runs.with(new Runs(home).of("aapl", messages), all -> {
            all.put("opening_book", RealData.file(OPENING_BOOK).toString());
            all.put("files", List.of(lobster(messages)));
        });
        Runs.Outcome run =
                Runs.run(settings).isComplete(RealData.lines(messages).size());

        Map<String, List<Fill>> ours = new HashMap<>();
        for (CSVRecord trade : run.rows("trades.csv")) {
            ours.computeIfAbsent(trade.get("taker_order_id"), id -> new ArrayList<>())
                    .add(new Fill(
                            trade.get("maker_order_id"),
                            Decimal.parse(trade.get("quantity")),
                            Decimal.parse(trade.get("price"))));
        }
        List<Group> theirs = LobsterTruth.groups(LobsterTruth.messages(messages));
        long identical = theirs.stream()
                .filter(group -> group.fills().equals(ours.get(group.aggressorOrderId())))
                .count();
        RunManifest.Input input = run.manifest().input();
        System.out.println("LOBSTER through the program: " + identical + " of " + theirs.size()
                + " aggressors identical; " + input.rows() + " rows, " + input.accepted() + " accepted, "
                + input.rejected() + " rejected, " + input.openingOrders() + " opening orders");
        assertThat(theirs).hasSize(AGGRESSORS);
        assertThat(identical).isGreaterThanOrEqualTo(IDENTICAL);
        assertThat(input.openingOrders()).isPositive();
    }

    private static Map<String, String> lobster(Path messages) {
        return Map.of("name", messages.getFileName().toString(), "path", messages.toString(), "format", "LOBSTER");
    }
}
