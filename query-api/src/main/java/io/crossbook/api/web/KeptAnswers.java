package io.crossbook.api.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Weigher;
import io.crossbook.store.queries.VisibleQuery;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Answers of the database that are given again for as long as it shows the same. Whoever asks is told what it would tell at
 * this moment, or a newer state: first it is asked which transactions can be seen now, once for all who wait, and what was
 * answered since they could be seen is the answer.
 *
 * @param <K> a question, with equals
 * @param <V> its answer, which nobody changes
 */
public final class KeptAnswers<K, V> {
    private final Store store;
    private final Executor threads;
    private final long mostWeight;
    private final Weigher<K, V> weigher;
    /** Looks have turns: the next begins when the one that has begun is over, and whoever asks meanwhile waits for it. */
    private CompletableFuture<Kept<K, V>> begun;

    private @Nullable CompletableFuture<Kept<K, V>> next;
    /** Of whoever has the turn. */
    private Kept<K, V> newest;

    /**
     * What was found in one state of the database.
     *
     * @param visible names the state
     */
    private record Kept<K, V>(String visible, Cache<K, V> answers) {}

    /**
     * @param threads that wait for the database
     * @param weigher the weights of all answers together stay below the most
     */
    public KeptAnswers(Store store, Executor threads, long mostWeight, Weigher<K, V> weigher) {
        this.store = store;
        this.threads = threads;
        this.mostWeight = mostWeight;
        this.weigher = weigher;
        this.newest = new Kept<>("", empty());
        this.begun = CompletableFuture.completedFuture(newest);
    }

    private Cache<K, V> empty() {
        return Caffeine.newBuilder().maximumWeight(mostWeight).weigher(weigher).build();
    }

    /** Fails as the database does. */
    public CompletableFuture<V> ask(K key, Store.Question<V> question) {
        return now().thenCompose(kept -> {
            V known = kept.answers().getIfPresent(key);
            return known != null
                    ? CompletableFuture.completedFuture(known)
                    : CompletableFuture.supplyAsync(() -> answer(kept, key, question), threads);
        });
    }

    private V answer(Kept<K, V> kept, K key, Store.Question<V> question) {
        V answer = told(question);
        // If the state was a newer one by then, nobody finds the answer any more: a state that is over never comes
        // again.
        kept.answers().put(key, answer);
        return answer;
    }

    /** For a state that the database was in after this was asked. */
    private synchronized CompletableFuture<Kept<K, V>> now() {
        if (next == null) {
            next = begun.handleAsync((before, failed) -> look(), threads);
        }
        return next;
    }

    /** Once for all who wait; one that fails fails for all of them: each would wait as long for the next. */
    private Kept<K, V> look() {
        synchronized (this) {
            begun = Objects.requireNonNull(next);
            next = null;
        }
        String visible = told(VisibleQuery::current);
        if (!visible.equals(newest.visible())) {
            newest = new Kept<>(visible, empty());
        }
        return newest;
    }

    private <T> T told(Store.Question<T> question) {
        try {
            return store.ask(question);
        } catch (SQLException failed) {
            throw new CompletionException(failed);
        }
    }
}
