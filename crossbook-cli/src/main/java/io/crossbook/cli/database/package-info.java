/**
 * Where a command finds Postgres: the embedded server under the data directory, an address that was given, or none.
 */
@NullMarked
package io.crossbook.cli.database;

import org.jspecify.annotations.NullMarked;
