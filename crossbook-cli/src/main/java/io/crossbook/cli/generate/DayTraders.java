package io.crossbook.cli.generate;

import io.crossbook.model.Phase;
import io.crossbook.model.SelfTradePrevention;
import io.crossbook.model.TimeInForce;
import java.io.IOException;

/** What the people of a generated day do when it is their turn. */
final class DayTraders {
    private static final int QUOTE_LEVELS = 5;
    private static final double MAKER_SHARE = 0.64;
    private static final double TAKER_SHARE = 0.12;
    private static final double PASSIVE_SHARE = 0.13;
    private static final double STOP_SHARE = 0.015;

    /** A market maker's order at one level of one side. */
    private static final class Quote {
        private int slot = FlowBook.NONE;
        private long id;
    }

    private final DayCsv csv;
    private final DayPeople people;
    private final FlowRandom random;
    private final Quote[][] quotes;
    private long orders;

    DayTraders(DayCsv csv, DayPeople people, FlowRandom random, int markets) {
        this.csv = csv;
        this.people = people;
        this.random = random;
        this.quotes = new Quote[markets][DayPeople.MAKERS * 2 * QUOTE_LEVELS];
        for (Quote[] ofMarket : quotes) {
            for (int i = 0; i < ofMarket.length; i++) {
                ofMarket[i] = new Quote();
            }
        }
    }

    long newOrderId() {
        return ++orders;
    }

    void act(int number, DayMarket market, long now) throws IOException {
        if (market.phase == Phase.HALTED || market.phase == Phase.CLOSED) {
            cancelSomething(market, now);
            return;
        }
        double draw = random.unit();
        if ((draw -= MAKER_SHARE) < 0) {
            makeMarket(number, market, now);
        } else if ((draw -= TAKER_SHARE) < 0) {
            take(market, now);
        } else if ((draw -= PASSIVE_SHARE) < 0) {
            restPassively(market, now);
        } else if ((draw -= STOP_SHARE) < 0) {
            leaveStop(market, now);
        } else {
            cancelSomething(market, now);
        }
    }

    /** Market makers take everything out of the book before the close. */
    void makersLeave(DayMarket market, long now) throws IOException {
        for (int client = 0; client < DayPeople.MAKERS; client++) {
            csv.cancelAll(now, market.instrument, client);
            market.cancelAll(client);
        }
    }

    private void makeMarket(int number, DayMarket market, long now) throws IOException {
        int index = random.below(quotes[number].length);
        Quote quote = quotes[number][index];
        int client = index / (2 * QUOTE_LEVELS);
        boolean buy = index % 2 == 0;
        int level = index / 2 % QUOTE_LEVELS;
        int tick = quoteTick(market, client, buy, level);
        if (!market.book.lives(quote.slot, quote.id)) {
            enterQuote(market, now, quote, client, buy, tick, level);
        } else if (tick != market.tick(quote.slot)) {
            csv.replacePrice(now, market.instrument, client, quote.id, tick);
            market.replacePrice(quote.slot, tick);
        } else if (random.chance(0.5) && market.book.leaves(quote.slot) > 1) {
            market.book.reduce(quote.slot, 1 + random.below((int) market.book.leaves(quote.slot) - 1));
            csv.replaceQuantity(now, market.instrument, client, quote.id, market.book.total(quote.slot));
        } else {
            csv.cancel(now, market.instrument, client, quote.id);
            market.book.remove(quote.slot);
        }
    }

    /** Around the fair price, leaning away from what the maker already holds, never through the other side. */
    private int quoteTick(DayMarket market, int client, boolean buy, int level) {
        DayInstrument instrument = market.instrument;
        double lean = instrument.halfSpread() * market.position(client) / (60.0 * instrument.typicalLots());
        double away = instrument.halfSpread() * (1 + 0.15 * client) + level * instrument.levelStep();
        double middle =
                market.fair - Math.max(-8 * instrument.halfSpread(), Math.min(8 * instrument.halfSpread(), lean));
        int tick = (int) (buy ? StrictMath.floor(middle - away) : StrictMath.ceil(middle + away));
        if (market.phase == Phase.CALL) {
            return tick;
        }
        return buy ? Math.min(tick, market.bestAsk() - 1) : Math.max(tick, market.bestBid() + 1);
    }

    private void enterQuote(DayMarket market, long now, Quote quote, int client, boolean buy, int tick, int level)
            throws IOException {
        long lots = (long) market.instrument.typicalLots() * (2 + level) / 2 + 1 + random.below(3);
        DayOrder order = DayOrder.limit(newOrderId(), client, buy, TimeInForce.GTC, tick, lots);
        if (market.phase == Phase.CONTINUOUS) {
            order = order.passive().preventing(SelfTradePrevention.CANCEL_OLDEST);
        }
        quote.id = order.id();
        quote.slot = enter(market, now, order);
    }

    /** Somebody wants it now, more often on the side of the fair price. */
    private void take(DayMarket market, long now) throws IOException {
        boolean cheap = market.fair > market.lastTick();
        boolean buy = random.chance(cheap ? 0.56 : 0.44);
        int best = buy ? market.bestAsk() : market.bestBid();
        if (market.phase == Phase.CALL || best == 0 || best == Integer.MAX_VALUE) {
            restPassively(market, now);
            return;
        }
        int client = people.anyTaker(random);
        long lots = size(market, 1.4);
        int through = random.below((int) market.instrument.levelStep() * 2 + 1);
        int limit = buy ? best + through : best - through;
        long id = newOrderId();
        double draw = random.unit();
        if (draw < 0.45) {
            enter(market, now, DayOrder.limit(id, client, buy, TimeInForce.IOC, limit, lots));
        } else if (draw < 0.65) {
            enter(market, now, DayOrder.market(id, client, buy, lots));
        } else if (draw < 0.73) {
            enter(market, now, DayOrder.limit(id, client, buy, TimeInForce.FOK, limit, lots));
        } else {
            DayOrder order = DayOrder.limit(id, client, buy, TimeInForce.DAY, limit, lots);
            enter(market, now, random.chance(0.3) ? order.preventing(stpMode()) : order);
        }
    }

    private SelfTradePrevention stpMode() {
        SelfTradePrevention[] modes = SelfTradePrevention.values();
        return modes[random.below(modes.length)];
    }

    /** A limit order some way behind the fair price; in a call on either side of it. */
    private void restPassively(DayMarket market, long now) throws IOException {
        DayInstrument instrument = market.instrument;
        boolean buy = random.chance(0.5);
        boolean call = market.phase == Phase.CALL;
        double away = random.exponential(instrument.halfSpread() + 5 * instrument.levelStep());
        away -= call ? 3 * instrument.levelStep() : 0;
        int tick = (int) StrictMath.round(buy ? market.fair - away : market.fair + away);
        long id = newOrderId();
        double draw = random.unit();
        if (draw < 0.12 && !call) {
            long lots = size(market, 8);
            long shown = Math.max(1, lots / (4 + random.below(6)));
            DayOrder order = DayOrder.limit(id, people.fund(random), buy, TimeInForce.GTC, tick, lots);
            enter(market, now, shown < lots ? order.showing(shown) : order);
        } else if (draw < 0.27) {
            long until = (now / DayGenerator.MINUTE + 2 + random.below(60)) * DayGenerator.MINUTE;
            DayOrder order = DayOrder.limit(id, people.retail(random), buy, TimeInForce.GTD, tick, size(market, 1));
            enter(market, now, order.goodTill(until));
        } else if (draw < 0.6) {
            enter(market, now, DayOrder.limit(id, people.retail(random), buy, TimeInForce.DAY, tick, size(market, 1)));
        } else {
            enter(market, now, DayOrder.limit(id, people.desk(random), buy, TimeInForce.GTC, tick, size(market, 2)));
        }
    }

    /** A loss to be cut, or a break-out to be followed. */
    private void leaveStop(DayMarket market, long now) throws IOException {
        DayInstrument instrument = market.instrument;
        boolean buy = random.chance(0.5);
        int away = 2 + (int) random.exponential(instrument.dayMove() / 8.0);
        int stop = buy ? market.lastTick() + away : market.lastTick() - away;
        long id = newOrderId();
        int client = people.retail(random);
        if (random.chance(0.4)) {
            int slip = (int) (instrument.levelStep() * 2);
            int limit = buy ? stop + slip : stop - slip;
            enter(market, now, DayOrder.stopLimit(id, client, buy, TimeInForce.GTC, stop, limit, size(market, 1)));
        } else {
            enter(market, now, DayOrder.stop(id, client, buy, TimeInForce.DAY, stop, size(market, 1)));
        }
    }

    private void cancelSomething(DayMarket market, long now) throws IOException {
        FlowBook book = market.book;
        if (book.liveCount() == 0) {
            if (market.phase == Phase.CALL || market.phase == Phase.CONTINUOUS) {
                restPassively(market, now);
            }
            return;
        }
        int slot = book.live(random.below(book.liveCount()));
        // A maker's quote is moved by its maker; one more draw finds somebody else's order more often.
        if (people.isMaker(book.client(slot))) {
            slot = book.live(random.below(book.liveCount()));
        }
        csv.cancel(now, market.instrument, book.client(slot), book.orderId(slot));
        book.remove(slot);
    }

    private int enter(DayMarket market, long now, DayOrder order) throws IOException {
        csv.enter(now, market.instrument, order);
        return market.enter(order);
    }

    /** Most orders are small, a few are large. */
    private long size(DayMarket market, double times) {
        double mean = market.instrument.typicalLots() * times;
        return 1 + (long) Math.min(20 * mean, random.exponential(mean));
    }
}
