package io.crossbook.store.queries;

import static io.crossbook.store.StoredRows.execution;
import static io.crossbook.store.StoredRows.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.model.Decimal;
import io.crossbook.model.OrdStatus;
import io.crossbook.model.OrderType;
import io.crossbook.model.Reason;
import io.crossbook.model.Side;
import io.crossbook.model.TimeInForce;
import io.crossbook.store.RunWriter;
import io.crossbook.store.TestDatabase;
import io.crossbook.store.queries.OrderQuery.Filter;
import io.crossbook.store.rows.OrderRow;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Orders and their executions. */
class OrderQueriesIT {
    private static final String HOSTILE = "o'; DELETE FROM orders; --";
    private static final List<String> NAMES = List.of("A", "B", HOSTILE);

    private static TestDatabase database;
    private static Connection connection;

    @BeforeAll
    static void start() throws Exception {
        database = TestDatabase.create("order_queries");
        connection = database.connect();
    }

    @AfterAll
    static void stop() throws Exception {
        connection.close();
        database.close();
    }

    private static OrderRow order(
            String instrument, String orderId, long sequence, String client, OrdStatus status, long enteredAt) {
        boolean traded = status == OrdStatus.PARTIALLY_FILLED;
        return new OrderRow(
                instrument,
                orderId,
                sequence,
                client,
                Side.BUY,
                traded ? OrderType.LIMIT : OrderType.MARKET,
                TimeInForce.DAY,
                traded ? Decimal.parse("10.25") : null,
                Decimal.of(4),
                Decimal.of(traded ? 1 : 0),
                Decimal.of(traded ? 3 : 4),
                traded ? Decimal.parse("10.123456789012") : null,
                status,
                status == OrdStatus.REJECTED ? Reason.OFF_TICK : null,
                enteredAt,
                enteredAt + 1,
                sequence,
                0);
    }

    private static StoredOrder stored(OrderRow row) {
        return new StoredOrder(
                row.instrument(),
                row.orderId(),
                row.sequence(),
                row.clientId(),
                row.side().name(),
                row.type().name(),
                row.tif().name(),
                row.price(),
                row.quantity(),
                row.filledQuantity(),
                row.leavesQuantity(),
                row.averagePrice(),
                row.status().name(),
                row.reason() == null ? null : row.reason().name(),
                Instant.ofEpochSecond(0, row.enteredAt()),
                Instant.ofEpochSecond(0, row.updatedAt()));
    }

    private static void store(String runId, List<OrderRow> orders) throws Exception {
        try (RunWriter writer = database.openLive(runId)) {
            for (OrderRow row : orders) {
                writer.add(row);
            }
            writer.flush();
        }
    }

    @Test
    void meansTheLiveOrderOfAnIdElseTheOneEnteredLast() throws Exception {
        OrderRow live = order("A", "id", 1, "c", OrdStatus.PARTIALLY_FILLED, 1);
        OrderRow later = order("A", "id", 5, "c", OrdStatus.FILLED, 5);
        OrderRow elsewhere = order("B", "id", 2, "c", OrdStatus.CANCELLED, 9);
        OrderRow sameTime = order("B", "id", 3, "c", OrdStatus.REJECTED, 9);
        OrderRow liveToo = order(HOSTILE, "id", 3, "c", OrdStatus.OPEN, 0);
        OrderRow other = order("A", HOSTILE, 6, "c", OrdStatus.OPEN, 99);
        store("newest", List.of(live, later, elsewhere, sameTime, liveToo, other));

        assertThat(OrderQuery.newest(connection, "newest", "id", null)).contains(stored(live));
        assertThat(OrderQuery.newest(connection, "newest", "id", "A")).contains(stored(live));
        assertThat(OrderQuery.newest(connection, "newest", "id", "B")).contains(stored(sameTime));
        assertThat(OrderQuery.newest(connection, "newest", HOSTILE, null)).contains(stored(other));
        assertThat(OrderQuery.newest(connection, "newest", HOSTILE, "B")).isEmpty();
        assertThat(OrderQuery.newest(connection, "elsewhere", "id", null)).isEmpty();
        assertThat(OrderQuery.instrumentsWithLive(connection, "newest", "id")).containsExactly("A", HOSTILE);
        assertThat(OrderQuery.instrumentsWithLive(connection, "newest", "none")).isEmpty();
        assertThat(OrderQuery.enteredBy(connection, "newest", "B", 3)).contains(stored(sameTime));
        assertThat(OrderQuery.enteredBy(connection, "newest", "B", 1)).isEmpty();
    }

    @Test
    void pagesThroughOrdersWhateverIsAskedFor() throws Exception {
        List<OrderRow> orders = randomOrders(300, new Random(5));
        store("paged", orders);
        for (String client : Arrays.asList(null, "A", HOSTILE)) {
            for (String instrument : Arrays.asList(null, "B", HOSTILE)) {
                for (String status : Arrays.asList(null, "OPEN", "FILLED")) {
                    for (String orderId : Arrays.asList(null, "id1", HOSTILE)) {
                        pageThrough(orders, new Filter(client, instrument, status, orderId));
                    }
                }
            }
        }
    }

    private static void pageThrough(List<OrderRow> orders, Filter filter) throws Exception {
        List<StoredOrder> expected = orders.stream()
                .filter(row -> matches(filter.clientId(), row.clientId()))
                .filter(row -> matches(filter.instrument(), row.instrument()))
                .filter(row -> matches(filter.status(), row.status().name()))
                .filter(row -> matches(filter.orderId(), row.orderId()))
                .sorted(Comparator.comparing(OrderRow::enteredAt)
                        .thenComparing(OrderRow::instrument)
                        .thenComparing(OrderRow::sequence)
                        .reversed())
                .map(OrderQueriesIT::stored)
                .toList();
        for (int pageSize : new int[] {3, 1000}) {
            assertThat(Pages.all(
                            pageSize, (after, limit) -> OrderQuery.list(connection, "paged", filter, after, limit)))
                    .as("%s", filter)
                    .isEqualTo(expected);
        }
    }

    private static boolean matches(@Nullable String wanted, String found) {
        return wanted == null || wanted.equals(found);
    }

    private static List<OrderRow> randomOrders(int number, Random random) {
        List<String> ids = List.of("id1", "id2", HOSTILE);
        List<OrderRow> orders = new ArrayList<>();
        for (int i = 1; i <= number; i++) {
            orders.add(order(
                    NAMES.get(random.nextInt(3)),
                    ids.get(random.nextInt(3)),
                    i,
                    NAMES.get(random.nextInt(3)),
                    OrdStatus.values()[random.nextInt(6)],
                    i / 20 * 1_000));
        }
        return orders;
    }

    @Test
    void listsAnInstrumentAsItsOrdersCameWhereTimesStepBack() throws Exception {
        store(
                "stepping",
                List.of(
                        order("A", "x", 1, "c", OrdStatus.OPEN, 30),
                        order("A", "y", 2, "c", OrdStatus.OPEN, 10),
                        order("A", "z", 3, "c", OrdStatus.OPEN, 20)));
        Filter ofInstrument = new Filter(null, "A", null, null);
        assertThat(Pages.all(1, (after, limit) -> OrderQuery.list(connection, "stepping", ofInstrument, after, limit)))
                .extracting(StoredOrder::orderId)
                .containsExactly("z", "y", "x");
    }

    @Test
    void tellsWhatACommandBroughtAbout() throws Exception {
        try (RunWriter writer = database.openLive("commands")) {
            writer.add(execution("A", 1, 2, "o2"));
            writer.add(execution("A", 1, 1, "o1"));
            writer.add(execution("B", 1, 1, "o1"));
            writer.add(refusal("A", 2));
            writer.flush();
        }
        List<StoredExecution> traded = ExecutionQuery.ofCommand(connection, "commands", "A", 1);
        assertThat(traded).extracting(StoredExecution::orderId).containsExactly("o1", "o2");
        assertThat(traded.get(0))
                .isEqualTo(new StoredExecution(
                        "A",
                        1,
                        1,
                        Instant.ofEpochSecond(0, 1),
                        "TRADE",
                        "o1",
                        "PARTIALLY_FILLED",
                        Decimal.parse("0.000000000000000001"),
                        Decimal.of(2),
                        Decimal.of(3),
                        null,
                        "client",
                        "BUY",
                        "STOP_LIMIT",
                        "GTD",
                        Decimal.of(-1),
                        Decimal.of(5),
                        Decimal.of(2),
                        Decimal.parse("0.333333333333"),
                        "A-1",
                        "contra"));
        assertThat(ExecutionQuery.ofCommand(connection, "commands", "A", 2))
                .containsExactly(new StoredExecution(
                        "A",
                        2,
                        1,
                        Instant.ofEpochSecond(0, 2),
                        "REJECTED",
                        null,
                        null,
                        null,
                        null,
                        null,
                        "UNKNOWN_ORDER",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null));
        assertThat(ExecutionQuery.ofCommand(connection, "commands", "A", 3)).isEmpty();
    }

    @Test
    void endsTheStoryOfAnOrderWhereTheNextOfItsIdBegins() throws Exception {
        try (RunWriter writer = database.openLive("story")) {
            writer.add(order("A", HOSTILE, 10, "c", OrdStatus.CANCELLED, 10));
            writer.add(order("A", HOSTILE, 20, "c", OrdStatus.OPEN, 20));
            writer.add(order("B", HOSTILE, 12, "c", OrdStatus.OPEN, 12));
            for (long sequence = 9; sequence < 23; sequence++) {
                writer.add(execution("A", sequence, 2, HOSTILE));
                writer.add(execution("A", sequence, 1, HOSTILE));
                writer.add(execution("A", sequence, 3, "other"));
                writer.add(execution("B", sequence, 1, HOSTILE));
            }
            writer.flush();
        }
        for (int pageSize : new int[] {1, 3, 1000}) {
            assertThat(story(10, pageSize)).isEqualTo(twoOfEach(10, 20));
            assertThat(story(20, pageSize)).isEqualTo(twoOfEach(20, 23));
        }
        assertThat(story(30, 10)).isEmpty();
    }

    private static List<String> story(long fromSequence, int pageSize) throws Exception {
        return Pages.all(
                        pageSize,
                        (after, limit) ->
                                ExecutionQuery.ofOrder(connection, "story", "A", HOSTILE, fromSequence, after, limit))
                .stream()
                .map(execution -> execution.sequence() + "/" + execution.eventNo())
                .toList();
    }

    private static List<String> twoOfEach(long from, long to) {
        List<String> expected = new ArrayList<>();
        for (long sequence = from; sequence < to; sequence++) {
            expected.add(sequence + "/1");
            expected.add(sequence + "/2");
        }
        return expected;
    }
}
