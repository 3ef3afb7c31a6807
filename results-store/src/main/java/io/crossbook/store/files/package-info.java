/**
 * The files of a run: how rows become lines, how lines are kept while a run goes on and brought into order at its end,
 * what the run's hash covers and what its summary says.
 *
 * <p>Instruments interleave while a run goes on but the files are sorted by instrument. So every sink writes blocks into a
 * {@link io.crossbook.store.files.Spool} in passing, in bounded memory, and {@link io.crossbook.store.files.SpoolMerger}
 * strings the blocks together at the end. {@link io.crossbook.store.files.RunFiles} writes the same bytes from rows that
 * come sorted already.
 */
@NullMarked
package io.crossbook.store.files;

import org.jspecify.annotations.NullMarked;
