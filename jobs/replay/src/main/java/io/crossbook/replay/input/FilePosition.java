package io.crossbook.replay.input;

import java.io.Serializable;

/**
 * Where reading goes on in one file, and what was counted there until then.
 *
 * @param consumed bytes (uncompressed) before the next line; of a LOBSTER file the records taken
 * @param line number of the line before the next one
 * @param lastTime time of the last readable line before it, 0 if there is none
 * @param brokenOff whether the file was found broken off and that was handed over
 */
record FilePosition(
        long consumed,
        long line,
        long lastTime,
        boolean brokenOff,
        long rows,
        long unreadable,
        long timeStepsBack,
        long openingOrders)
        implements Serializable {}
