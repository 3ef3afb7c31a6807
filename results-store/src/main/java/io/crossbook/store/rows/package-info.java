/**
 * One record per row that a run leaves behind, in the words of the result files: the same rows go to the files, to
 * Postgres and to Kafka. Here ticks and lots become decimals, through the instrument, and nowhere else.
 */
@NullMarked
package io.crossbook.store.rows;

import org.jspecify.annotations.NullMarked;
