package io.crossbook.testkit;

import io.crossbook.model.Decimal;
import io.crossbook.model.InputHeader;
import io.crossbook.model.Instrument;
import io.crossbook.model.MarketInput;
import io.crossbook.model.MarketInput.CancelAll;
import io.crossbook.model.MarketInput.CancelOrder;
import io.crossbook.model.MarketInput.ClockTick;
import io.crossbook.model.MarketInput.ExternalFill;
import io.crossbook.model.MarketInput.MarkPrice;
import io.crossbook.model.MarketInput.NewOrder;
import io.crossbook.model.MarketInput.PhaseChange;
import io.crossbook.model.MarketInput.ReplaceOrder;
import io.crossbook.model.OrderType;
import io.crossbook.model.Origin;
import io.crossbook.model.Phase;
import io.crossbook.model.SelfTradePrevention;
import io.crossbook.model.Side;
import io.crossbook.model.TimeInForce;
import io.crossbook.model.Timestamps;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A seeded random flow of commands for one instrument, nasty on purpose: few prices and few clients, so that orders
 * meet their own; every type and combination, senseless ones too; repeats of ids and keys; time that stands, steps back
 * and rolls days. The same profile and seed give the same instrument and the same commands.
 */
public final class OrderFlow {
    /** What a flow is mostly about. */
    public enum Profile {
        /** Resting, cancelling, replacing; some trades. */
        QUIET,
        /** CALL and CONTINUOUS in turn, and the other phases between them. */
        AUCTIONS,
        /** Stops on both sides that set each other off. */
        STOPS,
        /** Displayed parts of hidden orders. */
        ICEBERGS,
        /** Own orders meet each other, in every mode. */
        SELF_TRADES,
        /** Ticks and lots at the edge of 62 bits, and beyond. */
        HUGE,
        /** A bit of everything. */
        MIXED
    }

    private static final long START = 1_700_000_000L * Timestamps.NANOS_PER_SECOND;
    private static final long MIDDLE = 100;
    private static final BigInteger TOO_LARGE = BigInteger.ONE.shiftLeft(62);
    private static final String[] CLIENTS = {"ann", "bob", "cid"};

    private final long seed;
    private final Profile profile;
    private final Random random;
    private final Instrument instrument;
    private final List<String> orderIds = new ArrayList<>();
    private final List<MarketInput> keyed = new ArrayList<>();
    private long middle = MIDDLE;
    private long time = START;
    private int step;

    public OrderFlow(Profile profile, long seed) {
        this.seed = seed;
        this.profile = profile;
        this.random = new Random(seed * 31 + profile.ordinal());
        this.instrument = someInstrument();
    }

    public Instrument instrument() {
        return instrument;
    }

    /** The next {@code count} commands. */
    public List<MarketInput> next(int count) {
        List<MarketInput> commands = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            commands.add(next());
        }
        return commands;
    }

    public MarketInput next() {
        step++;
        passTime();
        if (!keyed.isEmpty() && chance(3)) {
            return repeatOfKey();
        }
        MarketInput command = command();
        if (command.header().idempotencyKey() != null) {
            keyed.add(command);
        }
        return command;
    }

    /** Says which flow this is and how far it has come. */
    @Override
    public String toString() {
        return "flow " + profile + ", seed " + seed + ", step " + step;
    }

    private Instrument someInstrument() {
        InstrumentBuilder builder = InstrumentBuilder.instrument("X");
        if (profile == Profile.HUGE || chance(50)) {
            return builder.build();
        }
        builder.tick("0.05").lot("0.1");
        if (chance(40)) {
            builder.reference(price(MIDDLE + random.nextInt(5) - 2, "0.05").toString());
        }
        if (chance(30)) {
            builder.bandBps("350.5");
        }
        if (chance(30)) {
            builder.prices("4.8", "5.2").quantities("0.2", "1.5");
        }
        return builder.build();
    }

    private static Decimal price(long ticks, String tick) {
        return Decimal.parse(tick).times(ticks);
    }

    private void passTime() {
        int luck = random.nextInt(1000);
        if (luck < 5) {
            time += Timestamps.NANOS_PER_DAY;
        } else if (luck < 25) {
            time -= random.nextInt(30) * Timestamps.NANOS_PER_SECOND;
        } else if (luck < 700) {
            time += random.nextInt(3) * Timestamps.NANOS_PER_SECOND / 2;
        }
    }

    private MarketInput command() {
        int luck = random.nextInt(100);
        if (luck < 62) {
            return newOrder();
        } else if (luck < 72) {
            return new CancelOrder(header(), someOrderId(), chance(60) ? null : client());
        } else if (luck < 87) {
            return replace();
        } else if (luck < 88) {
            return new CancelAll(header(), client());
        } else if (luck < 90 || (profile == Profile.AUCTIONS && luck < 96)) {
            return new PhaseChange(header(), phase());
        } else if (luck < 97) {
            return newOrder();
        } else if (luck < 98) {
            return new MarkPrice(header(), chance(80) ? orderPrice() : strangeNumber());
        } else if (luck < 99) {
            return new ExternalFill(
                    header(),
                    "T" + random.nextInt(20),
                    client(),
                    side(),
                    orderPrice(),
                    orderQuantity(),
                    Decimal.of(random.nextInt(3) - 1),
                    chance(30) ? someOrderId() : null);
        }
        return new ClockTick(header());
    }

    private MarketInput repeatOfKey() {
        MarketInput first = keyed.get(random.nextInt(keyed.size()));
        InputHeader again = new InputHeader(
                instrument.symbol(), time, origin(), first.header().idempotencyKey());
        return Inputs.withHeader(chance(60) ? first : command(), again);
    }

    private InputHeader header() {
        return new InputHeader(instrument.symbol(), time, origin(), chance(6) ? "K" + random.nextInt(60) : null);
    }

    private Origin origin() {
        return new Origin(0, step + 1, step, chance(2) ? random.nextInt(4) : 1);
    }

    private NewOrder newOrder() {
        boolean sensible = !chance(6);
        OrderType type = type();
        TimeInForce timeInForce = timeInForce();
        if (sensible && type == OrderType.MARKET && timeInForce == TimeInForce.GTD) {
            timeInForce = TimeInForce.GTC;
        }
        boolean takesOnly =
                type == OrderType.MARKET || timeInForce == TimeInForce.IOC || timeInForce == TimeInForce.FOK;
        Decimal quantity = orderQuantity();
        boolean iceberg = chance(profile == Profile.ICEBERGS ? 60 : 8) && !(sensible && takesOnly);
        boolean postOnly = chance(6) && !(sensible && takesOnly);
        boolean priced = sensible ? type.hasPrice() : chance(70);
        boolean stopped = sensible ? type.isStop() : chance(30);
        boolean expires = sensible ? timeInForce == TimeInForce.GTD : chance(20);
        return new NewOrder(
                header(),
                newOrderId(),
                client(),
                side(),
                type,
                timeInForce,
                priced ? orderPrice() : null,
                quantity,
                stopped ? orderPrice() : null,
                iceberg ? displayOf(quantity) : null,
                expires ? time + (random.nextInt(40) - 2) * Timestamps.NANOS_PER_SECOND / 2 : null,
                postOnly,
                prevention());
    }

    private ReplaceOrder replace() {
        return new ReplaceOrder(
                header(),
                someOrderId(),
                chance(70) ? null : client(),
                chance(45) ? orderPrice() : null,
                chance(60) ? orderQuantity() : null,
                chance(profile == Profile.STOPS ? 25 : 5) ? orderPrice() : null,
                chance(profile == Profile.ICEBERGS ? 35 : 8) ? displayOf(orderQuantity()) : null);
    }

    private OrderType type() {
        int stops = profile == Profile.STOPS ? 45 : 10;
        if (chance(stops)) {
            return chance(50) ? OrderType.STOP : OrderType.STOP_LIMIT;
        }
        return chance(8) ? OrderType.MARKET : OrderType.LIMIT;
    }

    private TimeInForce timeInForce() {
        return chance(65) ? TimeInForce.GTC : TimeInForce.values()[random.nextInt(TimeInForce.values().length)];
    }

    private @Nullable SelfTradePrevention prevention() {
        boolean prevents = chance(profile == Profile.SELF_TRADES ? 70 : 20);
        return prevents ? SelfTradePrevention.values()[random.nextInt(SelfTradePrevention.values().length)] : null;
    }

    private Phase phase() {
        if (profile == Profile.AUCTIONS ? chance(80) : chance(60)) {
            return chance(50) ? Phase.CALL : Phase.CONTINUOUS;
        }
        return chance(60) ? Phase.CONTINUOUS : Phase.values()[random.nextInt(Phase.values().length)];
    }

    /** A few ticks around a middle that wanders. */
    private Decimal orderPrice() {
        if (chance(2)) {
            return strangeNumber();
        }
        if (chance(3)) {
            middle = Math.max(MIDDLE - 4, Math.min(MIDDLE + 4, middle + random.nextInt(3) - 1));
        }
        long ticks = middle + random.nextInt(7) - 3;
        if (profile == Profile.HUGE) {
            return hugeOrSmall(ticks);
        }
        return instrument.price(ticks);
    }

    private Decimal orderQuantity() {
        if (chance(2)) {
            return strangeNumber();
        }
        long lots = 1 + random.nextInt(12);
        if (profile == Profile.HUGE) {
            return hugeOrSmall(lots);
        }
        return instrument.quantity(lots);
    }

    /** Never a small part of a huge order: it would trade peak by peak until the end of the world. */
    private Decimal displayOf(Decimal quantity) {
        if (profile == Profile.HUGE) {
            boolean huge = quantity.compareTo(hugeNumber(0)) >= 0;
            return huge && chance(50) ? quantity : hugeNumber(random.nextInt(12));
        }
        return chance(2) ? strangeNumber() : instrument.quantity(1 + random.nextInt(4));
    }

    /** Mostly below 2^62, sometimes at or above it. */
    private Decimal hugeOrSmall(long small) {
        if (chance(40)) {
            return Decimal.of(small);
        }
        return hugeNumber(small - (chance(5) ? MIDDLE : 0));
    }

    private Decimal hugeNumber(long below) {
        BigInteger value = TOO_LARGE.shiftRight(random.nextInt(3)).subtract(BigInteger.valueOf(below));
        return Decimal.of(new BigDecimal(value));
    }

    private Decimal strangeNumber() {
        return switch (random.nextInt(7)) {
            case 0 -> Decimal.ZERO;
            case 1 -> Decimal.of(-random.nextInt(5));
            case 2 -> Decimal.of(1 + random.nextInt(200_000), 3);
            case 3 -> Decimal.parse("0.0000000000000000001");
            case 4 -> Decimal.parse("99999999999999999999999999999999999999999");
            case 5 -> Decimal.of(Long.MAX_VALUE);
            default -> Decimal.of(new BigDecimal(TOO_LARGE)).times(instrument.lotSize());
        };
    }

    private String newOrderId() {
        if (!orderIds.isEmpty() && chance(4)) {
            return someOrderId();
        }
        String id = "o" + orderIds.size();
        orderIds.add(id);
        return id;
    }

    /** Mostly a recent order, which may live; sometimes an old one or none. */
    private String someOrderId() {
        if (orderIds.isEmpty() || chance(3)) {
            return "nobody";
        }
        int newest = orderIds.size();
        int reach = chance(80) ? Math.min(newest, 15) : newest;
        return orderIds.get(newest - 1 - random.nextInt(reach));
    }

    private String client() {
        return CLIENTS[random.nextInt(CLIENTS.length)];
    }

    private Side side() {
        return random.nextBoolean() ? Side.BUY : Side.SELL;
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }
}
