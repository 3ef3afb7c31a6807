package io.crossbook.api.clearing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.crossbook.api.ServeApplication.Password;
import io.crossbook.api.ServeSettings;
import io.crossbook.api.problem.Problem;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Starts {@code crossbook clear} as a process for those who ask over HTTP, one at a time, and remembers for a day what came of
 * it. A clearing that is cut off with this program goes on with {@code crossbook clear recover}.
 */
@Component
final class ClearingDesk {
    private static final long MOST_REQUESTS = 1_000;
    private static final int SECONDS_TO_END = 10;

    private final ServeSettings settings;
    private final Password password;
    private final Cache<String, ClearingRequest> requests = Caffeine.newBuilder()
            .maximumSize(MOST_REQUESTS)
            .expireAfterWrite(Duration.ofHours(24))
            .build();
    private @Nullable ClearingRequest newest;

    ClearingDesk(ServeSettings settings, Password password) {
        this.settings = settings;
        this.password = password;
    }

    /**
     * Begins to clear a date, unless the key of the request came before.
     *
     * @throws Problem 403 if nobody may ask, 422 if the key came with another request, 409 while another clearing goes on,
     *     503 if the program cannot be started
     */
    synchronized ClearingRequest begin(LocalDate date, ClearingForm form) {
        List<String> command = settings.clearCommand();
        if (command == null) {
            throw Problem.forbidden("CLEARING_NOT_ALLOWED", "the program was started without --allow-clearing");
        }
        Optional<ClearingRequest> before = ofKey(form.idempotencyKey());
        if (before.isPresent()) {
            return before.get().requireSame(date, form);
        }
        if (newest != null && newest.isRunning()) {
            throw Problem.conflict(
                    "CLEARING_IN_PROGRESS",
                    "request " + newest.id() + " is still clearing " + newest.date() + "; try again when it has ended");
        }
        ClearingRequest begun =
                new ClearingRequest(UUID.randomUUID().toString(), date, form, start(command, date, form));
        requests.put(begun.id(), begun);
        newest = begun;
        return begun;
    }

    private Optional<ClearingRequest> ofKey(@Nullable String key) {
        return key == null
                ? Optional.empty()
                : requests.asMap().values().stream()
                        .filter(request -> key.equals(request.form().idempotencyKey()))
                        .findFirst();
    }

    Optional<ClearingRequest> find(String id) {
        return Optional.ofNullable(requests.getIfPresent(id));
    }

    private Process start(List<String> command, LocalDate date, ClearingForm form) {
        List<String> words = new ArrayList<>(command);
        words.add("--db=" + settings.database().jdbcUrl());
        words.addAll(form.options(date));
        ProcessBuilder builder = new ProcessBuilder(words).redirectOutput(Redirect.DISCARD);
        if (settings.database().user() != null) {
            builder.environment().put("PGUSER", settings.database().user());
        }
        if (password.text() != null) {
            builder.environment().put("PGPASSWORD", password.text());
        }
        try {
            return builder.start();
        } catch (IOException e) {
            throw Problem.unavailable(
                    "CLEARING_UNAVAILABLE", "the clearing program cannot be started: " + e.getMessage());
        }
    }

    /** The database may go with this program, so a clearing does not outlive it. */
    @PreDestroy
    synchronized void close() throws InterruptedException {
        if (newest == null || !newest.isRunning()) {
            return;
        }
        Process process = newest.process();
        process.destroy();
        if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
