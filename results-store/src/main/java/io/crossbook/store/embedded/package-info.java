/**
 * A real Postgres server that comes with the product: its binaries unpacked from the class path, its cluster kept in the
 * data directory, shared by every process that uses that directory and stopped by the last of them.
 *
 * <p>Start at {@link io.crossbook.store.embedded.EmbeddedPostgres}. Around it: {@code ServerHome} knows where things
 * lie and under which user the server runs, {@code PostgresBinaries} unpacks, {@code Cluster} creates, starts and stops,
 * {@code SharedUse} counts the processes.
 */
@NullMarked
package io.crossbook.store.embedded;

import org.jspecify.annotations.NullMarked;
