/**
 * How fast the hot paths are, measured with JMH beside what others reach on the same commands in the same run. Each
 * engine is a {@link io.crossbook.benchmarks.MeasuredBooks}: the books of all instruments of a flow behind one call.
 */
@NullMarked
package io.crossbook.benchmarks;

import org.jspecify.annotations.NullMarked;
