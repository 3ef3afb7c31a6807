package io.crossbook.store;

/**
 * An index that a live run has on a table of its own.
 *
 * @param name what is asked for, as {@code by_client}
 * @param definition columns in brackets, and a condition where only some rows are in it
 */
record LiveIndex(String name, String definition) {}
