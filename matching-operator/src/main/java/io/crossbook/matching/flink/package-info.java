/** The matcher as a Flink operator: finds the live book, calls the core, and writes what changed into keyed state. */
@NullMarked
package io.crossbook.matching.flink;

import org.jspecify.annotations.NullMarked;
