/**
 * Profit and loss, first in first out. {@link io.crossbook.pnl.FifoLedger} books the trades and fills of one instrument
 * into lots; {@link io.crossbook.pnl.LiveLedger} reads the instrument's numbered stream, drives that ledger and says what
 * came of it: realized pieces, positions, open lots and the summary of the end.
 *
 * <p>An account counts in ticks and lots as long as it can ({@code TickHolding}) and in decimals once a number does not
 * fit ({@code WideHolding}). Both are exact and give the same figures; only the speed differs. Everything here is plain
 * Java: the operator that runs it is in {@code io.crossbook.pnl.flink}.
 */
@NullMarked
package io.crossbook.pnl;

import org.jspecify.annotations.NullMarked;
