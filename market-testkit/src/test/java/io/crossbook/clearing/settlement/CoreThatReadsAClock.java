package io.crossbook.clearing.settlement;

/** Breaks a rule of the map on purpose: an example for the test of the rules. */
final class CoreThatReadsAClock {
    private CoreThatReadsAClock() {}

    static long now() {
        return System.currentTimeMillis();
    }
}
