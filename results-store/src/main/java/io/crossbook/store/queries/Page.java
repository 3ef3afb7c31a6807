package io.crossbook.store.queries;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of a list.
 *
 * @param next the place of the last of them, to go on after; {@code null}: that was the last page
 */
public record Page<R>(List<R> rows, @Nullable Place next) {}
