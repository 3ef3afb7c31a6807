package io.crossbook.api.live;

import io.crossbook.model.Decimal;

/** One price of a displayed book. */
public record BookLevel(Decimal price, Decimal quantity, int orders) {}
