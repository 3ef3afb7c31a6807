package io.crossbook.api.clearing;

import io.crossbook.api.problem.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A clearing that was asked for over HTTP: the process that makes it, and what it says. */
final class ClearingRequest {
    private static final int MOST_MESSAGES = 100;
    private static final int LONGEST_MESSAGE = 1_000;
    private static final int REFUSED = 2;
    private static final int CHECK_FAILED = 3;
    private static final int STOPPED = 130;

    private final String id;
    private final LocalDate date;
    private final ClearingForm form;
    private final Process process;
    private final Deque<String> messages = new ArrayDeque<>();

    ClearingRequest(String id, LocalDate date, ClearingForm form, Process process) {
        this.id = id;
        this.date = date;
        this.form = form;
        this.process = process;
        Thread listener = new Thread(this::listen, "clearing " + id);
        listener.setDaemon(true);
        listener.start();
    }

    private void listen() {
        try (BufferedReader said = process.errorReader()) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                hear(line);
            }
        } catch (IOException closed) {
            // The process has ended; its exit code says how.
        }
    }

    private synchronized void hear(String line) {
        if (messages.size() == MOST_MESSAGES) {
            messages.removeFirst();
        }
        messages.addLast(line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "…");
    }

    String id() {
        return id;
    }

    LocalDate date() {
        return date;
    }

    ClearingForm form() {
        return form;
    }

    Process process() {
        return process;
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** The newest lines that the program has said of its steps, or of why it ended. */
    synchronized List<String> messages() {
        return List.copyOf(messages);
    }

    /** RUNNING, COMPLETED, REFUSED, UNBALANCED if a check failed, STOPPED or FAILED. */
    String state() {
        if (isRunning()) {
            return "RUNNING";
        }
        return switch (process.exitValue()) {
            case 0 -> "COMPLETED";
            case REFUSED -> "REFUSED";
            case CHECK_FAILED -> "UNBALANCED";
            case STOPPED -> "STOPPED";
            default -> "FAILED";
        };
    }

    /** @throws Problem 422 if it is another request with the same key */
    ClearingRequest requireSame(LocalDate otherDate, ClearingForm other) {
        if (!date.equals(otherDate) || !form.equals(other)) {
            throw Problem.refused(
                    "IDEMPOTENCY_KEY_REUSED",
                    "idempotency_key \"" + form.idempotencyKey() + "\" was used before with other content");
        }
        return this;
    }
}
