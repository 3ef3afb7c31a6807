package io.crossbook.api.live;

/** Where a command lies in its topic. */
public record Source(int partition, long offset) {}
