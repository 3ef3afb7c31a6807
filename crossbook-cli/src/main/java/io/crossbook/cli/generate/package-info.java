/**
 * Seeded synthetic order flow. A {@link io.crossbook.cli.generate.FlowPreset} names the shape of the flow,
 * {@link io.crossbook.cli.generate.FlowGenerator} draws commands of that shape against a small book of its own (it must
 * know which orders live), and a {@link io.crossbook.cli.generate.FlowSink} takes them: as CSV lines, or as arrays for
 * benchmarks. {@link io.crossbook.cli.generate.DayGenerator} plays a whole trading day with people in it instead.
 *
 * <p>The same settings give the same bytes on every machine: random numbers and logarithms are specified ones, and no
 * clock is read.
 */
@NullMarked
package io.crossbook.cli.generate;

import org.jspecify.annotations.NullMarked;
