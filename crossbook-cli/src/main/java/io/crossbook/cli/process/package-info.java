/**
 * Our other programs as child processes: what they are told, the ports they get, and how they are kept running and ended.
 */
@NullMarked
package io.crossbook.cli.process;

import org.jspecify.annotations.NullMarked;
