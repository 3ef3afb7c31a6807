package io.crossbook.clearing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.crossbook.clearing.input.InputText;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that a clearing is told. It is kept with the clearing as JSON, files and all, and read from there when it goes on
 * after a crash: a file that changed meanwhile changes nothing.
 *
 * @param calendar whose business days make the chain; an instrument's own wins for its sessions and settlement dates
 * @param closingWindowNanos length of the closing window
 * @param minTrades that the window needs for an average
 * @param marginModel in force instead of the one that the margin file names
 * @param settlementMethod from which on methods are tried, in a clearing that is only tried out
 * @param files by the option that named each, see the constants
 */
public record ClearingInputs(
        String calendar,
        long closingWindowNanos,
        long minTrades,
        @Nullable String marginModel,
        @Nullable String settlementMethod,
        Map<String, InputText> files) {
    public static final String CALENDAR = "calendar";
    public static final String SETTLEMENT_FILE = "settlement-file";
    public static final String CORRECTIONS = "corrections";
    public static final String DELIVERIES = "deliveries";
    public static final String COLLATERAL = "collateral";
    public static final String MARGIN = "margin";
    public static final String FEES = "fees";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    public ClearingInputs {
        // By name: what two processes were told is compared as JSON.
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    public Optional<InputText> file(String option) {
        return Optional.ofNullable(files.get(option));
    }

    String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("inputs cannot be written as JSON", e);
        }
    }

    static ClearingInputs fromJson(String json) {
        try {
            return JSON.readValue(json, ClearingInputs.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the inputs of a clearing cannot be read: " + e.getMessage(), e);
        }
    }
}
