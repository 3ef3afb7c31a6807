package io.crossbook.cli.generate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * A generated flow in memory, for benchmarks that must not read CSV: one record of {@value #WORDS} words a command, so
 * that reading it is one walk through memory and the time measured is that of what is done with it.
 */
public final class FlowCommands implements FlowSink {
    private static final FlowKind[] KINDS = FlowKind.values();

    private static final int WORDS = 6;
    private static final int TIME = 0;
    private static final int ORDER_ID = 1;
    private static final int PRICE = 2;
    private static final int QUANTITY = 3;
    private static final int REDUCE_BY = 4;
    /** Client in the upper half, then instrument, side and kind. */
    private static final int REST = 5;

    private static final int KIND_MASK = 7;
    private static final int BUY_BIT = 8;
    private static final int INSTRUMENT_SHIFT = 4;
    private static final int INSTRUMENT_MASK = (1 << 28) - 1;

    private long[] records;
    private int size;
    private int prefill;

    private FlowCommands(int capacity) {
        records = new long[Math.multiplyExact(capacity, WORDS)];
    }

    /**
     * The whole flow of the settings.
     *
     * @throws ArithmeticException if it has more commands than an array has places
     */
    public static FlowCommands of(FlowSettings settings) {
        int capacity = Math.toIntExact(settings.commands() + settings.shape().resting());
        FlowCommands commands = new FlowCommands(capacity);
        try {
            commands.prefill = FlowGenerator.run(settings, commands);
        } catch (IOException e) {
            throw new UncheckedIOException("arrays cannot fail to be written", e);
        }
        return commands;
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
            long reduceBy) {
        int at = size * WORDS;
        if (at == records.length) {
            records = Arrays.copyOf(records, Math.multiplyExact(size * 2 + 16, WORDS));
        }
        records[at + TIME] = timeNanos;
        records[at + ORDER_ID] = orderId;
        records[at + PRICE] = price;
        records[at + QUANTITY] = quantity;
        records[at + REDUCE_BY] = reduceBy;
        records[at + REST] = (long) client << Integer.SIZE
                | (long) instrument << INSTRUMENT_SHIFT
                | (buy ? BUY_BIT : 0)
                | kind.ordinal();
        size++;
    }

    private long word(int command, int word) {
        return records[command * WORDS + word];
    }

    /** Commands in all, the prefill included. */
    public int size() {
        return size;
    }

    /** Commands that only fill the books; they come first. */
    public int prefill() {
        return prefill;
    }

    public FlowKind kind(int i) {
        return KINDS[(int) word(i, REST) & KIND_MASK];
    }

    public int instrument(int i) {
        return (int) word(i, REST) >>> INSTRUMENT_SHIFT & INSTRUMENT_MASK;
    }

    public long timeNanos(int i) {
        return word(i, TIME);
    }

    public long orderId(int i) {
        return word(i, ORDER_ID);
    }

    public int client(int i) {
        return (int) (word(i, REST) >>> Integer.SIZE);
    }

    public boolean buy(int i) {
        return (word(i, REST) & BUY_BIT) != 0;
    }

    /** Ticks; 0 where the command has none. */
    public long price(int i) {
        return word(i, PRICE);
    }

    /** Lots; on REPLACE_QUANTITY the new total. */
    public long quantity(int i) {
        return word(i, QUANTITY);
    }

    /** Lots that a REPLACE_QUANTITY takes off, else 0. */
    public long reduceBy(int i) {
        return word(i, REDUCE_BY);
    }
}
