/** {@code crossbook clear}: starts the clearing program and shows what came of it. */
@NullMarked
package io.crossbook.cli.clear;

import org.jspecify.annotations.NullMarked;
