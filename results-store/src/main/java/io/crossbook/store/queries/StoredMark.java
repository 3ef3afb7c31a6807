package io.crossbook.store.queries;

import io.crossbook.model.Decimal;
import java.time.Instant;

/**
 * The price that values open positions of an instrument.
 *
 * @param origin MARK, or TRADE while no MARK has come
 */
public record StoredMark(String instrument, Decimal price, Instant timestamp, String origin) {}
