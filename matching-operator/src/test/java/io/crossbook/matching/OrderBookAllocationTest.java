package io.crossbook.matching;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.crossbook.model.OrderId;
import io.crossbook.model.OrderType;
import io.crossbook.model.Reason;
import io.crossbook.model.Side;
import io.crossbook.model.TimeInForce;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** In steady state the book allocates nothing; only the ids of the day grow. */
class OrderBookAllocationTest {
    private static final int COMMANDS = 200_000;
    private static final int IDS = 4_000;
    private static final long TOLERATED_BYTES = 4_096;

    private final OrderBook book = new OrderBook(MarketRules.NONE, false, new Silence());
    private final OrderTicket ticket = new OrderTicket();
    private final long[] high = new long[IDS];
    private final long[] low = new long[IDS];
    private final Random random = new Random(1);
    private long sequence;

    @Test
    void allocatesNothingPerCommand() {
        for (int i = 0; i < IDS; i++) {
            OrderId key = OrderId.of("order-" + i);
            high[i] = key.high();
            low[i] = key.low();
        }
        run(2 * COMMANDS);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        run(COMMANDS);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated).as("bytes for %d commands", COMMANDS).isLessThan(TOLERATED_BYTES);
        assertThat(book.tradeNo()).isGreaterThan(COMMANDS / 10);
    }

    private void run(int commands) {
        for (int i = 0; i < commands; i++) {
            int id = random.nextInt(IDS);
            book.begin(++sequence, sequence);
            if (book.find(high[id], low[id]) == OrderSlab.NONE) {
                enter(id);
            } else if (random.nextInt(3) == 0) {
                book.cancel(high[id], low[id], OrderBook.ANY_CLIENT);
            } else {
                replace(id);
            }
        }
    }

    private void enter(int id) {
        name(id);
        ticket.client = id % 10;
        ticket.setSide(random.nextBoolean() ? Side.BUY : Side.SELL);
        int kind = random.nextInt(20);
        OrderType type = kind == 0 ? OrderType.MARKET : kind == 1 ? OrderType.STOP : OrderType.LIMIT;
        ticket.setType(type);
        ticket.setTimeInForce(kind == 2 ? TimeInForce.IOC : kind == 3 ? TimeInForce.GTD : TimeInForce.GTC);
        ticket.price = type == OrderType.LIMIT ? price() : OrderTicket.NONE;
        ticket.stopPrice = type == OrderType.STOP ? price() : OrderTicket.NONE;
        ticket.quantity = 10 + random.nextInt(90);
        ticket.displayQuantity = kind == 4 ? 5 : OrderTicket.NONE;
        ticket.expireAt = kind == 3 ? sequence + 1_000 : OrderTicket.NONE;
        book.enter(ticket);
    }

    private void replace(int id) {
        name(id);
        ticket.client = OrderBook.ANY_CLIENT;
        ticket.price = book.orders().hasPrice(book.find(high[id], low[id])) ? price() : OrderTicket.NONE;
        ticket.quantity = 10 + random.nextInt(90);
        ticket.stopPrice = OrderTicket.NONE;
        ticket.displayQuantity = OrderTicket.NONE;
        book.replace(ticket);
    }

    private void name(int id) {
        ticket.idHigh = high[id];
        ticket.idLow = low[id];
    }

    private long price() {
        return 1_000 + random.nextInt(60);
    }

    private static final class Silence implements BookListener {
        @Override
        public void accepted(int order) {}

        @Override
        public void triggered(int order) {}

        @Override
        public void traded(long tradeNo, int maker, int taker, long price, long quantity, boolean auction) {}

        @Override
        public void replaced(int order) {}

        @Override
        public void filled(int order) {}

        @Override
        public void canceled(int order, @Nullable Reason reason) {}

        @Override
        public void expired(int order) {}
    }
}
