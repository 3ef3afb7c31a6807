package io.crossbook.cli.generate;

import io.crossbook.model.TimeInForce;
import java.io.IOException;

/** Mistakes and repeats, one of each kind after the other: what a venue refuses, drops or cannot read. */
final class DayIncidents {
    private static final int KINDS = 12;

    private final DayCsv csv;
    private final DayPeople people;
    private final FlowRandom random;
    private final DayTraders traders;
    private int turn;

    DayIncidents(DayCsv csv, DayPeople people, FlowRandom random, DayTraders traders) {
        this.csv = csv;
        this.people = people;
        this.random = random;
        this.traders = traders;
    }

    /** The next kind of incident in turn. */
    void next(long now, DayMarket market) throws IOException {
        DayInstrument instrument = market.instrument;
        int client = people.retail(random);
        int far = (int) StrictMath.round(market.fair) - 4 * instrument.dayMove() / 10;
        long lots = instrument.typicalLots();
        switch (turn++ % KINDS) {
            case 0, 6 -> repeatWithKey(now, market, client, far, lots);
            case 1 -> csv.cancel(now, instrument, client, traders.newOrderId());
            case 2 -> enterAsWritten(now, market, client, instrument.price(far) + "7", instrument.quantity(lots));
            case 3 -> csv.enter(now, instrument, limit(client, 2 * instrument.reference(), lots));
            case 4 -> enterAsWritten(now, market, client, instrument.price(far), "0");
            case 5 -> cancelForAnother(now, market, client);
            case 7 -> reuseKey(now, market, client, far, lots);
            case 8 -> csv.enter(now, instrument, limit(client, far, lots).showing(lots * 2));
            case 9 -> csv.enter(now, instrument, limit(client, far, lots).goodTill(now - DayGenerator.MINUTE));
            case 10 -> enterAsWritten(now, market, client, "market", instrument.quantity(lots));
            default -> repeatOrderId(now, market, client, far, lots);
        }
    }

    /** New orders that come too late to know of the halt. */
    void duringTheHalt(long now, DayMarket market) throws IOException {
        for (int i = 0; i < 5; i++) {
            int tick = (int) StrictMath.round(market.fair) - i;
            csv.enter(now, market.instrument, limit(people.retail(random), tick, market.instrument.typicalLots()));
        }
    }

    void afterTheClose(long now, DayMarket market) throws IOException {
        int tick = (int) StrictMath.round(market.fair);
        csv.enter(now, market.instrument, limit(people.retail(random), tick, market.instrument.typicalLots()));
    }

    /** A sender that heard no answer says the same again. */
    private void repeatWithKey(long now, DayMarket market, int client, int tick, long lots) throws IOException {
        DayOrder order = limit(client, tick, lots);
        String key = "retry-" + order.id();
        csv.enter(now, market.instrument, order, key);
        market.enter(order);
        csv.enter(now, market.instrument, order, key);
    }

    private void reuseKey(long now, DayMarket market, int client, int tick, long lots) throws IOException {
        DayOrder first = limit(client, tick, lots);
        String key = "reused-" + first.id();
        csv.enter(now, market.instrument, first, key);
        market.enter(first);
        csv.enter(now, market.instrument, limit(client, tick - 1, lots), key);
    }

    private void repeatOrderId(long now, DayMarket market, int client, int tick, long lots) throws IOException {
        DayOrder order = limit(client, tick, lots);
        csv.enter(now, market.instrument, order);
        market.enter(order);
        csv.enter(now, market.instrument, order);
    }

    private void cancelForAnother(long now, DayMarket market, int client) throws IOException {
        DayOrder order = limit(client, (int) StrictMath.round(market.fair) - market.instrument.dayMove(), 1);
        csv.enter(now, market.instrument, order);
        market.enter(order);
        csv.cancelForAnother(now, market.instrument, client, order.id(), people.desk(random));
    }

    private void enterAsWritten(long now, DayMarket market, int client, String price, String quantity)
            throws IOException {
        csv.enterAsWritten(now, market.instrument, client, traders.newOrderId(), price, quantity);
    }

    private DayOrder limit(int client, int tick, long lots) {
        return DayOrder.limit(traders.newOrderId(), client, true, TimeInForce.GTC, tick, lots);
    }
}
