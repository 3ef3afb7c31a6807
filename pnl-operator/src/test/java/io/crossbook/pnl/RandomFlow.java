package io.crossbook.pnl;

import io.crossbook.model.MarketEvent;
import io.crossbook.model.MarketEvent.FillReceived;
import io.crossbook.model.MarketEvent.Marked;
import io.crossbook.model.MarketInput.ExternalFill;
import io.crossbook.model.OrderId;
import io.crossbook.model.Side;
import io.crossbook.model.Trade;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Seeded events of one instrument: trades, some with several in a command or with oneself, fills old and new, marks. */
final class RandomFlow {
    private static final String[] CLIENTS = {"A", "B", "C", "é", "\uFF5E", "\uD83D\uDE00"};

    private final Random random;
    private final boolean offGrid;
    private final boolean huge;
    private long sequence;
    private long tradeNo;

    /**
     * @param offGrid whether fills may lie off tick and lot
     * @param huge whether trades may be so large that their products leave 63 bits, and their sums 128
     */
    RandomFlow(long seed, boolean offGrid, boolean huge) {
        this.random = new Random(seed);
        this.offGrid = offGrid;
        this.huge = huge;
    }

    List<MarketEvent> events(int count) {
        List<MarketEvent> events = new ArrayList<>();
        while (events.size() < count) {
            sequence++;
            int dice = random.nextInt(100);
            if (dice < 65) {
                for (int i = random.nextInt(3); i >= 0; i--) {
                    events.add(trade());
                }
            } else if (dice < 92) {
                events.add(new FillReceived(fill(), sequence));
            } else {
                events.add(new Marked(Tape.SYMBOL, sequence, time(), Tape.d(decimal(900, 200))));
            }
        }
        return events;
    }

    private long time() {
        return sequence * 10;
    }

    private Trade trade() {
        tradeNo++;
        long ticks = huge && random.nextInt(4) == 0 ? (1L << 62) - 1 - random.nextInt(9) : 950 + random.nextInt(100);
        long lots = huge && random.nextInt(4) == 0 ? (1L << 61) + random.nextInt(9) : 1 + random.nextInt(50);
        Side[] aggressors = {Side.BUY, Side.SELL, null};
        return new Trade()
                .set(
                        Tape.SYMBOL,
                        tradeNo,
                        sequence,
                        time(),
                        ticks,
                        lots,
                        aggressors[random.nextInt(3)],
                        client(),
                        client())
                .setOrderIds(OrderId.of("b"), OrderId.of("s"));
    }

    private ExternalFill fill() {
        Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
        // Few ids and few values, so that repeats happen with the same content and with other content.
        if (random.nextInt(4) == 0) {
            String twoValues = random.nextBoolean() ? "5" : "5.0";
            return Tape.externalFill(time(), "R" + random.nextInt(8), client(), Side.BUY, twoValues, "1000", "0");
        }
        String quantity = random.nextInt(3) == 0 && offGrid ? decimal(1, 40) : String.valueOf(1 + random.nextInt(60));
        String price = random.nextInt(3) == 0 && offGrid ? decimal(900, 200) : String.valueOf(random.nextInt(2000));
        String fee = random.nextBoolean() ? "0" : "-0.25";
        return Tape.externalFill(time(), "F" + sequence, client(), side, quantity, price, fee);
    }

    private String decimal(int from, int range) {
        return from + random.nextInt(range) + "." + (1 + random.nextInt(999_999_999))
                + (1 + random.nextInt(99_999_999));
    }

    private String client() {
        return CLIENTS[random.nextInt(CLIENTS.length)];
    }
}
