package io.crossbook.cli.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.crossbook.cli.console.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What one of our programs is told: a JSON document with the keys in snake case, in a file that it gets by name. A password is
 * never in it.
 */
public record SettingsFile(Path path) implements AutoCloseable {
    public static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    /** @param name of what the settings are for, a part of the file's name */
    public static SettingsFile in(Path dataDir, String name) {
        try {
            Path folder = Files.createDirectories(dataDir.resolve("requests"));
            return new SettingsFile(Files.createTempFile(folder, name + "-", ".json"));
        } catch (IOException e) {
            throw new UsageException("--data-dir: cannot write to " + dataDir + ": " + e);
        }
    }

    public static String json(Object settings) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(settings);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("settings cannot be written as JSON", e);
        }
    }

    /** The same on one line. */
    public static String jsonLine(Object settings) {
        try {
            return JSON.writeValueAsString(settings);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("settings cannot be written as JSON", e);
        }
    }

    public SettingsFile write(String json) throws IOException {
        Files.writeString(path, json);
        return this;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException stays) {
            // A left-over file holds no secret and harms nobody.
        }
    }
}
