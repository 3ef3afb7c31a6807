package io.crossbook.api.web;

import io.crossbook.api.problem.ProblemAdvice;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.AsyncHandlerMethodReturnValueHandler;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lets whoever completes the future of an answer write it. Spring would take the request through all its filters a second
 * time, and a thread that waited for the answer would have to be woken for it.
 *
 * <p>It is for futures of a {@link ResponseEntity}, and sets no limit to how long they take: whoever makes one does.
 */
@Component
final class LaterAnswers implements AsyncHandlerMethodReturnValueHandler, WebMvcConfigurer {
    private static final Logger LOG = LoggerFactory.getLogger(LaterAnswers.class);
    private static final long NO_LIMIT = 0;

    private final JsonMapper json;
    private final ProblemAdvice problems;

    LaterAnswers(JsonMapper json, ProblemAdvice problems) {
        this.json = json;
        this.problems = problems;
    }

    @Override
    public void addReturnValueHandlers(List<HandlerMethodReturnValueHandler> handlers) {
        handlers.add(this);
    }

    @Override
    public boolean supportsReturnType(MethodParameter type) {
        return type.getGenericParameterType() instanceof ParameterizedType future
                && future.getRawType() == CompletableFuture.class
                && future.getActualTypeArguments()[0] instanceof ParameterizedType entity
                && entity.getRawType() == ResponseEntity.class;
    }

    /** Otherwise Spring's own come first. */
    @Override
    public boolean isAsyncReturnValue(@Nullable Object value, MethodParameter type) {
        return value instanceof CompletableFuture && supportsReturnType(type);
    }

    @Override
    public void handleReturnValue(
            @Nullable Object value, MethodParameter type, ModelAndViewContainer container, NativeWebRequest request) {
        container.setRequestHandled(true);
        HttpServletRequest asked = Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class));
        AsyncContext context =
                asked.startAsync(asked, Objects.requireNonNull(request.getNativeResponse(HttpServletResponse.class)));
        context.setTimeout(NO_LIMIT);
        ((CompletableFuture<?>) Objects.requireNonNull(value)).whenComplete((answer, failed) -> {
            try {
                write(failed == null ? (ResponseEntity<?>) answer : problems.answer(failed), context);
            } finally {
                context.complete();
            }
        });
    }

    private void write(ResponseEntity<?> answer, AsyncContext context) {
        HttpServletResponse response = (HttpServletResponse) context.getResponse();
        try {
            write(answer, bodyOf(answer), response);
        } catch (JacksonException unwritable) {
            ResponseEntity<Object> instead = problems.answer(unwritable);
            write(instead, bodyOf(instead), response);
        }
    }

    private byte[] bodyOf(ResponseEntity<?> answer) {
        return answer.getBody() instanceof byte[] written ? written : json.writeValueAsBytes(answer.getBody());
    }

    /** Into the buffer, however large: it goes out in a thread of the server, so that a slow caller holds up nobody here. */
    private static void write(ResponseEntity<?> answer, byte[] body, HttpServletResponse response) {
        response.setStatus(answer.getStatusCode().value());
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        answer.getHeaders().forEach((name, values) -> values.forEach(each -> response.setHeader(name, each)));
        try {
            response.setBufferSize(body.length);
            response.getOutputStream().write(body);
        } catch (IOException gone) {
            LOG.debug("nobody waits for an answer any more", gone);
        }
    }
}
