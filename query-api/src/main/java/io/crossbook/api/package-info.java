/**
 * The read side of Crossbook and its order entry, as REST and WebSocket, in a process of its own.
 *
 * <p>{@link io.crossbook.api.ServeMain} starts it. Controllers take a request apart, call one query or send one command and
 * answer with a view; SQL is in {@code results-store}, rules are in the matcher.
 */
@NullMarked
package io.crossbook.api;

import org.jspecify.annotations.NullMarked;
