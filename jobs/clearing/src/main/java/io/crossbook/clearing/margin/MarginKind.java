package io.crossbook.clearing.margin;

import java.util.Locale;
import java.util.Optional;

/** The models by the word that the margin file and {@code margin.csv} know them by. */
public enum MarginKind {
    /** A percentage of the value of each position. */
    FIXED,
    /** The worst of seven common price moves, and a charge for each spread. */
    SCAN,
    /** A quantile of the losses that past returns would bring. */
    VAR;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The model of that word, in any case. */
    public static Optional<MarginKind> of(String word) {
        for (MarginKind kind : values()) {
            if (kind.name().equalsIgnoreCase(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
