package io.crossbook.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import io.crossbook.model.Instruments;
import io.crossbook.model.MarketEvent;
import io.crossbook.model.MarketInput;
import io.crossbook.model.Side;
import io.crossbook.model.Timestamps;
import io.crossbook.replay.input.InstrumentsFile;
import io.crossbook.store.embedded.EmbeddedPostgres;
import io.crossbook.store.queries.BookQuery;
import io.crossbook.store.queries.StoredBook;
import io.crossbook.store.queries.StoredLevel;
import io.crossbook.store.rows.BookDeltaRow;
import io.crossbook.testkit.ReferenceBook;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The book of any moment, as Postgres has it, against one pass of the slow twin and against runs that end at that moment. */
@Tag("long")
class BookHistoryIT {
    private static final long SEED = Long.getLong("crossbook.seed", 20240304);
    private static final int TIMES = 1_000;
    private static final int RUNS = 10;
    /** With the opening auction, and long enough for books to have filled. */
    private static final long END =
            Instant.parse("2024-03-04T10:30:00Z").getEpochSecond() * Timestamps.NANOS_PER_SECOND;

    @TempDir
    private Path home;

    /** A book after a command that changed it, as lines of {@code book.csv}. */
    private record Moment(long time, List<String> book) {}

    @Test
    void aThousandRandomTimesOfTheDemoMorning() throws Exception {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(home.resolve("data"), 0)) {
            DatabaseLogin login = new DatabaseLogin(postgres.jdbcUrl(), postgres.user(), postgres.password());
            BacktestSettings settings = Runs.with(Runs.stored(new Runs(home).demo("history"), postgres), all -> {
                all.put("book_history", true);
                all.put("to", END);
            });
            Runs.Outcome run = Runs.run(settings, login);
            assertThat(run.exitCode()).as(run.said()).isZero();
            Map<String, List<Moment>> passes = onePass(settings);
            List<String> instruments = List.copyOf(passes.keySet());
            try (Connection connection = login.connect()) {
                for (int i = 0; i < TIMES; i++) {
                    String instrument = instruments.get(random.nextInt(instruments.size()));
                    List<Moment> pass = passes.get(instrument);
                    long at = random.nextLong(
                            pass.get(0).time() - 1, pass.get(pass.size() - 1).time() + 2);
                    String where = "seed %d, %s at %d".formatted(SEED, instrument, at);
                    StoredBook book = BookQuery.asOf(connection, "history", instrument, at)
                            .orElseThrow();
                    assertThat(lines(book)).as(where).isEqualTo(at(pass, at));
                    if (i < RUNS) {
                        assertThat(lines(book)).as(where).isEqualTo(bookOfARunUntil(at, instrument, "until-" + i));
                    }
                }
            }
        }
    }

    private static List<String> lines(StoredBook book) {
        List<String> lines = new ArrayList<>();
        for (List<StoredLevel> side : List.of(book.bids(), book.asks())) {
            for (int i = 0; i < side.size(); i++) {
                StoredLevel level = side.get(i);
                lines.add(line(
                        book.instrument(),
                        level.side(),
                        i + 1,
                        level.price(),
                        level.quantity(),
                        level.hiddenQuantity(),
                        level.orders()));
            }
        }
        return lines;
    }

    private static String line(
            String instrument,
            String side,
            int level,
            Decimal price,
            Decimal quantity,
            Decimal hiddenQuantity,
            int orders) {
        return Stream.of(instrument, side, level, price, quantity, hiddenQuantity, orders)
                .map(Object::toString)
                .reduce((left, right) -> left + ',' + right)
                .orElseThrow();
    }

    private List<String> bookOfARunUntil(long at, String instrument, String runId) throws Exception {
        Runs.Outcome run = Runs.run(Runs.with(new Runs(home).demo(runId), all -> all.put("to", at)));
        assertThat(run.exitCode()).as(run.said()).isZero();
        return run.lines("book.csv").stream()
                .filter(line -> line.startsWith(instrument + ','))
                .toList();
    }

    /** What stood there before the first change that was later. */
    private static List<String> at(List<Moment> pass, long at) {
        List<String> book = List.of();
        for (Moment moment : pass) {
            if (moment.time() > at) {
                return book;
            }
            book = moment.book();
        }
        return book;
    }

    private static Map<String, List<Moment>> onePass(BacktestSettings settings) throws Exception {
        Instruments described = InstrumentsFile.read(Path.of(settings.instruments()));
        Map<String, List<Moment>> passes = new TreeMap<>();
        for (Map.Entry<String, List<MarketInput>> stream :
                Runs.commands(settings).entrySet()) {
            Instrument instrument = described.get(stream.getKey());
            ReferenceBook book = new ReferenceBook(instrument, false, true, 0, true);
            Map<Side, TreeMap<Decimal, BookDeltaRow>> sides = new HashMap<>();
            sides.put(Side.BUY, new TreeMap<>(Comparator.reverseOrder()));
            sides.put(Side.SELL, new TreeMap<>());
            List<Moment> pass = new ArrayList<>();
            for (MarketInput command : stream.getValue()) {
                book.apply(command, event -> {
                    if (event instanceof MarketEvent.BookDelta delta) {
                        for (BookDeltaRow level : BookDeltaRow.of(delta, instrument)) {
                            if (level.orders() == 0) {
                                sides.get(level.side()).remove(level.price());
                            } else {
                                sides.get(level.side()).put(level.price(), level);
                            }
                        }
                        pass.add(new Moment(delta.transactTime(), lines(sides)));
                    }
                });
            }
            if (!pass.isEmpty()) {
                passes.put(stream.getKey(), pass);
            }
        }
        return passes;
    }

    private static List<String> lines(Map<Side, TreeMap<Decimal, BookDeltaRow>> sides) {
        List<String> lines = new ArrayList<>();
        for (Side side : List.of(Side.BUY, Side.SELL)) {
            int level = 0;
            for (BookDeltaRow row : sides.get(side).values()) {
                lines.add(line(
                        row.instrument(),
                        row.side().name(),
                        ++level,
                        row.price(),
                        row.quantity(),
                        row.hiddenQuantity(),
                        row.orders()));
            }
        }
        return lines;
    }
}
