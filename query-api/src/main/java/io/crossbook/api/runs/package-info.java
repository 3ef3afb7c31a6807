/** The runs that are stored. */
@NullMarked
package io.crossbook.api.runs;

import org.jspecify.annotations.NullMarked;
