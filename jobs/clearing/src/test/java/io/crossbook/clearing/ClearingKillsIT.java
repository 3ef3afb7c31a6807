package io.crossbook.clearing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A clearing as a process of its own, killed wherever it can be: started again, it ends with the files and rows of one that
 * was left alone. Each kill happens at a barrier in the database, so that it is always the same one.
 */
class ClearingKillsIT {
    /**
     * A step of the job.
     *
     * @param lock what it comes to stand at
     * @param leaves the table that it fills, if it fills one alone
     */
    private record Step(String name, String lock, Optional<String> leaves) {
        private static Step filling(String name, String table) {
            return new Step(name, "LOCK TABLE " + table + " IN SHARE MODE", Optional.of(table));
        }

        private static Step of(String name, String lock) {
            return new Step(name, lock, Optional.empty());
        }
    }

    private static final List<Step> STEPS = List.of(
            Step.filling("freeze", "clearing_instruments"),
            Step.filling("novate", "clearing_legs"),
            Step.filling("settle", "settlement_prices"),
            Step.filling("net", "clearing_positions"),
            Step.filling("lots", "clearing_lots"),
            Step.filling("margin", "margin_requirements"),
            Step.filling("fees", "clearing_fees"),
            // Behind the postings, in the same transaction.
            Step.filling("journal", "balances"),
            Step.of("gate", "LOCK TABLE clearing_checks IN SHARE MODE"),
            Step.of("reconcile", "LOCK TABLE realized_pnl IN ACCESS EXCLUSIVE MODE"),
            // The clearing that is replaced, which nothing but this step touches.
            Step.of("publish", "SELECT FROM clearing_runs WHERE clearing_no = 2 FOR NO KEY UPDATE"),
            Step.of("statements", "LOCK TABLE balances IN ACCESS EXCLUSIVE MODE"));

    /** Places to stand at that are no table: each is a lock by the hash of its name. */
    private static final String PLACES = """
            CREATE FUNCTION stand_at() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM pg_advisory_xact_lock_shared(hashtext(to_jsonb(NEW) ->> TG_ARGV[0]));
                RETURN NEW;
            END $$;
            CREATE TRIGGER stand_at BEFORE INSERT ON clearing_legs
                FOR EACH ROW EXECUTE FUNCTION stand_at('instrument');
            CREATE TRIGGER stand_at BEFORE UPDATE ON batch.batch_step_execution
                FOR EACH ROW WHEN (NEW.status = 'COMPLETED') EXECUTE FUNCTION stand_at('step_name');
            CREATE TRIGGER stand_at BEFORE UPDATE ON batch.batch_job_execution
                FOR EACH ROW WHEN (NEW.status = 'COMPLETED') EXECUTE FUNCTION stand_at('status');
            CREATE TRIGGER stand_at_end BEFORE UPDATE ON clearing_runs
                FOR EACH ROW WHEN (NEW.state = 'COMPLETED') EXECUTE FUNCTION stand_at('hash')""";

    private static final List<String> TABLES = List.of(
            "clearing_instruments",
            "trade_corrections",
            "clearing_corrections",
            "clearing_legs",
            "settlement_prices",
            "clearing_positions",
            "clearing_pnl",
            "variation_margins",
            "obligations",
            "deliveries",
            "clearing_lots",
            "clearing_fees",
            "margin_requirements",
            "journal",
            "balances",
            "clearing_checks",
            "clearing_breaks");

    private static Path folder;
    private static ClearingDatabase before;
    private static TwoDays days;
    private static Path unbroken;
    private static Map<String, List<String>> unbrokenRows;
    private static String unbrokenHash;

    @BeforeAll
    static void clearWithoutInterruption() throws Exception {
        folder = TwoDays.newFolder("kills");
        before = ClearingDatabase.create("before_kills");
        days = TwoDays.cleared(before, folder);
        unbroken = folder.resolve("unbroken");
        try (ClearingDatabase database = before.copy("unbroken")) {
            TwoDays.clear(days.again(database, unbroken));
            unbrokenRows = rows(database);
            unbrokenHash = database.ask("SELECT hash FROM clearing_runs WHERE clearing_no = 3")
                    .get(0);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        before.close();
    }

    @Test
    void killedInEveryStepItEndsAsIfNothingHadHappened() throws Exception {
        Path out = folder.resolve("killed");
        try (ClearingDatabase database = watched("killed")) {
            ClearingSettings settings = days.again(database, out);
            for (Step step : STEPS) {
                try (Barrier barrier = Barrier.at(database, step.lock())) {
                    killAt(barrier, settings, step.name());
                    assertThat(database.ask("SELECT step, state FROM clearing_runs WHERE clearing_no = 3"))
                            .containsExactly(step.name() + "|RUNNING");
                }
                if (step.name().equals("novate")) {
                    killBetweenChunks(database, settings);
                    killBehindCommit(database, settings, step);
                }
                if (step.name().equals("journal")) {
                    killBehindCommit(database, settings, step);
                }
            }
            endsAsUnbroken(database, settings);
        }
    }

    @Test
    @Tag("long")
    void killedBehindEveryCommitItEndsAsIfNothingHadHappened() throws Exception {
        Path out = folder.resolve("killed-behind");
        try (ClearingDatabase database = watched("killed_behind")) {
            ClearingSettings settings = days.again(database, out);
            killBeforeTheFirstStep(database, settings);
            for (Step step : STEPS) {
                killBehindCommit(database, settings, step);
            }
            killBehindTheLastStep(database, settings);
            endsAsUnbroken(database, settings);
        }
    }

    /** The clearing is open, and the job is not known yet. */
    private static void killBeforeTheFirstStep(ClearingDatabase database, ClearingSettings settings) throws Exception {
        try (Barrier barrier = Barrier.at(database, "LOCK TABLE batch.batch_job_instance IN SHARE MODE")) {
            killAt(barrier, settings, "opened");
            assertThat(database.ask("SELECT step, state FROM clearing_runs WHERE clearing_no = 3"))
                    .containsExactly("|RUNNING");
        }
    }

    /** Ten instruments are done and committed, the others are not. */
    private static void killBetweenChunks(ClearingDatabase database, ClearingSettings settings) throws Exception {
        try (Barrier barrier = Barrier.at(database, place("M10"))) {
            killAt(barrier, settings, "second-chunk");
            assertThat(database.ask("SELECT count(DISTINCT instrument) FROM clearing_legs WHERE clearing_no = 3"))
                    .containsExactly("10");
        }
    }

    /** What the step did is there, but not that it was done. */
    private static void killBehindCommit(ClearingDatabase database, ClearingSettings settings, Step step)
            throws Exception {
        try (Barrier barrier = Barrier.at(database, place(step.name()))) {
            killAt(barrier, settings, step.name() + "-committed");
            assertThat(database.ask("SELECT status FROM batch.batch_step_execution WHERE step_name = '" + step.name()
                            + "' AND job_execution_id = (SELECT max(job_execution_id) FROM batch.batch_job_execution)"))
                    .containsExactly("STARTED");
            if (step.leaves().isPresent()) {
                String table = step.leaves().get();
                assertThat(rows(database, table)).isEqualTo(unbrokenRows.get(table));
            }
            switch (step.name()) {
                case "journal" -> assertThat(rows(database, "journal")).isEqualTo(unbrokenRows.get("journal"));
                case "publish" ->
                    assertThat(database.ask("SELECT clearing_no FROM clearing_runs WHERE official"))
                            .containsExactlyInAnyOrder("1", "3");
                case "statements" -> assertThat(files(Path.of(settings.out()))).isEqualTo(files(unbroken));
                default -> {}
            }
        }
    }

    /** All steps are done; first the job does not say so, then the clearing does not. */
    private static void killBehindTheLastStep(ClearingDatabase database, ClearingSettings settings) throws Exception {
        try (Barrier barrier = Barrier.at(database, place("COMPLETED"))) {
            killAt(barrier, settings, "job-done");
        }
        try (Barrier barrier = Barrier.at(database, place(unbrokenHash))) {
            killAt(barrier, settings, "clearing-done");
            assertThat(database.ask("SELECT state, official FROM clearing_runs WHERE clearing_no = 3"))
                    .containsExactly("RUNNING|t");
        }
    }

    @Test
    void whatWasCutOffIsFinishedAsItWasToldAndNotOtherwise() throws Exception {
        Path out = folder.resolve("cut-off");
        try (ClearingDatabase database = watched("cut_off")) {
            try (Barrier barrier = Barrier.at(database, "LOCK TABLE clearing_positions IN SHARE MODE")) {
                Process process = start(days.again(database, out), "cut-off");
                barrier.awaitVictim(process);
                assertThatExceptionOfType(RefusedException.class)
                        .isThrownBy(() -> TwoDays.clear(days.again(database, out)))
                        .withMessage("run week is being cleared for 2025-03-04 by another process, which is at the step"
                                + " \"net\". Wait for it, or stop it");
                barrier.kill(process);
            }
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> TwoDays.clear(days.againUncorrected(database, out)))
                    .withMessage("a clearing of 2025-03-04 was cut off that was told other things. Finish that first:"
                            + " ./crossbook clear recover --run week");
            assertThat(TwoDays.clear(days.recover(database, out)))
                    .startsWith(
                            "clear: going on with number 2 of 2025-03-04 of run week, which was cut off at the step \"net\"\n");
            isAsUnbroken(database, out.resolve("week/2025-03-04-2"));
        }
    }

    @Test
    void eachChainThatWasCutOffIsFinishedAndHoldsUpNoTry() throws Exception {
        Path out = folder.resolve("chains");
        try (ClearingDatabase database = watched("chains")) {
            TwoDays others = TwoDays.traded(database, "other", folder.resolve("other"));
            try (Barrier barrier = Barrier.at(database, "LOCK TABLE clearing_positions IN SHARE MODE")) {
                killAt(barrier, days.again(database, out), "chain-week");
                killAt(barrier, others.monday(database, out), "chain-other");
            }
            TwoDays.clear(days.whatIf(database, out));
            try (Barrier barrier = Barrier.at(database, "LOCK TABLE margin_requirements IN SHARE MODE")) {
                killAt(barrier, days.whatIf(database, out), "chain-try");
            }
            String runs =
                    "SELECT run_id, business_date, run_no, what_if, state, official FROM clearing_runs WHERE clearing_no > 2"
                            + " ORDER BY clearing_no";
            assertThat(database.ask(runs))
                    .containsExactly(
                            "week|2025-03-04|2|f|RUNNING|f",
                            "other|2025-03-03|1|f|RUNNING|f",
                            "week|2025-03-04|1|t|COMPLETED|f",
                            "week|2025-03-04|2|t|RUNNING|f");

            assertThat(TwoDays.clear(days.recover(database, out)).lines().filter(line -> line.contains("going on")))
                    .containsExactly(
                            "clear: going on with number 2 of 2025-03-04 of run week, which was cut off at the step \"net\"",
                            "clear: going on with number 1 of 2025-03-03 of run other, which was cut off at the step"
                                    + " \"net\"",
                            "clear: going on with what-if 2 of 2025-03-04 of run week, which was cut off at the step"
                                    + " \"margin\"");
            assertThat(database.ask(runs))
                    .containsExactly(
                            "week|2025-03-04|2|f|COMPLETED|t",
                            "other|2025-03-03|1|f|COMPLETED|t",
                            "week|2025-03-04|1|t|COMPLETED|f",
                            "week|2025-03-04|2|t|COMPLETED|f");
            assertThat(files(out.resolve("week/2025-03-04-2"))).isEqualTo(files(unbroken));
            assertThat(journal(out, "other/2025-03-03-1")).isEqualTo(journal(folder, "monday"));
            assertThat(journal(out, "week/what-if-2025-03-04-2")).isEqualTo(journal(folder, "tuesday"));
        }
    }

    private static String journal(Path root, String clearing) throws IOException {
        return files(root.resolve(clearing)).get("journal.csv");
    }

    @Test
    void anErrorThatNobodyExpectedIsNotTheEnd() throws Exception {
        Path out = folder.resolve("no-folder/out");
        Files.writeString(out.getParent(), "a file where a folder is to be");
        try (ClearingDatabase database = before.copy("no_folder")) {
            ClearingSettings settings = days.again(database, out);
            Path elsewhere = folder.resolve("elsewhere");
            assertThatExceptionOfType(Exception.class).isThrownBy(() -> TwoDays.clear(settings));
            assertThat(database.ask("SELECT state, step FROM clearing_runs WHERE clearing_no = 3"))
                    .containsExactly("RUNNING|statements");
            TwoDays.clear(days.again(database, elsewhere));
            isAsUnbroken(database, elsewhere);
        }
    }

    /** A copy with places to stand at, whose server looks every moment whether its clients live. */
    private static ClearingDatabase watched(String name) throws Exception {
        ClearingDatabase database = before.copy(name);
        database.execute(PLACES);
        database.execute("ALTER DATABASE " + name + " SET client_connection_check_interval = '50ms'");
        return database;
    }

    private static String place(String name) {
        return "SELECT pg_advisory_xact_lock(hashtext('" + name + "'))";
    }

    private static void killAt(Barrier barrier, ClearingSettings settings, String name) throws Exception {
        Process process = start(settings, name);
        try {
            barrier.awaitVictim(process);
        } catch (AssertionError notThere) {
            throw new AssertionError(name + ": " + notThere.getMessage() + '\n' + said(name), notThere);
        } finally {
            barrier.kill(process);
        }
    }

    /** The program as the command starts it, with its standard input held open. */
    private static Process start(ClearingSettings settings, String name) throws IOException {
        Path file = folder.resolve(name + ".settings.json");
        Files.writeString(
                file,
                JsonMapper.builder()
                        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                        .build()
                        .writeValueAsString(settings));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ClearingMain.class.getName(),
                        file.toString())
                .redirectOutput(folder.resolve(name + ".out").toFile())
                .redirectError(folder.resolve(name + ".err").toFile())
                .start();
    }

    private static String said(String name) throws IOException {
        return Files.readString(folder.resolve(name + ".err"));
    }

    private static void endsAsUnbroken(ClearingDatabase database, ClearingSettings settings) throws Exception {
        assertThat(start(settings, "end").waitFor()).as(said("end")).isZero();
        isAsUnbroken(database, Path.of(settings.out()));
    }

    private static void isAsUnbroken(ClearingDatabase database, Path out) throws Exception {
        assertThat(files(out)).isEqualTo(files(unbroken));
        assertThat(rows(database)).isEqualTo(unbrokenRows);
        assertThat(database.ask("SELECT clearing_no, state, official FROM clearing_runs ORDER BY clearing_no"))
                .containsExactly("1|COMPLETED|t", "2|COMPLETED|f", "3|COMPLETED|t");
    }

    /** By name; each byte is a character. */
    private static Map<String, String> files(Path out) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(out)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(out.relativize(file).toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        assertThat(files).containsKeys("manifest.json", "journal.csv", "members/A/statement.html");
        return files;
    }

    private static Map<String, List<String>> rows(ClearingDatabase database) throws Exception {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        for (String table : TABLES) {
            rows.put(table, rows(database, table));
        }
        return rows;
    }

    private static List<String> rows(ClearingDatabase database, String table) throws Exception {
        return database.ask("SELECT t FROM " + table + " t ORDER BY t::text COLLATE \"C\"");
    }
}
