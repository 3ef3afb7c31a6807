package io.crossbook.api.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Weigher;
import io.crossbook.store.queries.VisibleQuery;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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

    /** @param weigher the weights of all answers together stay below the most */
    public KeptAnswers(Store store, long mostWeight, Weigher<K, V> weigher) {
        this.store = store;
        this.mostWeight = mostWeight;
        this.weigher = weigher;
        this.newest = new Kept<>("", empty());
        this.begun = CompletableFuture.completedFuture(newest);
    }

    private Cache<K, V> empty() {
        return Caffeine.newBuilder().maximumWeight(mostWeight).weigher(weigher).build();
    }

    public V ask(K key, Store.Question<V> question) throws SQLException {
        Kept<K, V> kept = now();
        V known = kept.answers().getIfPresent(key);
        if (known != null) {
            return known;
        }
        V answer = store.ask(question);
        // If the state was a newer one by then, nobody finds the answer any more: a state that is over never comes
        // again.
        kept.answers().put(key, answer);
        return answer;
    }

    /** For a state that the database was in after this was asked. */
    private Kept<K, V> now() throws SQLException {
        CompletableFuture<Kept<K, V>> mine;
        CompletableFuture<Kept<K, V>> before = null;
        synchronized (this) {
            if (next == null) {
                next = new CompletableFuture<>();
                before = begun;
            }
            mine = next;
        }
        if (before != null) {
            look(before, mine);
        }
        try {
            return mine.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof SQLException why) {
                throw why;
            }
            throw failed;
        }
    }

    /** Once for all who wait; one that fails fails for all of them: each would wait as long for the next. */
    private void look(CompletableFuture<Kept<K, V>> before, CompletableFuture<Kept<K, V>> mine) {
        before.handle((kept, failed) -> kept).join();
        synchronized (this) {
            begun = mine;
            next = null;
        }
        try {
            String visible = store.ask(VisibleQuery::current);
            if (!visible.equals(newest.visible())) {
                newest = new Kept<>(visible, empty());
            }
            mine.complete(newest);
        } catch (SQLException | RuntimeException | Error failed) {
            mine.completeExceptionally(failed);
        }
    }
}
