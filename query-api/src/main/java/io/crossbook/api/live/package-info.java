/** The live run: commands on their way in, what its topics say on the way out, and views kept of it. */
@NullMarked
package io.crossbook.api.live;

import org.jspecify.annotations.NullMarked;
