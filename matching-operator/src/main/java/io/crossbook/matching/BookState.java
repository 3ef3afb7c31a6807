package io.crossbook.matching;

import io.crossbook.model.OrderId;
import io.crossbook.model.OrderType;
import io.crossbook.model.SelfTradePrevention;
import io.crossbook.model.Side;
import io.crossbook.model.TimeInForce;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a live book: a version, then progress, market, clients, and the orders in the order of their queues.
 *
 * <p>Slots, level numbers and table capacities are left out: they differ between a book that went on and one that was
 * restored, while the state is the same. Clients are numbered anew by their first order.
 */
final class BookState {
    private static final byte VERSION = 1;
    private static final int NO_MODE = -1;
    private static final int NO_NUMBER = -1;

    private BookState() {}

    static void write(DataOutput out, Progress progress, OrderBook book, BookEvents events, ClientNumbers clients)
            throws IOException {
        out.writeByte(VERSION);
        progress.write(out);
        book.writeMarket(out);
        out.writeLong(events.volumeHigh());
        out.writeLong(events.volumeLow());
        int[] live = liveInQueueOrder(book);
        int[] numbers = writeClients(out, live, book.orders(), clients);
        out.writeInt(live.length);
        OrderId orderId = new OrderId();
        for (int order : live) {
            book.orders().copyId(order, orderId);
            orderId.write(out);
            writeOrder(out, book.orders(), order, numbers[book.orders().client(order)]);
        }
    }

    private static int[] liveInQueueOrder(OrderBook book) {
        int[] live = new int[book.liveOrders()];
        int count = 0;
        for (PriceLevels side : List.of(
                book.side(Side.BUY),
                book.side(Side.SELL),
                book.stops().side(Side.BUY),
                book.stops().side(Side.SELL))) {
            for (int position = side.size() - 1; position >= 0; position--) {
                int head = side.head(side.levelAt(position));
                for (int order = head;
                        order != OrderSlab.NONE;
                        order = book.orders().next(order)) {
                    live[count++] = order;
                }
            }
        }
        if (count != live.length) {
            throw new IllegalStateException(live.length + " orders live, " + count + " of them stand in a queue");
        }
        return live;
    }

    /** Writes the names of those who have orders; answers the new number of each by the one in the book. */
    private static int[] writeClients(DataOutput out, int[] live, OrderSlab orders, ClientNumbers clients)
            throws IOException {
        int[] numbers = new int[clients.count()];
        Arrays.fill(numbers, NO_NUMBER);
        int[] named = new int[clients.count()];
        int count = 0;
        for (int order : live) {
            int client = orders.client(order);
            if (numbers[client] == NO_NUMBER) {
                numbers[client] = count;
                named[count++] = client;
            }
        }
        out.writeInt(count);
        for (int i = 0; i < count; i++) {
            out.writeUTF(clients.name(named[i]));
        }
        return numbers;
    }

    /** What comes behind its id. */
    private static void writeOrder(DataOutput out, OrderSlab orders, int order, int client) throws IOException {
        out.writeInt(client);
        out.writeByte(orders.side(order).ordinal());
        out.writeByte(orders.type(order).ordinal());
        out.writeByte(orders.timeInForce(order).ordinal());
        @Nullable SelfTradePrevention mode = orders.selfTradePrevention(order);
        out.writeByte(mode == null ? NO_MODE : mode.ordinal());
        out.writeBoolean(orders.isPostOnly(order));
        out.writeBoolean(orders.isTriggered(order));
        out.writeBoolean(orders.state(order) == OrderSlab.WAITING);
        out.writeLong(orders.price(order));
        out.writeLong(orders.stopPrice(order));
        out.writeLong(orders.displayQuantity(order));
        out.writeLong(orders.expireAt(order));
        out.writeLong(orders.shown(order));
        out.writeLong(orders.hidden(order));
        out.writeLong(orders.filled(order));
        out.writeLong(orders.notionalHigh(order));
        out.writeLong(orders.notionalLow(order));
        out.writeLong(orders.entry(order));
        out.writeLong(orders.sequence(order));
        out.writeLong(orders.enteredAt(order));
        out.writeLong(orders.changeSequence(order));
        out.writeLong(orders.changedAt(order));
    }

    static void read(
            DataInput in, String symbol, Progress progress, OrderBook book, BookEvents events, ClientNumbers clients)
            throws IOException {
        byte version = in.readByte();
        if (version != VERSION) {
            throw new IOException(symbol + ": book state has version " + version + ", this program reads version "
                    + VERSION + "; go on with the version of Crossbook that wrote it");
        }
        progress.read(in);
        book.readMarket(in);
        events.restoreVolume(in.readLong(), in.readLong());
        String[] names = new String[in.readInt()];
        for (int i = 0; i < names.length; i++) {
            names[i] = in.readUTF();
        }
        OrderTicket ticket = new OrderTicket();
        OrderId orderId = new OrderId();
        for (int left = in.readInt(); left > 0; left--) {
            readOrder(in, names, ticket, orderId, book, clients);
        }
    }

    private static void readOrder(
            DataInput in, String[] names, OrderTicket ticket, OrderId orderId, OrderBook book, ClientNumbers clients)
            throws IOException {
        orderId.read(in);
        ticket.idHigh = orderId.high();
        ticket.idLow = orderId.low();
        ticket.client = clients.numberOf(names[in.readInt()]);
        ticket.setSide(Side.values()[in.readByte()]);
        ticket.setType(OrderType.values()[in.readByte()]);
        ticket.setTimeInForce(TimeInForce.values()[in.readByte()]);
        byte mode = in.readByte();
        ticket.setSelfTradePrevention(mode == NO_MODE ? null : SelfTradePrevention.values()[mode]);
        ticket.setPostOnly(in.readBoolean());
        boolean triggered = in.readBoolean();
        boolean waiting = in.readBoolean();
        ticket.price = in.readLong();
        ticket.stopPrice = in.readLong();
        ticket.displayQuantity = in.readLong();
        ticket.expireAt = in.readLong();
        long shown = in.readLong();
        long hidden = in.readLong();
        ticket.quantity = shown + hidden;
        long filled = in.readLong();
        long notionalHigh = in.readLong();
        long notionalLow = in.readLong();
        long entry = in.readLong();
        OrderSlab orders = book.orders();
        int order = orders.add(ticket, in.readLong(), in.readLong(), entry);
        orders.keepText(order, orderId);
        orders.setOpen(order, shown, hidden);
        orders.restoreFills(order, filled, notionalHigh, notionalLow);
        orders.setChanged(order, in.readLong(), in.readLong());
        if (triggered) {
            orders.setTriggered(order);
        }
        book.restore(order, waiting);
    }
}
