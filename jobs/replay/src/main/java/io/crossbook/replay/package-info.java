/**
 * The replay job: settings, sources, topology and sinks, and the two ends of a run, its directory and its summing-up.
 *
 * <p>It wires what other modules compute. No {@code if} here is about a price, a quantity or an account.
 */
@NullMarked
package io.crossbook.replay;

import org.jspecify.annotations.NullMarked;
