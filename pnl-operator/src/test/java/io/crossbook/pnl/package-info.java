/**
 * Tests of the ledger. {@link io.crossbook.pnl.ReferenceLedger} tells the rules again, slowly and in sentences; random
 * flows must give the same records from both.
 */
@NullMarked
package io.crossbook.pnl;

import org.jspecify.annotations.NullMarked;
