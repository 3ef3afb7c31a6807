/**
 * What every command shares: the two streams, exit codes, errors in one line with the nearest right word, values as
 * people write them (durations, times) and plain text tables.
 */
@NullMarked
package io.crossbook.cli.console;

import org.jspecify.annotations.NullMarked;
