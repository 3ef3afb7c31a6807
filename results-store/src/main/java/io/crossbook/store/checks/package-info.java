/**
 * Says whether a run is right, from its files alone: every invariant is computed again, independently of the matcher and the
 * ledger, in memory for the open state of a run rather than for its length. And finds where two runs part.
 */
@NullMarked
package io.crossbook.store.checks;

import org.jspecify.annotations.NullMarked;
