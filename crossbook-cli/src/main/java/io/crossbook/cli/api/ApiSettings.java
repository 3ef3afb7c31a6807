package io.crossbook.cli.api;

import io.crossbook.cli.database.DatabaseAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the API is told; see there.
 *
 * @param rateLimit requests per second and caller, 0 for no limit
 * @param clearCommand what starts {@code crossbook clear}; {@code null} if it may not be asked for
 */
record ApiSettings(
        String host,
        int port,
        Database database,
        @Nullable LiveRun live,
        String dataDir,
        int rateLimit,
        boolean allowReset,
        @Nullable List<String> clearCommand,
        String version) {
    /** Its password comes by environment. */
    record Database(String jdbcUrl, String user) {
        static Database of(DatabaseAddress address) {
            return new Database(address.jdbcUrl(), address.user());
        }
    }
}
