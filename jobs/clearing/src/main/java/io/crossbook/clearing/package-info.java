/**
 * End-of-day clearing as a restartable Spring Batch job: {@link io.crossbook.clearing.ClearingJob} is the day as a list of
 * steps, {@link io.crossbook.clearing.Clearing} opens it, takes it up again and ends it. Rules are in {@code settlement} and
 * {@code margin}, business days in {@code calendar}, SQL in the store.
 */
@NullMarked
package io.crossbook.clearing;

import org.jspecify.annotations.NullMarked;
