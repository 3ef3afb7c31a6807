/** Whether all is well: health, the job, the topics. */
@NullMarked
package io.crossbook.api.admin;

import org.jspecify.annotations.NullMarked;
