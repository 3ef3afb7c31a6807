package io.crossbook.cli.generate;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes a flow as commands CSV. Instruments are S001, S002, …, accounts c1, c2, …, ticks are worth 0.01. */
final class FlowCsv implements FlowSink {
    static final String HEADER = "timestamp,instrument,action,order_id,client_id,side,type,tif,price,quantity";

    private static final String INSTRUMENTS_HEADER = "instrument,kind,currency,tick_size,lot_size";

    private final CsvLine line;
    private final String[] instruments;
    private final String[] clients;

    FlowCsv(OutputStream out, FlowSettings settings) throws IOException {
        this.line = new CsvLine(out);
        this.instruments = new String[settings.shape().instruments()];
        for (int i = 0; i < instruments.length; i++) {
            instruments[i] = symbol(i);
        }
        this.clients = new String[settings.clients()];
        for (int i = 0; i < clients.length; i++) {
            clients[i] = "c" + (i + 1);
        }
        line.text(HEADER).end();
    }

    /** The instruments of a flow, for {@code --instruments}. */
    static void writeInstruments(OutputStream out, int instruments) throws IOException {
        StringBuilder text = new StringBuilder(INSTRUMENTS_HEADER).append('\n');
        for (int i = 0; i < instruments; i++) {
            text.append(symbol(i)).append(",EQUITY,USD,0.01,1\n");
        }
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String symbol(int instrument) {
        String number = Integer.toString(instrument + 1);
        return "S" + "0".repeat(Math.max(0, 3 - number.length())) + number;
    }

    @Override
    public void command(
            FlowKind kind,
            int instrument,
            long timeNanos,
            long orderId,
            int client,
            boolean buy,
            long price,
            long quantity,
            long reduceBy)
            throws IOException {
        line.time(timeNanos).comma().text(instruments[instrument]).comma();
        line.text(action(kind))
                .comma()
                .number(orderId)
                .comma()
                .text(clients[client])
                .comma();
        switch (kind) {
            case NEW -> line.text(buy ? "BUY,LIMIT,," : "SELL,LIMIT,,");
            case IOC -> line.text(buy ? "BUY,LIMIT,IOC," : "SELL,LIMIT,IOC,");
            case MARKET -> line.text(buy ? "BUY,MARKET,," : "SELL,MARKET,,");
            default -> line.text(",,,");
        }
        if (price != 0) {
            line.hundredths(price);
        }
        line.comma();
        if (quantity != 0) {
            line.number(quantity);
        }
        line.end();
    }

    private static String action(FlowKind kind) {
        return switch (kind) {
            case NEW, IOC, MARKET -> "NEW";
            case CANCEL -> "CANCEL";
            case REPLACE_PRICE, REPLACE_QUANTITY -> "REPLACE";
        };
    }
}
