package io.crossbook.store.queries;

import io.crossbook.model.Decimal;

/**
 * One price of a book side.
 *
 * @param side BUY or SELL
 * @param quantity the displayed part
 * @param orders number of orders
 */
public record StoredLevel(String side, Decimal price, Decimal quantity, Decimal hiddenQuantity, int orders) {}
