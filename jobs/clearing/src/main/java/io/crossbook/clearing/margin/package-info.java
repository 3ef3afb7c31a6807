/**
 * What a member must leave with the clearing house against tomorrow's prices: three models, and the call that follows.
 * The models are pure: positions and settlement prices in, a requirement with the lines that explain it out. Only the
 * classes named {@code …File} open files. Start at {@link io.crossbook.clearing.margin.MarginModel}.
 */
@NullMarked
package io.crossbook.clearing.margin;

import org.jspecify.annotations.NullMarked;
