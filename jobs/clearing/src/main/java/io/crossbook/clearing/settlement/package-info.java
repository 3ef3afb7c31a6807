/**
 * The rules of clearing, pure: settlement prices, variation margin, obligations, lots, fees and postings. Arguments in,
 * values out; neither Spring nor SQL, no clock, no files.
 */
@NullMarked
package io.crossbook.clearing.settlement;

import org.jspecify.annotations.NullMarked;
