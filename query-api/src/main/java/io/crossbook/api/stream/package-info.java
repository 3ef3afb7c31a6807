/** The WebSocket: subscriptions to what a live run says, and order entry. */
@NullMarked
package io.crossbook.api.stream;

import org.jspecify.annotations.NullMarked;
