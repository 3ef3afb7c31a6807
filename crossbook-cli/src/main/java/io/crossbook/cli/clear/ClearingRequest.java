package io.crossbook.cli.clear;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the clearing program is told, as one JSON document with the keys in snake case. Paths are absolute; a password is
 * never in it.
 *
 * @param action CLEAR, RECOVER, WHAT_IF or STATEMENTS
 * @param files by the word of the option
 */
record ClearingRequest(
        String action,
        @Nullable String runId,
        @Nullable String date,
        String calendar,
        long closingWindowNanos,
        long minTrades,
        @Nullable String marginModel,
        @Nullable String settlementMethod,
        Map<String, NamedFile> files,
        @Nullable String reason,
        boolean cascade,
        @Nullable String member,
        @Nullable String out,
        String outRoot,
        Login database,
        String result,
        String log,
        boolean terminal,
        String version) {
    /** @param name as typed, for messages */
    record NamedFile(String name, String path) {}

    /** @param url of JDBC, without user and password */
    record Login(String url, @Nullable String user) {}
}
