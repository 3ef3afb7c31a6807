/** What was cleared: official clearings of a date, and what each member gets of it. */
@NullMarked
package io.crossbook.api.clearing;

import org.jspecify.annotations.NullMarked;
