package io.crossbook.clearing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.zaxxer.hikari.HikariDataSource;
import io.crossbook.clearing.ClearingSettings.Action;
import io.crossbook.store.clearing.ClearedInstrumentTable;
import io.crossbook.store.clearing.ClearingRun;
import io.crossbook.store.clearing.ClearingRunTable;
import io.crossbook.store.clearing.ClearingRunTable.NewClearing;
import io.crossbook.store.clearing.TradingRuns;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Clears dates of a trading run: opens a clearing or takes up one that was cut off, runs the job, and says what came of it.
 * Whoever clears a chain holds its lock in the database for as long as the process lives.
 */
final class Clearing {
    /** Names in one message. */
    private static final int MOST_TOLD = 5;

    private final ClearingSettings settings;
    private final PrintStream err;
    private @Nullable Terms terms;
    private final List<Done> done = new ArrayList<>();

    /** A clearing that was made, and where its files are. */
    private record Done(Manifest manifest, Path folder) {}

    Clearing(ClearingSettings settings, PrintStream err) {
        this.settings = settings;
        this.err = err;
    }

    /** @throws RefusedException if it cannot be; {@link GateException} if the books do not balance */
    void run() throws SQLException, IOException {
        if (settings.action() == Action.CLEAR || settings.action() == Action.WHAT_IF) {
            terms();
        }
        requireRoom();
        try (HikariDataSource database = Connections.open(settings.database());
                Connection connection = database.getConnection()) {
            BatchRunner runner = new BatchRunner(database, settings, err);
            try {
                if (settings.action() == Action.RECOVER) {
                    recover(connection, runner);
                } else {
                    act(connection, runner, chain(connection));
                }
            } finally {
                write();
            }
        }
    }

    /** A folder is written anew as a whole, so one with other things in it is left alone. */
    private void requireRoom() throws IOException {
        if (settings.out() == null || settings.outHoldsSeveral() || settings.member() != null) {
            return;
        }
        Path out = Path.of(settings.out());
        boolean clearing = Files.exists(out.resolve("manifest.json")) && Files.exists(out.resolve("positions.csv"));
        if (Files.exists(out) && !clearing && !isEmptyFolder(out)) {
            throw new RefusedException(
                    "--out: " + out + " must be a new or empty folder or that of a clearing, which is"
                            + " written anew; this one holds other things. Choose another");
        }
    }

    private static boolean isEmptyFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.findAny().isEmpty();
        }
    }

    private void act(Connection connection, BatchRunner runner, String runId) throws SQLException, IOException {
        if (!ClearingRunTable.tryLock(connection, runId)) {
            throw new RefusedException(taken(connection, runId));
        }
        switch (settings.action()) {
            case CLEAR -> clear(connection, runner, runId);
            case WHAT_IF -> run(runner, open(connection, runId, businessDate(), terms(), true, null));
            case STATEMENTS -> restate(connection, runner, runId);
            case RECOVER -> throw new IllegalStateException("to recover is about all chains");
        }
    }

    private void clear(Connection connection, BatchRunner runner, String runId) throws SQLException, IOException {
        ClearingRun run = takeUpOrOpen(connection, runId, ClearingRunTable.running(connection, runId));
        run(runner, run);
        if (settings.cascade()) {
            cascade(connection, runner, run);
        }
    }

    private void run(BatchRunner runner, ClearingRun run) throws SQLException, IOException {
        done.add(new Done(runner.run(run), runner.folder(run)));
    }

    private LocalDate businessDate() {
        LocalDate date = settings.businessDate();
        if (date == null) {
            throw new RefusedException("no --date given");
        }
        return date;
    }

    /** The run that is named, or {@code live} if it has trades that day, or the newest that has. */
    private String chain(Connection connection) throws SQLException {
        if (settings.runId() != null) {
            requireRun(connection, settings.runId());
            return settings.runId();
        }
        Optional<String> found = settings.action() == Action.STATEMENTS
                ? ClearingRunTable.clearedOn(connection, businessDate())
                : Optional.empty();
        if (found.isEmpty()) {
            found = TradingRuns.tradedOn(connection, businessDate());
        }
        if (found.isEmpty()) {
            found = TradingRuns.newest(connection);
        }
        return found.orElseThrow(() ->
                new RefusedException("the database holds no run. Trade first, for example: ./crossbook backtest FILE"));
    }

    private static void requireRun(Connection connection, String runId) throws SQLException {
        if (!TradingRuns.exists(connection, runId)) {
            throw new RefusedException("no run \"" + runId + "\" in the database"
                    + TradingRuns.newest(connection)
                            .map(newest -> "; the newest is \"" + newest + '"')
                            .orElse("; it holds none. Trade first, for example: ./crossbook backtest FILE"));
        }
    }

    private static String taken(Connection connection, String runId) throws SQLException {
        return ClearingRunTable.running(connection, runId).stream()
                .findFirst()
                .map(run -> "run " + runId + " is being cleared for " + run.businessDate()
                        + " by another process, which is" + where(run) + ". Wait for it, or stop it")
                .orElse("run " + runId + " is being cleared by another process. Wait for it, or stop it");
    }

    /** Goes on with all that was cut off: of the run that was named, or of all. One that fails does not hold up the others. */
    private void recover(Connection connection, BatchRunner runner) throws SQLException, IOException {
        if (settings.runId() != null) {
            requireRun(connection, settings.runId());
        }
        RuntimeException failure = null;
        for (ClearingRun run : cutOff(connection)) {
            try {
                tellTakenUp(run);
                run(runner, run);
            } catch (RefusedException | GateException failed) {
                if (failure != null) {
                    err.println("clear: " + failure.getMessage());
                }
                failure = failed;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private List<ClearingRun> cutOff(Connection connection) throws SQLException {
        List<ClearingRun> cutOff = new ArrayList<>();
        List<ClearingRun> ofOtherDates = new ArrayList<>();
        Set<String> asked = new HashSet<>();
        Set<String> ours = new HashSet<>();
        for (ClearingRun run : ClearingRunTable.running(connection, settings.runId())) {
            if (asked.add(run.runId())) {
                if (ClearingRunTable.tryLock(connection, run.runId())) {
                    ours.add(run.runId());
                } else {
                    err.println("clear: " + taken(connection, run.runId()));
                }
            }
            if (ours.contains(run.runId())) {
                boolean wanted = settings.businessDate() == null
                        || settings.businessDate().equals(run.businessDate());
                (wanted ? cutOff : ofOtherDates).add(run);
            }
        }
        if (cutOff.isEmpty() && !ofOtherDates.isEmpty()) {
            ClearingRun other = ofOtherDates.get(0);
            throw new RefusedException("no clearing of " + businessDate() + " was cut off, but that of "
                    + other.businessDate() + " of run " + other.runId() + " was. Try: ./crossbook clear recover --run "
                    + other.runId());
        }
        if (cutOff.isEmpty()) {
            err.println("clear: nothing was cut off, so there is nothing to go on with");
        }
        return cutOff;
    }

    private void tellTakenUp(ClearingRun run) {
        err.println("clear: going on with " + (run.whatIf() ? "what-if " : "number ") + run.runNo() + " of "
                + run.businessDate() + " of run " + run.runId() + ", which was cut off" + where(run));
    }

    private static String where(ClearingRun run) {
        return run.step() == null ? " before its first step" : " at the step \"" + run.step() + '"';
    }

    private ClearingRun takeUpOrOpen(Connection connection, String runId, List<ClearingRun> cutOff)
            throws SQLException {
        Terms terms = terms();
        Optional<ClearingRun> same = cutOff.stream()
                .filter(run -> run.businessDate().equals(businessDate()) && !run.whatIf())
                .findFirst();
        if (same.isPresent()) {
            if (!same.get().inputs().equals(terms.inputs().toJson())) {
                throw new RefusedException(
                        "a clearing of " + businessDate() + " was cut off that was told other things."
                                + " Finish that first: ./crossbook clear recover --run " + runId);
            }
            tellTakenUp(same.get());
            return same.get();
        }
        cutOff.stream().filter(run -> !run.whatIf()).findFirst().ifPresent(other -> {
            throw new RefusedException("the clearing of " + other.businessDate() + " was cut off. Finish it first:"
                    + " ./crossbook clear recover --run " + runId);
        });
        return open(connection, runId, businessDate(), terms, false, settings.reason());
    }

    private Terms terms() {
        Terms known = terms;
        if (known == null) {
            known = Terms.read(InputFiles.read(settings));
            terms = known;
        }
        return known;
    }

    private ClearingRun open(
            Connection connection, String runId, LocalDate date, Terms terms, boolean whatIf, @Nullable String reason)
            throws SQLException {
        try {
            NewClearing opening = opening(connection, runId, date, terms, whatIf, reason);
            tellUnknown(connection, opening, terms);
            return ClearingRunTable.insert(connection, opening);
        } catch (IllegalArgumentException outsideOfCalendar) {
            throw new RefusedException(outsideOfCalendar.getMessage());
        }
    }

    /** A price of what nobody trades is kept, since it may be traded tomorrow; but it may be a slip of the pen. */
    private void tellUnknown(Connection connection, NewClearing opening, Terms terms) throws SQLException {
        TreeSet<String> unknown = new TreeSet<>(terms.manualPrices().keySet());
        long previous = opening.previousNo() == null ? 0 : opening.previousNo();
        ClearedInstrumentTable.symbols(connection, opening.runId(), previous).forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            String others = unknown.size() > MOST_TOLD ? " and " + (unknown.size() - MOST_TOLD) + " more" : "";
            err.println("clear: note: --settlement-file has prices of instruments that run " + opening.runId()
                    + " neither describes nor trades, and they are kept: "
                    + unknown.stream().limit(MOST_TOLD).collect(Collectors.joining(", ")) + others);
        }
    }

    private static NewClearing opening(
            Connection connection, String runId, LocalDate date, Terms terms, boolean whatIf, @Nullable String reason)
            throws SQLException {
        Chain chain = new Chain(runId, ClearingRunTable.official(connection, runId), terms.calendar());
        Optional<ClearingRun> superseded = chain.officialOn(date);
        if (superseded.isPresent() && !whatIf && reason == null) {
            throw new RefusedException(date + " of run " + runId + " is cleared (run "
                    + superseded.get().runNo() + "). To clear it again, say why: ./crossbook clear --date " + date
                    + " --run " + runId + " --reason TEXT" + (chain.hasLater(date) ? " --cascade" : ""));
        }
        Optional<ClearingRun> previous = chain.previousOf(date);
        return new NewClearing(
                runId,
                date,
                whatIf,
                reason,
                terms.inputs().toJson(),
                previous.map(ClearingRun::clearingNo).orElse(null),
                whatIf ? null : superseded.map(ClearingRun::clearingNo).orElse(null),
                WallClock.nanos());
    }

    /** Clears again what was cleared behind a date, in order, each day as it was told then. */
    private void cascade(Connection connection, BatchRunner runner, ClearingRun changed)
            throws SQLException, IOException {
        List<ClearingRun> later = ClearingRunTable.official(connection, changed.runId()).stream()
                .filter(run -> run.businessDate().isAfter(changed.businessDate()) && run.stale())
                .toList();
        for (ClearingRun stale : later) {
            ClearingRun again = open(
                    connection,
                    stale.runId(),
                    stale.businessDate(),
                    Terms.read(ClearingInputs.fromJson(stale.inputs())),
                    false,
                    "cleared again behind " + changed.businessDate() + ": " + changed.reason());
            run(runner, again);
        }
    }

    /** Writes the files of a finished clearing again. */
    private void restate(Connection connection, BatchRunner runner, String runId) throws SQLException, IOException {
        ClearingRun run = ClearingRunTable.official(connection, runId).stream()
                .filter(each -> each.businessDate().equals(businessDate()))
                .findFirst()
                .orElseThrow(() -> new RefusedException(businessDate() + " of run " + runId + " is not cleared. Try:"
                        + " ./crossbook clear --date " + businessDate() + " --run " + runId));
        if (run.state() != ClearingRun.State.COMPLETED) {
            throw new RefusedException("the clearing of " + run.businessDate() + " of run " + runId
                    + " is official, but was cut off while it wrote its files. Finish it:"
                    + " ./crossbook clear recover --run " + runId);
        }
        Path folder = runner.folder(run);
        Path written = settings.member() == null
                ? folder
                : folder.resolve("members").resolve(MemberStatements.folderOf(settings.member()));
        done.add(new Done(runner.restate(run, settings.member()), written));
    }

    private void write() throws IOException {
        ObjectNode result = Manifest.JSON.createObjectNode();
        ArrayNode clearings = result.putArray("clearings");
        done.forEach(each -> clearings
                .addObject()
                .put("folder", each.folder().toString())
                .set("manifest", each.manifest().toTree()));
        Files.writeString(Path.of(settings.result()), Manifest.JSON.writeValueAsString(result));
    }
}
