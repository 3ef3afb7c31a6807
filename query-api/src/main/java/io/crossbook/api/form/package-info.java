/** What a caller sends, read field by field, so that every fault is told with its field. */
@NullMarked
package io.crossbook.api.form;

import org.jspecify.annotations.NullMarked;
