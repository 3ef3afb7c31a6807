package io.crossbook.api.problem;

import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** A request that cannot be answered as asked, for a reason that the caller is told. */
public final class Problem extends RuntimeException {
    private final HttpStatus status;
    private final String code;
    private final List<FieldFault> errors;
    private final @Nullable Integer retryAfterSeconds;

    private Problem(
            HttpStatus status,
            String code,
            String detail,
            List<FieldFault> errors,
            @Nullable Integer retryAfterSeconds) {
        // Without a stack: it is an answer, and callers may ask for many.
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
        this.errors = List.copyOf(errors);
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** 400: the form of the request is wrong. */
    public static Problem invalid(List<FieldFault> errors) {
        String detail = errors.size() == 1
                ? errors.get(0).message()
                : errors.size() + " fields are wrong: "
                        + String.join(
                                ", ", errors.stream().map(FieldFault::field).toList());
        return new Problem(HttpStatus.BAD_REQUEST, "INVALID_REQUEST", detail, errors, null);
    }

    /** 400 for one field. */
    public static Problem invalid(String field, String message) {
        return invalid(List.of(new FieldFault(field, message)));
    }

    /** 404. */
    public static Problem notFound(String code, String detail) {
        return new Problem(HttpStatus.NOT_FOUND, code, detail, List.of(), null);
    }

    /** 409: it does not fit how things stand. */
    public static Problem conflict(String code, String detail) {
        return new Problem(HttpStatus.CONFLICT, code, detail, List.of(), null);
    }

    /** 403: it was not allowed when the program was started. */
    public static Problem forbidden(String code, String detail) {
        return new Problem(HttpStatus.FORBIDDEN, code, detail, List.of(), null);
    }

    /** 422: refused by a rule. */
    public static Problem refused(String code, String detail) {
        return new Problem(HttpStatus.UNPROCESSABLE_CONTENT, code, detail, List.of(), null);
    }

    /** 503: something that is needed is away. */
    public static Problem unavailable(String code, String detail) {
        return new Problem(HttpStatus.SERVICE_UNAVAILABLE, code, detail, List.of(), 1);
    }

    /** 429. */
    public static Problem tooMany(String detail, int retryAfterSeconds) {
        return new Problem(HttpStatus.TOO_MANY_REQUESTS, "RATE_LIMITED", detail, List.of(), retryAfterSeconds);
    }

    /** Any other status. */
    public static Problem of(HttpStatus status, String code, String detail) {
        return new Problem(status, code, detail, List.of(), null);
    }

    /** What failed, without what futures wrap around it. */
    public static Throwable causeOf(Throwable failed) {
        boolean wrapped = failed instanceof CompletionException || failed instanceof ExecutionException;
        return wrapped && failed.getCause() != null ? failed.getCause() : failed;
    }

    public HttpStatus status() {
        return status;
    }

    public String code() {
        return code;
    }

    public List<FieldFault> errors() {
        return errors;
    }

    public ProblemView view() {
        return new ProblemView("about:blank", status.getReasonPhrase(), status.value(), code, getMessage(), errors);
    }

    public ResponseEntity<Object> response() {
        ResponseEntity.BodyBuilder answer =
                ResponseEntity.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (retryAfterSeconds != null) {
            answer.header(HttpHeaders.RETRY_AFTER, Integer.toString(retryAfterSeconds));
        }
        return answer.body(view());
    }
}
