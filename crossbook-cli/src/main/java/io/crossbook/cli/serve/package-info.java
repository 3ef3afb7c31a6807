/**
 * The commands that stay until Ctrl-C: {@code up} (database, broker, live job and API together) and {@code serve} (the API over
 * what a database holds).
 */
@NullMarked
package io.crossbook.cli.serve;

import org.jspecify.annotations.NullMarked;
