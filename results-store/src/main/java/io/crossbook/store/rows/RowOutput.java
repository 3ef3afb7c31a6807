package io.crossbook.store.rows;

import io.crossbook.model.Decimal;
import io.crossbook.model.OrderId;
import org.jspecify.annotations.Nullable;

/** Takes the values of a row, column by column: a line of a file, or a row for {@code COPY}. */
public interface RowOutput {
    RowOutput text(@Nullable String text);

    /** A text that comes again and again, always as the same {@code String} if possible. */
    RowOutput name(String name);

    RowOutput id(@Nullable OrderId id);

    /** The id of an instrument's trade, see {@link io.crossbook.model.Instrument#tradeId}. */
    RowOutput tradeId(String instrument, long tradeNo);

    RowOutput number(long number);

    RowOutput decimal(@Nullable Decimal number);

    RowOutput word(@Nullable Enum<?> word);

    /** @param nanos since 1970 UTC */
    RowOutput time(long nanos);

    void endRow();
}
