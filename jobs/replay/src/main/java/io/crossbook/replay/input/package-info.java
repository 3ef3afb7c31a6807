/**
 * From files to commands: the named files are judged as a whole before anything runs ({@link
 * io.crossbook.replay.input.InputPlan}), then read side by side and merged by time into one numbered sequence of
 * {@link io.crossbook.model.MarketInput} records ({@link io.crossbook.replay.input.MergedReader}).
 *
 * <p>The reader judges form only. A line that is no command becomes a record too, with its place, its bytes and the
 * rule it breaks, so that nothing vanishes; what a command means is the order book's business. Memory does not grow
 * with the length of a file or of a line. A reader can say where it stands and be opened again there. Nothing here
 * knows Flink.
 */
@NullMarked
package io.crossbook.replay.input;

import org.jspecify.annotations.NullMarked;
