/** The market of a run: book, trades, prices, candles. */
@NullMarked
package io.crossbook.api.market;

import org.jspecify.annotations.NullMarked;
