package io.crossbook.api.problem;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Turns whatever a request ends in into problem details. */
@RestControllerAdvice
public final class ProblemAdvice extends ResponseEntityExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);
    /** Class 08 of SQL: connection exceptions; 57P: the server is going or starting. */
    private static final List<String> AWAY = List.of("08", "57P");

    /** For what failed outside of Spring's reach. */
    public ResponseEntity<Object> answer(Throwable failed) {
        Throwable cause = Problem.causeOf(failed);
        if (cause instanceof Problem problem) {
            return handle(problem);
        }
        return cause instanceof SQLException sql ? handle(sql) : unexpected(cause);
    }

    @ExceptionHandler
    ResponseEntity<Object> handle(Problem problem) {
        return problem.response();
    }

    @ExceptionHandler
    ResponseEntity<Object> handle(MethodArgumentTypeMismatchException wrong) {
        return Problem.invalid(
                        wrong.getName(),
                        wrong.getName() + " must be " + wanted(wrong) + ", was \"" + shortened(wrong.getValue()) + '"')
                .response();
    }

    private static String wanted(MethodArgumentTypeMismatchException wrong) {
        Class<?> type = wrong.getRequiredType();
        return type == boolean.class || type == Boolean.class ? "true or false" : "a whole number";
    }

    @ExceptionHandler
    ResponseEntity<Object> handle(SQLException failed) {
        String state = failed.getSQLState();
        boolean away = failed instanceof SQLTransientConnectionException
                || (state != null && AWAY.stream().anyMatch(state::startsWith));
        if (away) {
            return Problem.unavailable("DATABASE_UNAVAILABLE", "the database does not answer just now; try again")
                    .response();
        }
        return unexpected(failed);
    }

    @ExceptionHandler(Exception.class)
    ResponseEntity<Object> unexpected(Throwable failed) {
        LOG.error("a request failed", failed);
        return Problem.of(HttpStatus.INTERNAL_SERVER_ERROR, "INTERNAL", "something went wrong here; it is in the log")
                .response();
    }

    @Override
    protected ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException missing,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return Problem.invalid(missing.getParameterName(), missing.getParameterName() + " is missing")
                .response();
    }

    @Override
    protected ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException wrong, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String name = wrong.getPropertyName() == null ? "request" : wrong.getPropertyName();
        return Problem.invalid(name, name + " cannot be read, was \"" + shortened(wrong.getValue()) + '"')
                .response();
    }

    @Override
    protected ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException unreadable,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        Throwable cause = unreadable.getMostSpecificCause();
        if (cause instanceof Problem problem) {
            return problem.response();
        }
        return Problem.invalid("body", "the body must be one JSON object in UTF-8")
                .response();
    }

    /** Everything else that Spring refuses by itself. */
    @Override
    protected ResponseEntity<Object> handleExceptionInternal(
            Exception failed, @Nullable Object body, HttpHeaders headers, HttpStatusCode code, WebRequest request) {
        HttpStatus status = HttpStatus.valueOf(code.value());
        Problem problem =
                switch (status) {
                    case NOT_FOUND -> Problem.notFound("NOT_FOUND", "nothing is here; GET /api/v1/docs shows what is");
                    case METHOD_NOT_ALLOWED ->
                        Problem.of(status, "METHOD_NOT_ALLOWED", "this address does not take that method");
                    case UNSUPPORTED_MEDIA_TYPE ->
                        Problem.of(status, "UNSUPPORTED_MEDIA_TYPE", "the body must be application/json");
                    case NOT_ACCEPTABLE -> Problem.of(status, "NOT_ACCEPTABLE", "answers are application/json");
                    default -> Problem.of(status, status.name(), status.getReasonPhrase());
                };
        ResponseEntity<Object> answer = problem.response();
        return ResponseEntity.status(answer.getStatusCode())
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem.view());
    }

    private static String shortened(@Nullable Object value) {
        String text = String.valueOf(value);
        return text.length() <= 64 ? text : text.substring(0, 64) + "…";
    }
}
