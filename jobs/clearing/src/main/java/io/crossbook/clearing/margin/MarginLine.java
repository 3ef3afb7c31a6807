package io.crossbook.clearing.margin;

import io.crossbook.model.Decimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of the explanation of a requirement. The rows of a requirement, in order, hold every input of its model and
 * every step from there, so that a member can recompute it.
 *
 * @param part what the row is; the model's Javadoc says how its parts add up
 * @param item an instrument, a group {@code A+B}, a spread {@code A/B} or a scenario
 * @param quantity signed for a position; spreads formed, or the rank of a loss, elsewhere
 * @param multiplier currency per price point and unit of quantity, for a position
 * @param price the settlement price, for a position
 * @param rate what the amount was computed by: a rate, a range in price points, a move like {@code -1/3}, a charge
 * @param amount in currency
 */
public record MarginLine(
        Part part,
        String item,
        @Nullable Decimal quantity,
        @Nullable Decimal multiplier,
        @Nullable Decimal price,
        @Nullable String rate,
        Decimal amount) {
    /** The header of {@link #fields}. */
    public static final List<String> COLUMNS =
            List.of("part", "item", "quantity", "multiplier", "price", "rate", "amount");

    /** What a row is. */
    public enum Part {
        /** A position and what the model starts from. */
        POSITION,
        /** The loss in one scenario; below zero is a gain. */
        SCENARIO,
        /** The loss that counts among the scenarios above it. */
        WORST,
        /** The charge for the spreads formed between two instruments. */
        SPREAD,
        /** The loss that counts, scaled to the holding period. */
        HOLDING,
        /** The least that the requirement can be. */
        FLOOR
    }

    static MarginLine position(MarginPosition position, @Nullable Decimal rate, Decimal amount) {
        return new MarginLine(
                Part.POSITION,
                position.instrument(),
                position.quantity(),
                position.multiplier(),
                position.settlementPx(),
                rate == null ? null : rate.toString(),
                amount);
    }

    static MarginLine step(Part part, String item, @Nullable Decimal quantity, @Nullable String rate, Decimal amount) {
        return new MarginLine(part, item, quantity, null, null, rate, amount);
    }

    /** The row as text under {@link #COLUMNS}; a field without a value is empty. */
    public List<String> fields() {
        return List.of(part.name(), item, text(quantity), text(multiplier), text(price), text(rate), amount.toString());
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
