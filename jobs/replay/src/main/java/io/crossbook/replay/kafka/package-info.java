/**
 * Crossbook's topics: their names and how they are made, records of commands to {@code MarketInput}, and a run's events to
 * records. What a record holds is written in docs/topics.md.
 */
@NullMarked
package io.crossbook.replay.kafka;

import org.jspecify.annotations.NullMarked;
