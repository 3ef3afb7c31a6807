package io.crossbook.api.web;

import io.crossbook.api.problem.Problem;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** What Tomcat refuses before anybody else sees it, as problem details. */
public final class ProblemValve extends ErrorReportValve {
    private static final JsonMapper JSON = JsonConfiguration.mapper();

    @Override
    protected void report(Request request, Response response, Throwable failed) {
        int code = response.getStatus();
        if (code < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        HttpStatus known = HttpStatus.resolve(code);
        HttpStatus status = known == null ? HttpStatus.BAD_REQUEST : known;
        String detail = status == HttpStatus.BAD_REQUEST
                ? "this is no HTTP request that can be understood"
                : status.getReasonPhrase();
        try {
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.getOutputStream()
                    .write(JSON.writeValueAsBytes(
                            Problem.of(status, status.name(), detail).view()));
            response.finishResponse();
        } catch (IOException | IllegalStateException gone) {
            container.getLogger().debug("nobody reads the report of an error", gone);
        }
    }
}
