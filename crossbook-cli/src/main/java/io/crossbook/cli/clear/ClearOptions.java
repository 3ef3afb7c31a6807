package io.crossbook.cli.clear;

import io.crossbook.cli.console.DateValue;
import io.crossbook.cli.console.DurationValue;
import io.crossbook.cli.console.Surroundings;
import io.crossbook.cli.console.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a clearing is told. */
final class ClearOptions {
    @Option(
            names = "--date",
            paramLabel = "DATE",
            converter = DateValue.class,
            description = "The business date to clear, such as 2024-03-04.")
    @Nullable
    LocalDate date;

    @Option(
            names = "--run",
            paramLabel = "RUN",
            description = "The trading run. Default: live if it has trades that day, else the newest run that has.")
    @Nullable
    String run;

    @Option(
            names = "--calendar",
            paramLabel = "NAME|FILE",
            converter = CalendarWord.class,
            description = "Business days: 24-7, xnys, xlon, bvmf, xtks, cmes, xhkg, xbom or a calendar file. An"
                    + " instrument's own calendar and settlement_days win. Default: ${DEFAULT-VALUE}.")
    String calendar = "24-7";

    @Option(
            names = "--closing-window",
            paramLabel = "TIME",
            converter = DurationValue.class,
            description = "Length of the window before the close whose trades make the settlement price. Default: 2m.")
    long closingWindowNanos = 120_000_000_000L;

    @Option(
            names = "--min-trades",
            paramLabel = "N",
            description = "Trades that the window needs to count. Default: ${DEFAULT-VALUE}.")
    long minTrades = 1;

    @Option(
            names = "--settlement-file",
            paramLabel = "FILE",
            description = "Settlement prices that are given and not found: instrument,price,reason.")
    @Nullable
    Path settlementFile;

    @Option(
            names = "--corrections",
            paramLabel = "FILE",
            description = "Trades that were busted or are to count otherwise:"
                    + " trade_id,version,action,price,quantity,reason with action CANCEL or CORRECT.")
    @Nullable
    Path corrections;

    @Option(
            names = "--deliveries",
            paramLabel = "FILE",
            description = "Deliveries that fell short: member,instrument,settlement_date,quantity. Who is not named"
                    + " delivers in full.")
    @Nullable
    Path deliveries;

    @Option(
            names = "--collateral",
            paramLabel = "FILE",
            description = "What members have left with the house: member,currency,amount.")
    @Nullable
    Path collateral;

    @Option(
            names = "--margin",
            paramLabel = "FILE",
            description = "Margin model and its parameters as YAML. Default: 10 percent of every position's value.")
    @Nullable
    Path margin;

    @Option(
            names = "--fees",
            paramLabel = "FILE",
            description = "Fees by volume: tier_volume,maker_bps,taker_bps. Default: those of the instruments.")
    @Nullable
    Path fees;

    /** About a run and a date alone, either of which may be open. */
    static ClearOptions of(@Nullable String run, @Nullable LocalDate date) {
        ClearOptions options = new ClearOptions();
        options.run = run;
        options.date = date;
        return options;
    }

    /**
     * Refuses what cannot be cleared as it was typed.
     *
     * @throws UsageException naming each fault
     */
    void check(Surroundings surroundings) {
        List<String> faults = new ArrayList<>();
        if (date == null) {
            faults.add("--date is missing, such as --date 2024-03-04");
        }
        if (minTrades < 1) {
            faults.add("--min-trades: must be at least 1, was " + minTrades);
        }
        files().forEach((option, file) -> {
            if (!Files.exists(surroundings.resolve(file))) {
                faults.add("--" + option + ": " + file + ": no such file");
            }
        });
        if (!faults.isEmpty()) {
            throw new UsageException(faults);
        }
    }

    /** The files that were named, by the word of their option. */
    Map<String, Path> files() {
        Map<String, Path> files = new LinkedHashMap<>();
        put(files, "calendar", CalendarWord.isFile(calendar) ? Path.of(calendar) : null);
        put(files, "settlement-file", settlementFile);
        put(files, "corrections", corrections);
        put(files, "deliveries", deliveries);
        put(files, "collateral", collateral);
        put(files, "margin", margin);
        put(files, "fees", fees);
        return files;
    }

    private static void put(Map<String, Path> files, String option, @Nullable Path file) {
        if (file != null) {
            files.put(option, file);
        }
    }
}
