/** Replaying a topic: a live run, and sending files to the topic it reads. */
@NullMarked
package io.crossbook.cli.live;

import org.jspecify.annotations.NullMarked;
