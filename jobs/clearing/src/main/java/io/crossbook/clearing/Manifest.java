package io.crossbook.clearing;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a clearing says of itself, {@code manifest.json}: what it was told, how each price was found, what was checked, and the
 * hash over its files. Nothing in it depends on when or how often it ran.
 *
 * @param run what it cleared
 * @param inputs by option, each with its name and the hash of its bytes
 * @param methods by instrument
 * @param checks by name, each with what broke it
 * @param totals by currency
 * @param files by name, each with the hash of its bytes
 * @param hash what {@code cat} of the files in this order into {@code sha256sum} prints
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record Manifest(
        Run run,
        Map<String, Input> inputs,
        Map<String, String> methods,
        Map<String, Long> checks,
        Figures figures,
        Map<String, Totals> totals,
        Map<String, String> files,
        String hash) {
    static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(com.fasterxml.jackson.databind.SerializationFeature.INDENT_OUTPUT)
            .build();

    /** @param supersedes number of the clearing of this date that it replaces */
    record Run(
            String runId,
            String businessDate,
            int runNo,
            boolean official,
            boolean whatIf,
            @Nullable String reason,
            @Nullable String previousDate,
            @Nullable Integer supersedes,
            String calendar) {}

    record Input(String name, String sha256) {}

    /** @param legs two for each trade that stands */
    record Figures(long instruments, long members, long legs, long openPositions) {}

    /** Amounts of one currency; variation margin is what those who are paid get. */
    record Totals(
            String variationMargin,
            String deliveries,
            String fees,
            String marginRequirement,
            String marginCalls,
            String rounding) {}

    String toJson() {
        try {
            return JSON.writeValueAsString(this) + '\n';
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a manifest cannot be written as JSON", e);
        }
    }

    JsonNode toTree() {
        return JSON.valueToTree(this);
    }

    static Manifest fromJson(String json) {
        try {
            return JSON.readValue(json, Manifest.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a manifest cannot be read: " + e.getMessage(), e);
        }
    }
}
