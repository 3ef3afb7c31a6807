/**
 * A Kafka broker of our own, for those who have none: the official server's classes in one process, broker and controller
 * at once (KRaft), on loopback, with its data in a folder. Killed, it comes back with what it had.
 */
@NullMarked
package io.crossbook.broker;

import org.jspecify.annotations.NullMarked;
