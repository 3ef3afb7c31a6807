package io.crossbook.clearing;

import com.zaxxer.hikari.HikariDataSource;
import io.crossbook.store.clearing.ClearingRun;
import io.crossbook.store.clearing.ClearingRunTable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.configuration.support.MapJobRegistry;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.support.TaskExecutorJobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.JdbcJobRepositoryFactoryBean;
import org.springframework.core.task.SyncTaskExecutor;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** Runs the job of a clearing, from its beginning or from where it was cut off, and notes how it ended. */
final class BatchRunner {
    private static final int HEARTBEAT_SECONDS = 2;

    private final HikariDataSource database;
    private final ClearingSettings settings;
    private final PrintStream err;
    private final PlatformTransactionManager transactions;
    private final JobRepository repository;

    BatchRunner(HikariDataSource database, ClearingSettings settings, PrintStream err) {
        this.database = database;
        this.settings = settings;
        this.err = err;
        this.transactions = new JdbcTransactionManager(database);
        this.repository = repository(database, transactions);
    }

    private static JobRepository repository(HikariDataSource database, PlatformTransactionManager transactions) {
        try {
            JdbcJobRepositoryFactoryBean factory = new JdbcJobRepositoryFactoryBean();
            factory.setDataSource(database);
            factory.setTransactionManager(transactions);
            factory.setTablePrefix("batch.batch_");
            factory.afterPropertiesSet();
            return factory.getObject();
        } catch (Exception e) {
            throw new IllegalStateException("the job repository cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * Runs a clearing to its end.
     *
     * @throws RefusedException if it turns out that it cannot be
     * @throws GateException if the books do not balance
     */
    Manifest run(ClearingRun run) throws SQLException, IOException {
        Day day = new Day(run, Terms.read(ClearingInputs.fromJson(run.inputs())));
        StepProgress progress = new StepProgress(err, settings.terminal());
        err.println((run.whatIf() ? "clear: what if, " : "clear: ") + run.runId() + ' ' + run.businessDate() + ", run "
                + run.runNo());
        StatementStep statements = new StatementStep(folder(run));
        Job job = new ClearingJob(database, repository, transactions, day, progress).job(statements);
        Heartbeat heartbeat = new Heartbeat(run.clearingNo());
        try {
            JobExecution execution = launch(job, parameters(run));
            if (execution.getStatus() != BatchStatus.COMPLETED) {
                throw fail(run, execution);
            }
            // Written by a process before this one, they may lie elsewhere: it may have been told another folder.
            Manifest manifest =
                    statements.manifest().isPresent() ? statements.manifest().get() : restate(run, null);
            try (Connection connection = database.getConnection()) {
                ClearingRunTable.complete(
                        connection, run.clearingNo(), manifest.hash(), manifest.toJson(), WallClock.nanos());
            }
            return manifest;
        } finally {
            heartbeat.stop();
        }
    }

    private static JobParameters parameters(ClearingRun run) {
        return new JobParametersBuilder()
                .addString("run", run.runId())
                .addLocalDate("businessDate", run.businessDate())
                .addLong("runNo", (long) run.runNo())
                .addString("kind", run.whatIf() ? "WHAT_IF" : "CLEARING")
                .toJobParameters();
    }

    private JobExecution launch(Job job, JobParameters parameters) {
        try {
            TaskExecutorJobOperator operator = new TaskExecutorJobOperator();
            operator.setJobRepository(repository);
            operator.setTaskExecutor(new SyncTaskExecutor());
            MapJobRegistry jobs = new MapJobRegistry();
            // What is restarted is found by its name.
            jobs.register(job);
            operator.setJobRegistry(jobs);
            JobExecution last = repository.getLastJobExecution(ClearingJob.NAME, parameters);
            if (last == null) {
                return operator.start(job, parameters);
            }
            if (last.getStatus() == BatchStatus.COMPLETED) {
                // The process ended before it could say so of the clearing.
                return last;
            }
            return operator.restart(last.isRunning() ? operator.recover(last) : last);
        } catch (Exception e) {
            throw new IllegalStateException("the job cannot be run: " + e.getMessage(), e);
        }
    }

    /** What is refused or does not balance is over; after anything else the clearing can go on, as after a crash. */
    private RuntimeException fail(ClearingRun run, JobExecution execution) throws SQLException {
        Throwable cause = execution.getAllFailureExceptions().stream()
                .map(BatchRunner::known)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the job ended as " + execution.getStatus()));
        if (cause instanceof RefusedException || cause instanceof GateException) {
            try (Connection connection = database.getConnection()) {
                ClearingRunTable.fail(connection, run.clearingNo(), cause.getMessage(), WallClock.nanos());
            }
        }
        return cause instanceof RuntimeException plain ? plain : new IllegalStateException(cause.getMessage(), cause);
    }

    /** What we threw ourselves, however it was wrapped on its way. */
    private static Throwable known(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RefusedException || cause instanceof GateException) {
                return cause;
            }
        }
        return failure;
    }

    /**
     * Writes the files of a completed clearing again, or those of one member and leaves the others alone.
     *
     * @throws RefusedException if there is no such member
     */
    Manifest restate(ClearingRun run, @Nullable String member) throws SQLException, IOException {
        Day day = new Day(run, Terms.read(ClearingInputs.fromJson(run.inputs())));
        StatementStep statements = new StatementStep(folder(run));
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            if (member == null) {
                statements.clear(connection, day);
            } else if (!new MemberStatements(connection, day, folder(run).resolve("members")).write(member)) {
                throw new RefusedException("--member: \"" + member + "\" has no statement in the clearing of "
                        + run.businessDate() + " of run " + run.runId());
            }
            connection.rollback();
        }
        return member == null ? statements.manifest().orElseThrow() : Manifest.fromJson(run.summary());
    }

    /** Where the files of a clearing go. */
    Path folder(ClearingRun run) {
        @Nullable String named = settings.out();
        if (named != null && !settings.outHoldsSeveral()) {
            return Path.of(named);
        }
        return Path.of(
                named != null ? named : settings.outRoot(),
                run.runId(),
                (run.whatIf() ? "what-if-" : "") + run.businessDate() + "-" + run.runNo());
    }

    /** Lets who looks at the table see that the process lives. */
    private final class Heartbeat {
        private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread made = new Thread(work, "heartbeat");
            made.setDaemon(true);
            return made;
        });

        private Heartbeat(long clearingNo) {
            thread.scheduleWithFixedDelay(
                    () -> beat(clearingNo), HEARTBEAT_SECONDS, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
        }

        private void beat(long clearingNo) {
            try (Connection connection = database.getConnection()) {
                ClearingRunTable.heartbeat(connection, clearingNo, WallClock.nanos());
            } catch (SQLException missed) {
                // The step will notice itself if the database is gone.
            }
        }

        private void stop() {
            thread.shutdownNow();
        }
    }
}
