/** The ledger as a Flink operator behind the matcher, on the same key. */
@NullMarked
package io.crossbook.pnl.flink;

import org.jspecify.annotations.NullMarked;
