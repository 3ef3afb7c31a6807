/**
 * The questions that the read side asks the book of record: one class per subject, each question one statement with bound
 * parameters.
 *
 * <p>Every question names its run, which prunes to that run's partitions; a run that goes on has indexes for all of them
 * ({@link io.crossbook.store.RunTable#prepareToGrow}), one that ends only its keys. Lists are read page by page: a {@link
 * io.crossbook.store.queries.Page} says at which {@link io.crossbook.store.queries.Place} the next one goes on, and what is
 * added meanwhile moves nothing. Words come as the files of a run have them, times with all nanoseconds.
 */
@NullMarked
package io.crossbook.store.queries;

import org.jspecify.annotations.NullMarked;
