/**
 * What this machine needs to run Crossbook, looked at one by one, each with the way out.
 */
@NullMarked
package io.crossbook.cli.doctor;

import org.jspecify.annotations.NullMarked;
