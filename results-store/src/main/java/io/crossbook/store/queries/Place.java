package io.crossbook.store.queries;

/**
 * The place of a row in a list that is read page by page: where the next page goes on. What the three parts hold is the
 * list's own affair; together they name one row.
 */
public record Place(long major, String text, long minor) {}
