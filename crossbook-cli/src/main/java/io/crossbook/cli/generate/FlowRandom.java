package io.crossbook.cli.generate;

/** Random numbers by SplitMix64 (Steele, Lea, Flood 2014): small, fast, and the same on every Java. */
final class FlowRandom {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final double UNIT = 0x1.0p-53;

    private long state;

    FlowRandom(long seed) {
        this.state = seed;
    }

    long nextLong() {
        state += GOLDEN_GAMMA;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** From 0 up to, not including, 1. */
    double unit() {
        return (nextLong() >>> 11) * UNIT;
    }

    /** From 0 up to, not including, {@code bound}. */
    int below(int bound) {
        return (int) (((nextLong() >>> 32) * bound) >>> 32);
    }

    boolean chance(double probability) {
        return unit() < probability;
    }

    /** A waiting time with the given mean. */
    double exponential(double mean) {
        return -mean * StrictMath.log(1 - unit());
    }

    /** From 1, with the given mean of one or more, at most {@code largest}. */
    int geometric(double mean, int largest) {
        double goOn = 1 - 1 / mean;
        int value = 1;
        while (value < largest && chance(goOn)) {
            value++;
        }
        return value;
    }

    /** Roughly normal with mean 0 and deviation 1: the sum of twelve units less six, which needs no logarithm. */
    double normal() {
        double sum = -6;
        for (int i = 0; i < 12; i++) {
            sum += unit();
        }
        return sum;
    }
}
