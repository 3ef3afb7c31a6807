package io.crossbook.replay;

import io.crossbook.model.Decimal;
import io.crossbook.model.Instruments;
import io.crossbook.model.MarketEvent.BookSummary;
import io.crossbook.model.MarketEvent.InputEnded;
import io.crossbook.model.MarketInput.EndOfInput;
import io.crossbook.model.PnlEvent.LedgerSummary;
import io.crossbook.model.RunEvent;
import io.crossbook.model.Utf8Order;
import io.crossbook.store.RunProgressTable.Progress;
import io.crossbook.store.files.RunManifest;
import io.crossbook.store.files.RunManifest.InstrumentFigures;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** Adds up what matcher, ledger and reader said at the end of a run. */
final class RunFigures {
    private final Instruments instruments;
    private final Map<String, BookSummary> books = new TreeMap<>(Utf8Order.INSTANCE);
    private final Map<String, LedgerSummary> ledgers = new HashMap<>();
    private final Map<String, Decimal> realizedByInstrument = new HashMap<>();
    private final Map<String, Decimal> feesByInstrument = new HashMap<>();
    private @Nullable EndOfInput end;

    private RunFigures(Instruments instruments) {
        this.instruments = instruments;
    }

    /**
     * @param folder of the run, with its {@code positions.csv}
     * @throws IllegalStateException if the reader's account is missing: the job did not reach its end
     */
    static RunFigures of(Summaries summaries, Instruments instruments, Path folder) throws IOException {
        RunFigures figures = new RunFigures(instruments);
        for (RunEvent account : summaries.accounts()) {
            figures.add(account);
        }
        if (figures.end == null) {
            throw new IllegalStateException(
                    "the reader's account of the input is missing; the job did not reach its end");
        }
        figures.addPositions(folder.resolve("positions.csv"));
        return figures;
    }

    private void add(RunEvent account) {
        if (account instanceof BookSummary book) {
            books.put(book.instrument(), book);
        } else if (account instanceof LedgerSummary ledger) {
            ledgers.put(ledger.instrument(), ledger);
        } else if (account instanceof InputEnded ended) {
            end = end == null ? ended.end() : sum(end, ended.end());
        } else {
            throw new IllegalStateException("no account of a run: " + account);
        }
    }

    /** The parts of a topic are read side by side, and each reader gives an account of its own. */
    private static EndOfInput sum(EndOfInput one, EndOfInput other) {
        return new EndOfInput(
                one.header(),
                one.rows() + other.rows(),
                one.unreadableRows() + other.unreadableRows(),
                one.timeStepsBack() + other.timeStepsBack(),
                one.openingOrders() + other.openingOrders(),
                one.brokenOff() || other.brokenOff(),
                one.tooManyRejects() || other.tooManyRejects());
    }

    private void addPositions(Path file) throws IOException {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (Reader reader = Files.newBufferedReader(file);
                var rows = format.parse(reader)) {
            for (CSVRecord row : rows) {
                String instrument = row.get("instrument");
                realizedByInstrument.merge(instrument, Decimal.parse(row.get("realized_pnl")), Decimal::plus);
                feesByInstrument.merge(instrument, Decimal.parse(row.get("fees")), Decimal::plus);
            }
        }
    }

    EndOfInput end() {
        EndOfInput reached = end;
        if (reached == null) {
            throw new IllegalStateException("the reader's account of the input is missing");
        }
        return reached;
    }

    RunManifest.Input input(List<RunManifest.InputFile> files) {
        long accepted = 0;
        long rejected = end().unreadableRows();
        long duplicate = 0;
        for (BookSummary book : books.values()) {
            accepted += book.acceptedRows();
            rejected += book.rejectedRows();
            duplicate += book.duplicateRows();
        }
        for (LedgerSummary ledger : ledgers.values()) {
            accepted += ledger.acceptedRows();
            rejected += ledger.rejectedRows();
            duplicate += ledger.duplicateRows();
        }
        return new RunManifest.Input(
                files,
                end().rows(),
                accepted,
                rejected,
                duplicate,
                end().timeStepsBack(),
                end().openingOrders() == 0 ? null : end().openingOrders());
    }

    long trades() {
        return books.values().stream().mapToLong(BookSummary::tradeCount).sum();
    }

    Map<String, Decimal> volume() {
        Map<String, Decimal> volume = new TreeMap<>(Utf8Order.INSTANCE);
        books.forEach((instrument, book) -> volume.put(instrument, book.volume()));
        return volume;
    }

    Map<String, Decimal> realizedByCurrency() {
        return byCurrency(realizedByInstrument);
    }

    Map<String, Decimal> feesByCurrency() {
        return byCurrency(feesByInstrument);
    }

    private Map<String, Decimal> byCurrency(Map<String, Decimal> byInstrument) {
        Map<String, Decimal> sums = new TreeMap<>(Utf8Order.INSTANCE);
        byInstrument.forEach(
                (instrument, amount) -> sums.merge(instruments.get(instrument).currency(), amount, Decimal::plus));
        return sums;
    }

    /** Smallest time of a command, {@code null} for an empty run. */
    @Nullable
    Long firstTime() {
        return books.values().stream()
                .map(BookSummary::firstTime)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    /** Largest time of a command, {@code null} for an empty run. */
    @Nullable
    Long lastTime() {
        return books.values().stream()
                .map(BookSummary::lastTime)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    /** Up to where each instrument is stored: to its end. */
    List<Progress> progress() {
        return books.values().stream()
                .map(book -> new Progress(book.instrument(), book.sequence(), book.tradeCount(), 0))
                .toList();
    }

    List<InstrumentFigures> byInstrument() {
        List<InstrumentFigures> figures = new ArrayList<>();
        for (BookSummary book : books.values()) {
            LedgerSummary ledger = ledgers.get(book.instrument());
            if (ledger == null) {
                throw new IllegalStateException(book.instrument() + ": the ledger gave no account of the run");
            }
            figures.add(new InstrumentFigures(
                    book.instrument(),
                    instruments.get(book.instrument()).currency(),
                    book.acceptedRows() + ledger.acceptedRows(),
                    book.rejectedRows() + ledger.rejectedRows(),
                    book.duplicateRows() + ledger.duplicateRows(),
                    book.tradeCount(),
                    ledger.acceptedRows(),
                    book.volume(),
                    book.lastPrice(),
                    realizedByInstrument.getOrDefault(book.instrument(), Decimal.ZERO),
                    feesByInstrument.getOrDefault(book.instrument(), Decimal.ZERO),
                    book.leftInCall(),
                    book.crossed(),
                    book.queueFaults()));
        }
        return figures;
    }
}
