package io.crossbook.clearing;

import io.crossbook.store.clearing.ClearedInstrument;
import io.crossbook.store.clearing.ClearedInstrumentTable;
import io.crossbook.store.clearing.ClearingRunTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.item.support.AbstractItemCountingItemStreamItemReader;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The clearing day as a list of steps. Each commits what it has done with the job's own account of it; a step that was cut
 * off is done again from the instrument where it stopped, and leaves what it would have left.
 */
final class ClearingJob {
    static final String NAME = "eod";

    /** Instruments of one transaction: few enough to lose little, enough that the job's account of them costs little. */
    private static final int CHUNK = 10;

    private final DataSource database;
    private final JobRepository repository;
    private final PlatformTransactionManager transactions;
    private final Day day;
    private final StepProgress progress;

    ClearingJob(
            DataSource database,
            JobRepository repository,
            PlatformTransactionManager transactions,
            Day day,
            StepProgress progress) {
        this.database = database;
        this.repository = repository;
        this.transactions = transactions;
        this.day = day;
        this.progress = progress;
    }

    Job job(DayStep statements) {
        return new JobBuilder(NAME, repository)
                .start(whole("freeze", new FreezeStep()))
                .next(each("novate", ClearedInstrumentTable::busy, new NovationStep()))
                .next(each("settle", ClearedInstrumentTable::list, new PriceStep()))
                .next(each("net", ClearedInstrumentTable::busy, new NetStep()))
                .next(each("lots", ClearedInstrumentTable::busy, new LotStep()))
                .next(whole("margin", new MarginStep()))
                .next(whole("fees", new FeeStep()))
                .next(whole("journal", new JournalStep()))
                .next(proof("gate", GateStep.invariants()))
                .next(proof("reconcile", new ReconcileStep(database)))
                .next(whole("publish", new PublishStep()))
                .next(whole("statements", statements))
                .build();
    }

    private Step whole(String name, DayStep step) {
        return tasklet(name, (contribution, context) -> {
            step.clear(connection(), day);
            return RepeatStatus.FINISHED;
        });
    }

    /** What breaks an invariant is committed before the step fails of it. */
    private Step proof(String name, DayStep step) {
        boolean[] made = {false};
        return tasklet(name, (contribution, context) -> {
            if (!made[0]) {
                step.clear(connection(), day);
                made[0] = true;
                return RepeatStatus.CONTINUABLE;
            }
            GateStep.require(connection(), day);
            return RepeatStatus.FINISHED;
        });
    }

    private Step tasklet(String name, Tasklet tasklet) {
        return new StepBuilder(name, repository)
                .tasklet(tasklet, transactions)
                .listener(new Follow())
                .build();
    }

    private Step each(String name, InstrumentQuery instruments, InstrumentStep step) {
        return new StepBuilder(name, repository)
                .<ClearedInstrument, ClearedInstrument>chunk(CHUNK)
                .transactionManager(transactions)
                .reader(new InstrumentReader(name, instruments))
                .writer(chunk -> {
                    for (ClearedInstrument instrument : chunk) {
                        step.clear(connection(), day, instrument);
                        progress.done(1);
                    }
                })
                .listener(new Follow())
                .build();
    }

    /** The connection of the step's transaction. */
    private Connection connection() {
        return DataSourceUtils.getConnection(database);
    }

    /** Which instruments of a clearing a step is about, the same whenever it is asked once they are frozen. */
    private interface InstrumentQuery {
        List<ClearedInstrument> of(Connection connection, long clearingNo) throws SQLException;
    }

    /** The instruments of the clearing by symbol; where it is, is kept with each commit. */
    private final class InstrumentReader extends AbstractItemCountingItemStreamItemReader<ClearedInstrument> {
        private final InstrumentQuery query;
        private Iterator<ClearedInstrument> instruments = Collections.emptyIterator();

        private InstrumentReader(String step, InstrumentQuery query) {
            setName(step);
            this.query = query;
        }

        @Override
        protected void doOpen() throws SQLException {
            try (Connection connection = database.getConnection()) {
                List<ClearedInstrument> all = query.of(connection, day.clearingNo());
                progress.total(all.size());
                instruments = all.iterator();
            }
        }

        @Override
        protected ClearedInstrument doRead() {
            return instruments.hasNext() ? instruments.next() : null;
        }

        @Override
        protected void doClose() {
            instruments = Collections.emptyIterator();
        }
    }

    /** Says which step is under way, to who looks at the screen and to who looks at the table. */
    private final class Follow implements StepExecutionListener {
        @Override
        public void beforeStep(StepExecution execution) {
            progress.begin(execution.getStepName());
            try (Connection connection = database.getConnection()) {
                ClearingRunTable.beginStep(connection, day.clearingNo(), execution.getStepName(), WallClock.nanos());
            } catch (SQLException unreachable) {
                throw new IllegalStateException(
                        "the database does not answer: " + unreachable.getMessage(), unreachable);
            }
        }

        @Override
        public ExitStatus afterStep(StepExecution execution) {
            progress.end(execution.getStatus().isUnsuccessful());
            return execution.getExitStatus();
        }
    }
}
