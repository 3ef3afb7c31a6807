package io.crossbook.api.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.crossbook.store.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is told again is what the database would tell. */
class KeptAnswersIT {
    private static EmbeddedPostgres postgres;
    private static HikariDataSource database;
    private static ExecutorService askers;

    private final AtomicInteger asked = new AtomicInteger();
    private KeptAnswers<String, Long> answers;

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.start(Path.of("target/kept-answers-it").toAbsolutePath(), 0);
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(postgres.jdbcUrl());
        pool.setUsername(postgres.user());
        pool.setPassword(postgres.password());
        database = new HikariDataSource(pool);
        askers = Executors.newFixedThreadPool(4);
    }

    @AfterAll
    static void stop() throws IOException {
        askers.shutdownNow();
        database.close();
        postgres.close();
    }

    @BeforeEach
    void begin() throws SQLException {
        write("DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT 1::bigint AS value");
        answers = new KeptAnswers<>(new Store(database), askers, 100, (key, value) -> 1);
    }

    private static void write(String statement) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement one = connection.createStatement()) {
            one.execute(statement);
        }
    }

    private long value() throws SQLException {
        return value(this::read);
    }

    private long value(Store.Question<Long> question) throws SQLException {
        try {
            return answers.ask("value", question).join();
        } catch (CompletionException failed) {
            throw (SQLException) failed.getCause();
        }
    }

    private long read(Connection connection) throws SQLException {
        asked.incrementAndGet();
        try (Statement one = connection.createStatement();
                ResultSet row = one.executeQuery("SELECT value FROM kept")) {
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    void whatDidNotChangeIsAskedOnce() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(value()).isEqualTo(1);
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void whatIsCommittedIsTold() throws Exception {
        assertThat(value()).isEqualTo(1);
        write("UPDATE kept SET value = 2");
        assertThat(value()).isEqualTo(2);
    }

    @Test
    void whatIsUnderWayIsToldOnceItIsCommitted() throws Exception {
        try (Connection other = database.getConnection();
                Statement one = other.createStatement()) {
            other.setAutoCommit(false);
            one.execute("UPDATE kept SET value = 2");
            assertThat(value()).isEqualTo(1);
            // A later transaction ends first.
            write("CREATE TABLE IF NOT EXISTS other AS SELECT 1");
            assertThat(value()).isEqualTo(1);
            other.commit();
            other.setAutoCommit(true);
            assertThat(value()).isEqualTo(2);
        }
    }

    @Test
    void anAnswerThatWasOvertakenIsNotKept() throws Exception {
        long overtaken = value(connection -> {
            long before = read(connection);
            write("UPDATE kept SET value = 2");
            return before;
        });
        assertThat(overtaken).isEqualTo(1);
        assertThat(value()).isEqualTo(2);
    }

    @Test
    void whatFailsForOneFailsForAllWhoWaitAndForNobodyAfterwards() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        HikariConfig small = new HikariConfig();
        database.copyStateTo(small);
        small.setMaximumPoolSize(1);
        small.setConnectionTimeout(250);
        try (HikariDataSource only = new HikariDataSource(small)) {
            answers = new KeptAnswers<>(new Store(only), askers, 100, (key, value) -> 1);
            List<Future<Long>> all = new ArrayList<>();
            try (Connection taken = only.getConnection()) {
                assertThat(taken.isValid(1)).isTrue();
                for (int i = 0; i < 8; i++) {
                    all.add(threads.submit(() -> value()));
                }
                for (Future<Long> asker : all) {
                    assertThatThrownBy(asker::get).hasCauseInstanceOf(SQLException.class);
                }
            }
            assertThat(value()).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void nobodyIsToldLessThanWasCommittedBeforeHeAsked() throws Exception {
        AtomicLong committed = new AtomicLong(1);
        int writes = 1_000;
        ExecutorService threads = Executors.newFixedThreadPool(5);
        try {
            List<Future<Integer>> readers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                readers.add(threads.submit(() -> readUntil(writes, committed)));
            }
            Callable<Void> writer = () -> {
                for (long next = 2; next <= writes; next++) {
                    write("UPDATE kept SET value = " + next);
                    committed.set(next);
                }
                return null;
            };
            threads.submit(writer).get();
            int told = 0;
            for (Future<Integer> reader : readers) {
                told += reader.get();
            }
            assertThat(told).isGreaterThan(asked.get());
        } finally {
            threads.shutdownNow();
        }
    }

    private int readUntil(long last, AtomicLong committed) throws SQLException {
        int told = 0;
        long value = 0;
        while (value < last) {
            long atLeast = committed.get();
            value = value();
            told++;
            assertThat(value).isGreaterThanOrEqualTo(atLeast);
        }
        return told;
    }
}
