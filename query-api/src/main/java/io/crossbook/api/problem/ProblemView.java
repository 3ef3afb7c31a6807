package io.crossbook.api.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * Problem details (RFC 9457).
 *
 * @param type always {@code about:blank}: the code says what it is
 * @param title words of the status
 * @param code one word for programs
 * @param detail a sentence for people
 * @param errors one entry for each field that is wrong
 */
@Schema(name = "Problem")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProblemView(String type, String title, int status, String code, String detail, List<FieldFault> errors) {}
