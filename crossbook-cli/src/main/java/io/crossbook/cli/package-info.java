/**
 * The one command a person types. It reads the words of the command line, starts the database and the replay as
 * processes of their own, and shows what came out: results on standard output, everything else on standard error.
 *
 * <p>No market rule, no SQL text and nothing of Flink lives here. {@link io.crossbook.cli.CrossbookCommand} is the start.
 */
@NullMarked
package io.crossbook.cli;

import org.jspecify.annotations.NullMarked;
