package io.crossbook.cli.backtest;

import io.crossbook.cli.console.Surroundings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code crossbook backtest FILE…}: replays files and tells what came out. */
@Command(
        name = "backtest",
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Replays files of orders, marks and fills through the matcher and FIFO profit and loss.",
            "",
            "A file of commands is CSV with a header; columns in any order, empty fields are absent:",
            "",
            "  timestamp,instrument,action,order_id,client_id,side,type,price,quantity",
            "  2026-03-02T09:00:00Z,ACME,NEW,A1,alice,SELL,LIMIT,100.5,10",
            "  2026-03-02T09:00:01Z,ACME,NEW,B1,bob,BUY,LIMIT,101,4",
            "",
            "Actions: NEW CANCEL REPLACE CANCEL_ALL PHASE MARK FILL CLOCK. More columns: tif stop_price"
                    + " display_quantity expire_at post_only stp phase trade_id fee idempotency_key.",
            "Fills made elsewhere: timestamp,trade_id,instrument,client_id,side,price,quantity and fee, order_id.",
            "Marks: timestamp,instrument,price.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./crossbook backtest orders.csv",
            "  ./crossbook backtest orders.csv marks.csv.gz --instruments instruments.csv",
            "  ./crossbook backtest day.csv --map ts=timestamp,qty=quantity --ignore-extra",
            "  ./crossbook backtest orders.csv --db none --json | jq .hash",
            "",
            "Prints a summary on standard output and writes trades.csv, orders.csv,",
            "realized.csv, lots.csv, positions.csv, book.csv, rejects.csv, run.json and",
            "report.html to out/RUN-ID. An unreadable line becomes a row of rejects.csv,",
            "and the run goes on. Exit codes: 0 ok, 1 internal error, 2 wrong use, 3 a check",
            "failed, 4 too many unreadable lines or input that broke off, 130 stopped."
        })
public final class BacktestCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private InputOptions input = new InputOptions();

    @Mixin
    private RunOptions run = new RunOptions();

    public BacktestCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        return new Backtest(surroundings, input, run).run();
    }
}
