/** What clients hold and earned; trades made elsewhere and marks on their way in. */
@NullMarked
package io.crossbook.api.portfolio;

import org.jspecify.annotations.NullMarked;
