package io.crossbook.api.orders;

import io.crossbook.api.problem.Problem;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/**
 * Some requests wait for their answer in their own thread, which costs half of handing them over; when many wait, the others
 * are handed over, so that threads are left for those who only read.
 */
@Component
public final class AnswerPlaces {
    /** Of the 200 threads of application.properties. */
    private static final int PLACES = 128;

    private final Semaphore places = new Semaphore(PLACES);

    /** @return the answer, or the future of it, which Spring waits for */
    public Object answer(CompletableFuture<ResponseEntity<Object>> future) throws ExecutionException {
        if (!places.tryAcquire()) {
            return future;
        }
        try {
            return future.get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("STOPPING", "the program is being stopped");
        } catch (ExecutionException failed) {
            if (Problem.causeOf(failed) instanceof Problem problem) {
                throw problem;
            }
            throw failed;
        } finally {
            places.release();
        }
    }
}
