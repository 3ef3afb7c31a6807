/**
 * The book of record: what a run leaves in Postgres, one class per table with its SQL, its binder and its row reader.
 *
 * <p>{@link io.crossbook.store.RunTable} opens and closes a run, {@link io.crossbook.store.RunWriter} loads its rows with
 * {@code COPY}, {@link io.crossbook.store.RunExport} writes its files again. {@link io.crossbook.store.Database} brings a
 * database up to date. Plain {@code java.sql}; nothing here computes.
 */
@NullMarked
package io.crossbook.store;

import org.jspecify.annotations.NullMarked;
