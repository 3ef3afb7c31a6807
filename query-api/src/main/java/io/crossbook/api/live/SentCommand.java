package io.crossbook.api.live;

import java.util.concurrent.CompletableFuture;

/**
 * A command on its way.
 *
 * @param stored completes when it is in Kafka, with where
 * @param outcome completes when the job has said the last word about it
 */
public record SentCommand(CompletableFuture<Source> stored, CompletableFuture<Outcome> outcome) {}
