/**
 * Replaying files: the options become {@link io.crossbook.cli.backtest.ReplaySettings}, the settings a child process
 * with Flink on its own class path, its results a summary a person can read.
 */
@NullMarked
package io.crossbook.cli.backtest;

import org.jspecify.annotations.NullMarked;
