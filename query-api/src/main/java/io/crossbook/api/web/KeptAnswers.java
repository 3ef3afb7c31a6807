package io.crossbook.api.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Weigher;
import io.crossbook.store.queries.VisibleQuery;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
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
    private final AtomicLong looks = new AtomicLong();
    private Kept<K, V> newest;

    /**
     * What was found in one state of the database.
     *
     * @param look number of the newest look that found it in this state, begun after all that have a smaller one
     * @param visible names the state
     * @param failure why it is not known
     */
    private record Kept<K, V>(
            long look,
            String visible,
            Cache<K, V> answers,
            @Nullable SQLException failure) {}

    /** @param weigher the weights of all answers together stay below the most */
    public KeptAnswers(Store store, long mostWeight, Weigher<K, V> weigher) {
        this.store = store;
        this.mostWeight = mostWeight;
        this.weigher = weigher;
        this.newest = new Kept<>(0, "", empty(), null);
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
        long before = looks.get();
        synchronized (this) {
            if (newest.look() <= before) {
                newest = look();
            }
            if (newest.failure() != null) {
                throw newest.failure();
            }
            return newest;
        }
    }

    /** One that fails fails for all who wait: each would wait as long for the next. */
    private Kept<K, V> look() {
        long look = looks.incrementAndGet();
        try {
            String visible = store.ask(VisibleQuery::current);
            boolean same = visible.equals(newest.visible());
            return new Kept<>(look, visible, same ? newest.answers() : empty(), null);
        } catch (SQLException failure) {
            return new Kept<>(look, "", empty(), failure);
        }
    }
}
