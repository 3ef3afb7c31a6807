package io.crossbook.cli.database;

import io.crossbook.cli.console.UsageException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a Postgres is and who asks. The password is kept apart from the URL, so that no log, file or list of processes
 * shows it.
 *
 * @param jdbcUrl without user and password
 */
public record DatabaseAddress(String jdbcUrl, String user, String password) {
    /** The environment variable by which our programs get a password. */
    public static final String PASSWORD_VARIABLE = "CROSSBOOK_DB_PASSWORD";

    private static final String EXPECTED =
            "--db: expected embedded, none, postgres://USER@HOST:5432/NAME or jdbc:postgresql://HOST:5432/NAME";

    /**
     * Reads {@code postgres://}, {@code postgresql://} and {@code jdbc:postgresql://} URLs. User and password come from
     * the URL, else from {@code PGUSER} and {@code PGPASSWORD}.
     *
     * @throws UsageException if it is no such URL; the message never repeats a password
     */
    public static DatabaseAddress parse(String url, Map<String, String> environment) {
        URI uri = uriOf(url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url);
        boolean postgres = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
        if (!postgres
                || uri.getHost() == null
                || uri.getPath() == null
                || uri.getPath().length() < 2) {
            throw new UsageException(EXPECTED);
        }
        Parameters parameters = Parameters.of(uri);
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return new DatabaseAddress(
                "jdbc:postgresql://" + uri.getHost() + port + uri.getRawPath() + parameters.othersAsQuery(),
                first(parameters.user, environment.get("PGUSER"), System.getProperty("user.name")),
                first(parameters.password, environment.get("PGPASSWORD"), ""));
    }

    @Override
    public String toString() {
        return jdbcUrl + " as " + user;
    }

    private static URI uriOf(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new UsageException(EXPECTED);
        }
    }

    private static String first(@Nullable String given, @Nullable String fromEnvironment, String otherwise) {
        if (given != null) {
            return given;
        }
        return fromEnvironment != null ? fromEnvironment : otherwise;
    }

    private static final class Parameters {
        private final List<String> others = new ArrayList<>();
        private @Nullable String user;
        private @Nullable String password;

        static Parameters of(URI uri) {
            Parameters parameters = new Parameters();
            if (uri.getRawUserInfo() != null) {
                String[] parts = uri.getRawUserInfo().split(":", 2);
                parameters.user = decoded(parts[0]);
                parameters.password = parts.length > 1 ? decoded(parts[1]) : null;
            }
            if (uri.getRawQuery() != null) {
                for (String pair : uri.getRawQuery().split("&")) {
                    parameters.add(pair);
                }
            }
            return parameters;
        }

        private void add(String pair) {
            if (pair.startsWith("user=")) {
                user = decoded(pair.substring("user=".length()));
            } else if (pair.startsWith("password=")) {
                password = decoded(pair.substring("password=".length()));
            } else {
                others.add(pair);
            }
        }

        String othersAsQuery() {
            return others.isEmpty() ? "" : "?" + String.join("&", others);
        }

        private static String decoded(String text) {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        }
    }
}
