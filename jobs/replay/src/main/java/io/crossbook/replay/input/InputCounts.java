package io.crossbook.replay.input;

import org.jspecify.annotations.Nullable;

/**
 * What a reader has handed over so far.
 *
 * @param rows input rows, readable and unreadable ones
 * @param unreadable lines that are no command; a break counts as one
 * @param timeStepsBack rows earlier than the readable line before them in the same file
 * @param openingOrders orders derived from an opening book, not among the rows
 * @param bytesRead bytes of the files, compressed as they are; for showing progress
 * @param totalBytes size of the files
 * @param firstTime smallest time of a readable row, {@code null} before there is one
 * @param lastTime largest time of a readable row, {@code null} before there is one
 */
public record InputCounts(
        long rows,
        long unreadable,
        long timeStepsBack,
        long openingOrders,
        long bytesRead,
        long totalBytes,
        @Nullable Long firstTime,
        @Nullable Long lastTime) {}
