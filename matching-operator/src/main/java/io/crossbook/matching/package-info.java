/**
 * The matcher of one instrument, free of any framework. {@link io.crossbook.matching.OrderBook} is the hot core: whole
 * numbers in, calls of a {@link io.crossbook.matching.BookListener} out, nothing allocated per command.
 * {@link io.crossbook.matching.LiveBook} is what an operator holds: it numbers commands, recognises repeats, turns
 * decimals into ticks and lots, and says what happened as {@link io.crossbook.model.MarketEvent}s.
 *
 * <p>The rules are those of docs/decisions/0001. Time is input here; nothing reads a clock or depends on a hash order.
 */
@NullMarked
package io.crossbook.matching;

import org.jspecify.annotations.NullMarked;
