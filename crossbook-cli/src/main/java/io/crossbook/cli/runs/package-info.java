/**
 * Looking at finished runs again: verify, diff and export, by folder or by run id.
 */
@NullMarked
package io.crossbook.cli.runs;

import org.jspecify.annotations.NullMarked;
