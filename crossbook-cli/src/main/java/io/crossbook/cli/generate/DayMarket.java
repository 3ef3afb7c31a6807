package io.crossbook.cli.generate;

import io.crossbook.model.Phase;
import io.crossbook.model.TimeInForce;
import java.util.ArrayList;
import java.util.List;

/**
 * What the generator believes about one instrument: its book, waiting stops, expiries, positions and fair price.
 *
 * <p>It follows the matching rules closely enough that people act on what is there. It does not know self-trade
 * prevention and runs stops by order of entry, so now and then somebody cancels an order that is gone: as in life.
 */
final class DayMarket {
    private record Resting(int slot, long id, long expireAt) {}

    private static final int GRID = 40_000;

    final DayInstrument instrument;
    final FlowBook book = new FlowBook(GRID);
    Phase phase = Phase.CONTINUOUS;
    double fair;

    private final long[] position;
    private final List<DayOrder> stops = new ArrayList<>();
    private final List<Resting> expiring = new ArrayList<>();
    private final List<Resting> ofTheDay = new ArrayList<>();
    private final int offset;
    private int last;
    private int lowest;
    private int highest;

    DayMarket(DayInstrument instrument, int clients) {
        this.instrument = instrument;
        this.fair = instrument.reference();
        this.last = instrument.reference();
        this.offset = Math.max(0, instrument.reference() - GRID / 2);
        this.position = new long[clients];
    }

    int lastTick() {
        return last;
    }

    /** Best bid in ticks, or 0. */
    int bestBid() {
        return book.isEmpty(true) ? 0 : book.bestBid() + offset;
    }

    /** Best ask in ticks, or a price above all. */
    int bestAsk() {
        return book.isEmpty(false) ? Integer.MAX_VALUE : book.bestAsk() + offset;
    }

    int tick(int slot) {
        return book.tick(slot) + offset;
    }

    long position(int client) {
        return position[client];
    }

    /** Enters an order as the market would; returns where it rests, or {@link FlowBook#NONE}. */
    int enter(DayOrder order) {
        if (order.type().isStop() && (phase == Phase.CALL || !reached(order))) {
            stops.add(order);
            return FlowBook.NONE;
        }
        int slot = run(order);
        runStops();
        return slot;
    }

    /** Moves a resting order to another price, where it may trade. */
    void replacePrice(int slot, int tick) {
        boolean buy = book.buy(slot);
        if (phase == Phase.CALL || (buy ? tick < bestAsk() : tick > bestBid())) {
            book.move(slot, tick - offset);
            return;
        }
        long id = book.orderId(slot);
        int client = book.client(slot);
        long total = book.total(slot);
        long leaves = book.leaves(slot);
        book.remove(slot);
        long left = take(client, buy, tick - offset, leaves);
        if (left > 0) {
            book.rest(id, client, buy, tick - offset, total, left, 0);
        }
        runStops();
    }

    /** Ends what has to end by {@code now}. */
    void expire(long now) {
        for (int i = expiring.size() - 1; i >= 0; i--) {
            if (expiring.get(i).expireAt <= now) {
                removeIfLive(expiring.remove(i));
            }
        }
    }

    void change(Phase to) {
        if (phase == Phase.CALL && to == Phase.CONTINUOUS) {
            book.uncross((slot, lots) -> {
                filled(slot, lots);
                position[book.client(slot)] += book.buy(slot) ? lots : -lots;
            });
        }
        phase = to;
        if (to == Phase.CONTINUOUS) {
            runStops();
        }
        if (to == Phase.CLOSED) {
            ofTheDay.forEach(this::removeIfLive);
            ofTheDay.clear();
            stops.removeIf(order -> order.timeInForce() == TimeInForce.DAY);
        }
    }

    void cancelAll(int client) {
        for (int place = book.liveCount() - 1; place >= 0; place--) {
            if (book.client(book.live(place)) == client) {
                book.remove(book.live(place));
            }
        }
        stops.removeIf(order -> order.client() == client);
    }

    private int run(DayOrder order) {
        boolean market = !order.type().hasPrice();
        int limit = market ? (order.buy() ? GRID : 1) : order.tick() - offset;
        boolean crosses = order.buy() ? book.bestAsk() <= limit : book.bestBid() >= limit;
        long left = order.lots();
        if (phase != Phase.CALL) {
            if (order.postOnly() && crosses) {
                return FlowBook.NONE;
            }
            if (order.timeInForce() == TimeInForce.FOK
                    && book.available(order.buy(), limit, order.lots()) < order.lots()) {
                return FlowBook.NONE;
            }
            left = take(order.client(), order.buy(), limit, left);
        }
        if (left == 0 || !order.rests()) {
            return FlowBook.NONE;
        }
        int slot = book.rest(order.id(), order.client(), order.buy(), limit, order.lots(), left, order.displayLots());
        if (order.timeInForce() == TimeInForce.GTD) {
            expiring.add(new Resting(slot, order.id(), order.expireAt()));
        } else if (order.timeInForce() == TimeInForce.DAY) {
            ofTheDay.add(new Resting(slot, order.id(), 0));
        }
        return slot;
    }

    private long take(int client, boolean buy, int limit, long lots) {
        long left = book.take(buy, limit, lots, (slot, filled) -> {
            filled(slot, filled);
            position[book.client(slot)] += buy ? -filled : filled;
        });
        position[client] += buy ? lots - left : left - lots;
        return left;
    }

    private void filled(int slot, long lots) {
        last = tick(slot);
        lowest = Math.min(lowest, last);
        highest = Math.max(highest, last);
    }

    private boolean reached(DayOrder order) {
        return order.buy() ? highest >= order.stopTick() : lowest <= order.stopTick();
    }

    private void runStops() {
        boolean again = phase == Phase.CONTINUOUS;
        while (again) {
            again = false;
            for (int i = 0; i < stops.size() && !again; i++) {
                if (reached(stops.get(i))) {
                    run(stops.remove(i));
                    again = true;
                }
            }
        }
        lowest = last;
        highest = last;
    }

    private void removeIfLive(Resting order) {
        if (book.lives(order.slot, order.id)) {
            book.remove(order.slot);
        }
    }
}
