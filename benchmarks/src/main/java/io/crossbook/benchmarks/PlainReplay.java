package io.crossbook.benchmarks;

import io.crossbook.matching.LiveBook;
import io.crossbook.matching.MatchingSettings;
import io.crossbook.model.DecimalPool;
import io.crossbook.model.Instruments;
import io.crossbook.model.MarketEvent;
import io.crossbook.model.MarketInput;
import io.crossbook.model.RunEvent;
import io.crossbook.model.Timestamps;
import io.crossbook.pnl.LedgerSettings;
import io.crossbook.pnl.LiveLedger;
import io.crossbook.replay.RunRows;
import io.crossbook.replay.input.InputFile;
import io.crossbook.replay.input.InputPlan;
import io.crossbook.replay.input.InputSettings;
import io.crossbook.replay.input.InstrumentsFile;
import io.crossbook.replay.input.MergedReader;
import io.crossbook.replay.input.UsageException;
import io.crossbook.store.files.Spool;
import io.crossbook.store.files.SpoolMerger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The work of {@code crossbook backtest --db none} in one thread without Flink, with the classes of the replay: what is
 * read goes to its book, what the book says to its ledger and into the spool, and in the end the files and the hash of the
 * run are made. There is nothing to resume and nothing is checked. The hash is that of the backtest.
 *
 * <p>Arguments: a folder for the run's files, an instruments file, a commands file. Standard output gets one JSON document
 * with the seconds from the start of {@code main} to the end of the input, and to the files and their hash.
 */
public final class PlainReplay {
    private static final double NANOS_PER_SECOND = Timestamps.NANOS_PER_SECOND;
    /** Those of a backtest without options. */
    private static final MatchingSettings MATCHING =
            new MatchingSettings(false, false, 60L * Timestamps.NANOS_PER_SECOND, true, false, false);

    private static final LedgerSettings LEDGER = new LedgerSettings(false, false, false);

    private final Instruments instruments;
    private final RunRows rows;
    private final Map<String, LiveBook> books = new HashMap<>();
    private final Map<String, LiveLedger> ledgers = new HashMap<>();
    private final DecimalPool decimals = new DecimalPool();
    /** One object each, not one a command. */
    private final Consumer<MarketEvent> matched = this::book;

    private final Consumer<RunEvent> booked = this::write;

    private PlainReplay(Instruments instruments, RunRows rows) {
        this.instruments = instruments;
        this.rows = rows;
    }

    public static void main(String[] arguments) throws IOException, UsageException {
        long startedAt = System.nanoTime();
        Path out = Path.of(arguments[0]);
        Instruments instruments = InstrumentsFile.read(Path.of(arguments[1]));
        String input = arguments[2];
        InputPlan plan = InputPlan.plan(InputSettings.of(List.of(InputFile.named(input))));
        Path spools = out.resolve("spool");
        long commands;
        double readSeconds;
        try (MergedReader reader = MergedReader.open(plan, null);
                Spool spool = Spool.open(spools, 0, null)) {
            new PlainReplay(instruments, new RunRows(spool, null, List.of(input), instruments)).run(reader);
            commands = reader.counts().rows();
            readSeconds = secondsSince(startedAt);
        }
        String hash = SpoolMerger.merge(List.of(Spool.path(spools, 0)), out, out.resolve("internal"), false);
        double seconds = secondsSince(startedAt);
        Files.delete(Spool.path(spools, 0));
        System.out.printf(
                Locale.ROOT,
                "{%n  \"commands\" : %d,%n  \"read_seconds\" : %.3f,%n  \"elapsed_seconds\" : %.3f,%n"
                        + "  \"commands_per_second\" : %d,%n  \"hash\" : \"%s\"%n}%n",
                commands,
                readSeconds,
                seconds,
                Math.round(commands / seconds),
                hash);
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / NANOS_PER_SECOND;
    }

    /** As the operators of the replay do: every command, then the ends of the books, then those of the ledgers. */
    private void run(MergedReader reader) throws IOException {
        for (MarketInput input = reader.next(); input != null; input = reader.next()) {
            if (input instanceof MarketInput.Unreadable line) {
                rows.write(new MarketEvent.LineRefused(line));
            } else {
                bookOf(input.instrument()).apply(input, matched);
            }
        }
        for (LiveBook book : new TreeMap<>(books).values()) {
            book.finish(matched);
        }
        for (LiveLedger ledger : new TreeMap<>(ledgers).values()) {
            ledger.finish(booked);
        }
    }

    private LiveBook bookOf(String instrument) {
        LiveBook book = books.get(instrument);
        if (book == null) {
            book = new LiveBook(instruments.get(instrument), MATCHING);
            books.put(instrument, book);
        }
        return book;
    }

    private void book(MarketEvent event) {
        LiveLedger ledger = ledgers.get(event.instrument());
        if (ledger == null) {
            ledger = new LiveLedger(instruments.get(event.instrument()), LEDGER, decimals);
            ledgers.put(event.instrument(), ledger);
        }
        ledger.apply(event, booked);
    }

    private void write(RunEvent event) {
        try {
            rows.write(event);
        } catch (IOException unwritten) {
            throw new UncheckedIOException(unwritten);
        }
    }
}
