package io.crossbook.cli.generate;

import io.crossbook.model.OrderType;
import io.crossbook.model.Phase;
import io.crossbook.model.TimeInForce;
import io.crossbook.model.Timestamps;
import java.io.IOException;
import java.io.OutputStream;

/** Writes a day's commands as CSV and counts the lines. */
final class DayCsv {
    static final String HEADER = "timestamp,instrument,action,order_id,client_id,side,type,tif,price,quantity,"
            + "stop_price,display_quantity,expire_at,post_only,stp,phase,idempotency_key";

    private final CsvLine line;
    private final DayPeople people;
    private long lines;

    DayCsv(OutputStream out, DayPeople people) throws IOException {
        this.line = new CsvLine(out);
        this.people = people;
        line.text(HEADER).end();
    }

    long lines() {
        return lines;
    }

    void enter(long now, DayInstrument instrument, DayOrder order) throws IOException {
        enter(now, instrument, order, "");
    }

    void enter(long now, DayInstrument instrument, DayOrder order, String idempotencyKey) throws IOException {
        String fields = people.orderId(order.client(), order.id())
                + ',' + people.name(order.client())
                + (order.buy() ? ",BUY," : ",SELL,") + order.type()
                + ',' + (order.timeInForce() == TimeInForce.GTC ? "" : order.timeInForce())
                + ',' + (order.type().hasPrice() ? instrument.price(order.tick()) : "")
                + ',' + instrument.quantity(order.lots())
                + ',' + (order.type().isStop() ? instrument.price(order.stopTick()) : "")
                + ',' + (order.displayLots() == 0 ? "" : instrument.quantity(order.displayLots()))
                + ',' + (order.expireAt() == 0 ? "" : second(order.expireAt()))
                + ',' + (order.postOnly() ? "true" : "")
                + ',' + (order.selfTradePrevention() == null ? "" : order.selfTradePrevention())
                + ",," + idempotencyKey;
        row(now, instrument, "NEW", fields);
    }

    void cancel(long now, DayInstrument instrument, int client, long id) throws IOException {
        row(now, instrument, "CANCEL", people.orderId(client, id) + ',' + people.name(client) + ",,,,,,,,,,,,");
    }

    /** A cancel that names a client who does not own the order. */
    void cancelForAnother(long now, DayInstrument instrument, int owner, long id, int sender) throws IOException {
        row(now, instrument, "CANCEL", people.orderId(owner, id) + ',' + people.name(sender) + ",,,,,,,,,,,,");
    }

    void replacePrice(long now, DayInstrument instrument, int client, long id, int tick) throws IOException {
        replace(now, instrument, client, id, instrument.price(tick), "");
    }

    void replaceQuantity(long now, DayInstrument instrument, int client, long id, long lots) throws IOException {
        replace(now, instrument, client, id, "", instrument.quantity(lots));
    }

    void cancelAll(long now, DayInstrument instrument, int client) throws IOException {
        row(now, instrument, "CANCEL_ALL", ',' + people.name(client) + ",,,,,,,,,,,,");
    }

    void phase(long now, DayInstrument instrument, Phase phase) throws IOException {
        row(now, instrument, "PHASE", ",,,,,,,,,,,," + phase + ',');
    }

    void mark(long now, DayInstrument instrument, int tick) throws IOException {
        row(now, instrument, "MARK", ",,,,," + instrument.price(tick) + ",,,,,,,,");
    }

    /** A limit order whose price and quantity are written as given, wrong or not. */
    void enterAsWritten(long now, DayInstrument instrument, int client, long id, String price, String quantity)
            throws IOException {
        String fields = people.orderId(client, id) + ',' + people.name(client) + ",BUY," + OrderType.LIMIT + ",,"
                + price + ',' + quantity + ",,,,,,,";
        row(now, instrument, "NEW", fields);
    }

    private void replace(long now, DayInstrument instrument, int client, long id, String price, String quantity)
            throws IOException {
        String fields =
                people.orderId(client, id) + ',' + people.name(client) + ",,,," + price + ',' + quantity + ",,,,,,,";
        row(now, instrument, "REPLACE", fields);
    }

    private void row(long now, DayInstrument instrument, String action, String fields) throws IOException {
        line.time(now)
                .comma()
                .text(instrument.symbol())
                .comma()
                .text(action)
                .comma()
                .text(fields)
                .end();
        lines++;
    }

    private static String second(long nanos) {
        return Timestamps.format(nanos).substring(0, 19) + 'Z';
    }
}
