/**
 * The files that a clearing is told things by: manual prices, corrections, short deliveries, collateral, fees, margin. Each
 * is read as a whole before anything begins, and every fault is told with its place.
 */
@NullMarked
package io.crossbook.clearing.input;

import org.jspecify.annotations.NullMarked;
