package io.crossbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** {@code ./crossbook up} as a test has it: database, broker, job and API as real processes, and a caller. */
final class RunningStack {
    static final ObjectMapper JSON = new ObjectMapper();

    private static final long PATIENCE_SECONDS = 120;

    private final CommandProcess up;
    private final Path folder;
    private final JsonNode addresses;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private RunningStack(CommandProcess up, Path folder) throws Exception {
        this.up = up;
        this.folder = folder;
        this.addresses = awaitAddresses();
    }

    /** Starts everything in a folder of its own, on ports that are free. */
    static RunningStack start(String name, String... options) throws Exception {
        Path folder = Files.createTempDirectory(CommandProcess.ROOT.resolve("crossbook-cli/target"), name + '-');
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<String> words = new ArrayList<>(List.of("up", "--json"));
        words.addAll(List.of(options));
        return new RunningStack(CommandProcess.crossbook(folder, folder, "up", "1g", words), folder);
    }

    private JsonNode awaitAddresses() throws Exception {
        Path out = folder.resolve("up.out");
        long giveUpAt = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!Files.readString(out).endsWith("\n")) {
            assertThat(up.process().isAlive()).as(up.err()).isTrue();
            assertThat(System.nanoTime()).as("ready in time: " + up.err()).isLessThan(giveUpAt);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        return JSON.readTree(Files.readString(out));
    }

    Path folder() {
        return folder;
    }

    String address(String name) {
        return addresses.get(name).textValue();
    }

    /** What was answered. */
    record Answer(int status, JsonNode body) {
        /** A text by its path, as {@code order.status}. */
        String text(String path) {
            return body.at('/' + path.replace('.', '/')).asText();
        }
    }

    Answer get(String path) throws Exception {
        return send(request(path).GET());
    }

    Answer post(String path, String body) throws Exception {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.replace('\'', '"'))));
    }

    Answer patch(String path, String body) throws Exception {
        return send(request(path)
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(body.replace('\'', '"'))));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address("api") + "/api/v1" + path))
                .timeout(Duration.ofSeconds(PATIENCE_SECONDS));
    }

    Answer send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
        return new Answer(answer.statusCode(), JSON.readTree(answer.body()));
    }

    HttpClient client() {
        return client;
    }

    void stop() throws IOException, InterruptedException {
        up.process().destroy();
        up.ended();
    }
}
