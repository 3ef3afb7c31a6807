/**
 * The words of the market that every module speaks: what comes in ({@link io.crossbook.model.MarketInput}), what the
 * matcher and the ledger say about it ({@link io.crossbook.model.RunEvent}), the instruments, and exact decimals.
 *
 * <p>Nothing here reads a clock, a file or a random number, and nothing depends on anything but the JDK.
 */
@NullMarked
package io.crossbook.model;

import org.jspecify.annotations.NullMarked;
