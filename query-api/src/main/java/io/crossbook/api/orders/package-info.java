/** Orders: entry, cancel, replace, and what became of them. */
@NullMarked
package io.crossbook.api.orders;

import org.jspecify.annotations.NullMarked;
