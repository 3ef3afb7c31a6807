/**
 * The API as a process beside this one (module {@code query-api}): how it is asked for on the command line, what it is told, and
 * how it is kept running.
 */
@NullMarked
package io.crossbook.cli.api;

import org.jspecify.annotations.NullMarked;
