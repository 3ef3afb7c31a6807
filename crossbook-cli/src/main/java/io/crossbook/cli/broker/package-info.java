/** The broker that a command works with: one that is given by its address, or our own, started or found. */
@NullMarked
package io.crossbook.cli.broker;

import org.jspecify.annotations.NullMarked;
