package io.crossbook.clearing;

import io.crossbook.store.clearing.ClearingRun;

/** A clearing under way, with what it was told. */
record Day(ClearingRun run, Terms terms) {
    long clearingNo() {
        return run.clearingNo();
    }
}
