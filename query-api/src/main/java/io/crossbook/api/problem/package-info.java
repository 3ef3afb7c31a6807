/** Answers to what cannot be done, as problem details (RFC 9457). */
@NullMarked
package io.crossbook.api.problem;

import org.jspecify.annotations.NullMarked;
