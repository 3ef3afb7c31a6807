/** What holds for every request: sizes, rates, JSON, the database. */
@NullMarked
package io.crossbook.api.web;

import org.jspecify.annotations.NullMarked;
