package io.crossbook.api.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.crossbook.api.ServeSettings;
import io.crossbook.api.problem.Problem;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** So many requests a second for each caller, known by address; a second's worth may come at once. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 5)
public final class RateLimit extends OncePerRequestFilter {
    private static final long MOST_CALLERS = 100_000;

    private final int perSecond;
    private final ProblemWriter problems;
    /** A caller who was away for a minute has a full bucket anyway. */
    private final Cache<String, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(MOST_CALLERS)
            .expireAfterAccess(Duration.ofMinutes(1))
            .build();

    RateLimit(ServeSettings settings, ProblemWriter problems) {
        this.perSecond = settings.rateLimit();
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            take(request.getRemoteAddr());
        } catch (Problem tooMany) {
            problems.write(tooMany, response);
            return;
        }
        chain.doFilter(request, response);
    }

    /**
     * Counts one request of a caller.
     *
     * @throws Problem 429 if that was one too many
     */
    public void take(String caller) {
        if (perSecond == 0) {
            return;
        }
        ConsumptionProbe probe = buckets.get(caller, unknown -> full()).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            int seconds = 1 + (int) (probe.getNanosToWaitForRefill() / 1_000_000_000L);
            throw Problem.tooMany("more than " + perSecond + " requests a second", seconds);
        }
    }

    private Bucket full() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(perSecond).refillGreedy(perSecond, Duration.ofSeconds(1)))
                .build();
    }
}
