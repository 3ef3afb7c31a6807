package io.crossbook.cli.generate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** A generated flow in memory, one array per field, for benchmarks that must not read CSV. */
public final class FlowCommands implements FlowSink {
    private static final FlowKind[] KINDS = FlowKind.values();

    private byte[] kind;
    private int[] instrument;
    private long[] timeNanos;
    private long[] orderId;
    private int[] client;
    private boolean[] buy;
    private long[] price;
    private long[] quantity;
    private long[] reduceBy;
    private int size;
    private int prefill;

    private FlowCommands(int capacity) {
        kind = new byte[capacity];
        instrument = new int[capacity];
        timeNanos = new long[capacity];
        orderId = new long[capacity];
        client = new int[capacity];
        buy = new boolean[capacity];
        price = new long[capacity];
        quantity = new long[capacity];
        reduceBy = new long[capacity];
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
            FlowKind aKind,
            int anInstrument,
            long aTimeNanos,
            long anOrderId,
            int aClient,
            boolean isBuy,
            long aPrice,
            long aQuantity,
            long byLots) {
        if (size == kind.length) {
            grow(size * 2 + 16);
        }
        kind[size] = (byte) aKind.ordinal();
        instrument[size] = anInstrument;
        timeNanos[size] = aTimeNanos;
        orderId[size] = anOrderId;
        client[size] = aClient;
        buy[size] = isBuy;
        price[size] = aPrice;
        quantity[size] = aQuantity;
        reduceBy[size] = byLots;
        size++;
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
        return KINDS[kind[i]];
    }

    public int instrument(int i) {
        return instrument[i];
    }

    public long timeNanos(int i) {
        return timeNanos[i];
    }

    public long orderId(int i) {
        return orderId[i];
    }

    public int client(int i) {
        return client[i];
    }

    public boolean buy(int i) {
        return buy[i];
    }

    /** Ticks; 0 where the command has none. */
    public long price(int i) {
        return price[i];
    }

    /** Lots; on REPLACE_QUANTITY the new total. */
    public long quantity(int i) {
        return quantity[i];
    }

    /** Lots that a REPLACE_QUANTITY takes off, else 0. */
    public long reduceBy(int i) {
        return reduceBy[i];
    }

    private void grow(int to) {
        kind = Arrays.copyOf(kind, to);
        instrument = Arrays.copyOf(instrument, to);
        timeNanos = Arrays.copyOf(timeNanos, to);
        orderId = Arrays.copyOf(orderId, to);
        client = Arrays.copyOf(client, to);
        buy = Arrays.copyOf(buy, to);
        price = Arrays.copyOf(price, to);
        quantity = Arrays.copyOf(quantity, to);
        reduceBy = Arrays.copyOf(reduceBy, to);
    }
}
