package io.crossbook.store.queries;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a list to its end, page by page. */
final class Pages {
    private Pages() {}

    interface Reader<R> {
        Page<R> read(@Nullable Place after, int limit) throws SQLException;
    }

    static <R> List<R> all(int limit, Reader<R> reader) throws SQLException {
        List<R> all = new ArrayList<>();
        Place after = null;
        do {
            Page<R> page = reader.read(after, limit);
            all.addAll(page.rows());
            after = page.next();
            if (after != null) {
                assertThat(page.rows()).as("a page that others follow").hasSize(limit);
            }
        } while (after != null);
        return all;
    }
}
