package io.crossbook.cli.generate;

import io.crossbook.model.Timestamps;
import java.io.IOException;

/**
 * Draws commands of a given shape and keeps a book per instrument, so that it knows which orders live and what an
 * aggressor would meet.
 *
 * <p>The kind of each command is drawn by its share. An aggressor takes the quantity that fills a drawn number of
 * orders; passive orders stand near the touch or evenly over the levels around a fixed middle, and the side that takes
 * leans back to that middle, so books neither run away nor dry up. Small feedbacks hold the figures where the shape wants
 * them over any length: the number of fills drawn leans against the mean so far; while a book is below its size
 * aggressors spare their last maker and some cancels become new orders, and the other way round.
 */
public final class FlowGenerator {
    private static final int LARGEST_QUANTITY = 100;
    private static final int MOST_FILLS = 40;
    private static final int TRIES = 8;
    /** How unequal instruments are: the weight of number i falls as 1 / (i + this). */
    private static final int WEIGHT_OFFSET = 20;

    private static final double PREFILL_NEAR_SHARE = 0.1;
    /** Prices start here, so that they look like prices: tick 1 of a book is 100.01 at a tick of 0.01. */
    private static final long PRICE_BASE = 10_000;

    private final FlowSettings settings;
    private final FlowShape shape;
    private final FlowSink sink;
    private final FlowRandom random;
    private final FlowBook[] books;
    private final double[] weightUpTo;
    private final int[] wantedResting;
    private final double aggressiveShare;
    private double nearShare = PREFILL_NEAR_SHARE;
    private final double nanosPerCommand;

    private double clock;
    private long orders;
    private long trading;
    private long fills;

    private FlowGenerator(FlowSettings settings, FlowSink sink) {
        this.settings = settings;
        this.shape = settings.shape();
        this.sink = sink;
        this.random = new FlowRandom(settings.seed());
        this.books = new FlowBook[shape.instruments()];
        for (int i = 0; i < books.length; i++) {
            books[i] = new FlowBook(4 * shape.levelsPerSide() + 64);
        }
        this.weightUpTo = weights(books.length);
        this.wantedResting = wantedResting();
        double canChoose = shape.newShare() + shape.replacePriceShare();
        double wanted = shape.tradingShare() - shape.iocShare() - shape.marketShare();
        this.aggressiveShare = canChoose == 0 ? 0 : Math.max(0, wanted / canChoose);
        this.nanosPerCommand = Timestamps.NANOS_PER_SECOND / settings.commandsPerSecond();
    }

    /**
     * Generates a flow: first the prefill of the books, then the settings' number of commands.
     *
     * @return number of prefill commands
     */
    public static int run(FlowSettings settings, FlowSink sink) throws IOException {
        FlowGenerator generator = new FlowGenerator(settings, sink);
        int prefill = generator.prefill();
        for (long i = 0; i < settings.commands(); i++) {
            generator.startDay(i);
            generator.step();
        }
        return prefill;
    }

    private static double[] weights(int instruments) {
        double[] upTo = new double[instruments];
        double sum = 0;
        for (int i = 0; i < instruments; i++) {
            sum += 1.0 / (i + WEIGHT_OFFSET);
            upTo[i] = sum;
        }
        for (int i = 0; i < instruments; i++) {
            upTo[i] /= sum;
        }
        return upTo;
    }

    private int[] wantedResting() {
        int[] wanted = new int[books.length];
        long before = 0;
        for (int i = 0; i < wanted.length; i++) {
            long upTo = Math.round(weightUpTo[i] * shape.resting());
            wanted[i] = (int) (upTo - before);
            before = upTo;
        }
        return wanted;
    }

    private int prefill() throws IOException {
        int[] left = wantedResting.clone();
        int entered = 0;
        while (entered < shape.resting()) {
            int instrument = drawInstrument();
            if (left[instrument] > 0) {
                left[instrument]--;
                entered++;
                enterPassive(instrument, random.chance(0.5));
            }
        }
        nearShare = shape.nearShare();
        return entered;
    }

    /** Days split the commands evenly; each begins at the settings' time of day, or later if the last ran over. */
    private void startDay(long command) {
        long day = command * settings.days() / Math.max(1, settings.commands());
        clock = Math.max(clock, (double) day * Timestamps.NANOS_PER_DAY);
    }

    private void step() throws IOException {
        int instrument = drawInstrument();
        FlowBook book = books[instrument];
        double moreNew = moreNew(instrument);
        double draw = random.unit() - (shape.newShare() + moreNew);
        if (draw < 0) {
            enterNew(instrument, book);
        } else if ((draw -= shape.cancelShare() - moreNew) < 0) {
            cancel(instrument, book);
        } else if ((draw -= shape.replacePriceShare()) < 0) {
            replacePrice(instrument, book);
        } else if ((draw -= shape.replaceQuantityShare()) < 0) {
            replaceQuantity(instrument, book);
        } else if ((draw -= shape.iocShare()) < 0) {
            enterTaker(FlowKind.IOC, instrument, book);
        } else {
            enterTaker(FlowKind.MARKET, instrument, book);
        }
    }

    private void enterNew(int instrument, FlowBook book) throws IOException {
        if (random.chance(aggressiveShare(instrument))) {
            enterTaker(FlowKind.NEW, instrument, book);
        } else {
            enterPassive(instrument, takingSide(book));
        }
    }

    private void enterPassive(int instrument, boolean buy) throws IOException {
        FlowBook book = books[instrument];
        int tick = passiveTick(book, buy);
        int quantity = quantity();
        long id = ++orders;
        int client = random.below(settings.clients());
        book.rest(id, client, buy, tick, quantity, quantity, 0);
        sink.command(FlowKind.NEW, instrument, now(), id, client, buy, PRICE_BASE + tick, quantity, 0);
    }

    /** A taker on the side that leans to the middle; where nobody rests on the other side, a passive order. */
    private void enterTaker(FlowKind kind, int instrument, FlowBook book) throws IOException {
        boolean buy = takingSide(book);
        if (book.isEmpty(!buy)) {
            buy = !buy;
        }
        if (book.isEmpty(!buy)) {
            enterPassive(instrument, buy);
            return;
        }
        enterTaker(kind, instrument, book, buy);
    }

    private void enterTaker(FlowKind kind, int instrument, FlowBook book, boolean buy) throws IOException {
        int wantedFills = random.geometric(meanFills(), MOST_FILLS);
        boolean useUpLast = random.chance(0.25 + 4 * excess(instrument));
        int limit = buy ? book.bestAsk() : book.bestBid();
        int slot = book.first(!buy, limit);
        long quantity = 0;
        for (int fill = 1; ; fill++) {
            if (fill == wantedFills) {
                quantity += useUpLast ? book.leaves(slot) : 1 + random.below((int) (book.leaves(slot) + 31) / 32);
                break;
            }
            quantity += book.leaves(slot);
            slot = book.after(slot);
            if (slot == FlowBook.NONE && kind == FlowKind.NEW && excess(instrument) < 0) {
                quantity += quantity();
                break;
            }
            if (slot == FlowBook.NONE) {
                int behind = book.levelBehind(!buy, limit);
                if (behind == FlowBook.NONE) {
                    break;
                }
                limit = behind;
                slot = book.first(!buy, limit);
            }
        }
        long id = ++orders;
        int client = random.below(settings.clients());
        long price = kind == FlowKind.MARKET ? 0 : PRICE_BASE + limit;
        sink.command(kind, instrument, now(), id, client, buy, price, quantity, 0);
        long left = take(book, buy, limit, quantity);
        if (left > 0 && kind == FlowKind.NEW) {
            book.rest(id, client, buy, limit, quantity, left, 0);
        }
    }

    private void cancel(int instrument, FlowBook book) throws IOException {
        if (book.liveCount() == 0) {
            enterPassive(instrument, random.chance(0.5));
            return;
        }
        int slot = book.live(random.below(book.liveCount()));
        sink.command(
                FlowKind.CANCEL, instrument, now(), book.orderId(slot), book.client(slot), book.buy(slot), 0, 0, 0);
        book.remove(slot);
    }

    private void replacePrice(int instrument, FlowBook book) throws IOException {
        if (book.liveCount() == 0) {
            enterPassive(instrument, random.chance(0.5));
            return;
        }
        int slot = book.live(random.below(book.liveCount()));
        boolean buy = book.buy(slot);
        if (random.chance(aggressiveShare(instrument)) && !book.isEmpty(!buy)) {
            replaceToTrade(instrument, book, slot);
            return;
        }
        int tick = passiveTick(book, buy);
        for (int i = 0; tick == book.tick(slot) && i < TRIES; i++) {
            tick = passiveTick(book, buy);
        }
        sayReplace(instrument, book, slot, tick);
        book.move(slot, tick);
    }

    private void replaceToTrade(int instrument, FlowBook book, int slot) throws IOException {
        boolean buy = book.buy(slot);
        int limit = buy ? book.bestAsk() : book.bestBid();
        sayReplace(instrument, book, slot, limit);
        long id = book.orderId(slot);
        int client = book.client(slot);
        long total = book.total(slot);
        long leaves = book.leaves(slot);
        book.remove(slot);
        long left = take(book, buy, limit, leaves);
        if (left > 0) {
            book.rest(id, client, buy, limit, total, left, 0);
        }
    }

    private void sayReplace(int instrument, FlowBook book, int slot, int tick) throws IOException {
        sink.command(
                FlowKind.REPLACE_PRICE,
                instrument,
                now(),
                book.orderId(slot),
                book.client(slot),
                book.buy(slot),
                PRICE_BASE + tick,
                0,
                0);
    }

    private void replaceQuantity(int instrument, FlowBook book) throws IOException {
        for (int i = 0; i < TRIES && book.liveCount() > 0; i++) {
            int slot = book.live(random.below(book.liveCount()));
            if (book.leaves(slot) > 1) {
                long by = 1 + random.below((int) book.leaves(slot) - 1);
                book.reduce(slot, by);
                sink.command(
                        FlowKind.REPLACE_QUANTITY,
                        instrument,
                        now(),
                        book.orderId(slot),
                        book.client(slot),
                        book.buy(slot),
                        0,
                        book.total(slot),
                        by);
                return;
            }
        }
        enterPassive(instrument, random.chance(0.5));
    }

    private long take(FlowBook book, boolean buy, int limit, long quantity) {
        trading++;
        return book.take(buy, limit, quantity, (slot, filled) -> fills++);
    }

    /** The mean to draw the next number of fills with: above the shape's while the flow is behind it. */
    private double meanFills() {
        double behind = shape.fillsEach() * trading - fills;
        return Math.max(1.02, Math.min(4 * shape.fillsEach(), shape.fillsEach() + behind / 50));
    }

    /** By how much a book is above its wanted size, as a share of it. */
    private double excess(int instrument) {
        int wanted = Math.max(1, wantedResting[instrument]);
        return (double) (books[instrument].liveCount() - wanted) / wanted;
    }

    /** Share of those that could rest which trade: a little lower while a book is below its size. */
    private double aggressiveShare(int instrument) {
        return aggressiveShare * Math.max(0.93, Math.min(1.07, 1 + excess(instrument)));
    }

    /** Share of commands that are new orders instead of cancels while a book is below its size; a few thousandths. */
    private double moreNew(int instrument) {
        if (shape.cancelShare() == 0) {
            return 0;
        }
        double wanted = Math.max(-0.006, Math.min(0.006, -excess(instrument) / 8));
        return Math.max(-shape.newShare(), Math.min(shape.cancelShare(), wanted));
    }

    /** Buys more often while the touch is below the middle, sells more often while it is above. */
    private boolean takingSide(FlowBook book) {
        int middle = book.ticks() / 2;
        int bid = book.bestBid() == 0 ? middle : book.bestBid();
        int ask = book.bestAsk() > book.ticks() ? middle : book.bestAsk();
        double above = (bid + ask) / 2.0 - middle;
        return random.chance(0.5 - Math.max(-0.3, Math.min(0.3, above / shape.levelsPerSide())));
    }

    private int passiveTick(FlowBook book, boolean buy) {
        int middle = book.ticks() / 2;
        int away = buy ? -1 : 1;
        int tick;
        if (random.chance(nearShare)) {
            int own = buy ? book.bestBid() : book.bestAsk();
            tick = book.isEmpty(buy) ? middle + away : own;
            tick += away * (random.geometric(2.5, shape.levelsPerSide()) - 2);
        } else {
            tick = middle + away * (1 + random.below(shape.levelsPerSide()));
        }
        tick = buy ? Math.min(tick, book.bestAsk() - 1) : Math.max(tick, book.bestBid() + 1);
        return Math.max(1, Math.min(book.ticks(), tick));
    }

    private int quantity() {
        return 1 + random.below(LARGEST_QUANTITY);
    }

    private int drawInstrument() {
        if (books.length == 1) {
            return 0;
        }
        double draw = random.unit();
        int low = 0;
        int high = books.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (draw < weightUpTo[middle]) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private long now() {
        clock += random.exponential(nanosPerCommand);
        return settings.startNanos() + (long) clock;
    }
}
