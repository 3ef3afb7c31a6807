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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** {@code ./crossbook up} as a test has it: database, broker, job and API as real processes, and a caller. */
final class RunningStack {
    static final ObjectMapper JSON = new ObjectMapper();

    private static final long PATIENCE_SECONDS = 180;
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final CommandProcess up;
    private final Path folder;
    private final JsonNode addresses;

    private RunningStack(CommandProcess up, Path folder) throws Exception {
        this.up = up;
        this.folder = folder;
        this.addresses = addresses(up);
    }

    /** Starts everything in a folder of its own, on ports that are free. */
    static RunningStack start(String name, String... options) throws Exception {
        return start(CommandProcess.newFolder(name), Map.of(), options);
    }

    /** Starts everything in a folder, with variables in its environment. */
    static RunningStack start(Path folder, Map<String, String> environment, String... options) throws Exception {
        List<String> words = new ArrayList<>(List.of("up", "--json"));
        words.addAll(List.of(options));
        return new RunningStack(CommandProcess.crossbook(folder, folder, "up", "1g", environment, words), folder);
    }

    /** Standard output of a command. */
    static Path out(CommandProcess command) {
        return command.streams().resolve(command.name() + ".out");
    }

    /** The one line on standard output. */
    static JsonNode addresses(CommandProcess command) throws Exception {
        return JSON.readTree(await(command, out(command), text -> text.endsWith("\n")));
    }

    static String await(CommandProcess command, Path file, Predicate<String> enough) throws IOException {
        long giveUpAt = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < giveUpAt) {
            String text = Files.readString(file);
            if (enough.test(text)) {
                return text;
            }
            assertThat(command.process().isAlive()).as(command.err()).isTrue();
            pause();
        }
        throw new AssertionError("not in time: " + Files.readString(file) + command.err());
    }

    private static void pause() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }

    static void awaitHealth(JsonNode at) throws InterruptedException {
        long giveUpAt = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        String last = "";
        while (System.nanoTime() < giveUpAt) {
            try {
                HttpResponse<String> health = healthOf(at);
                if (health.statusCode() == 200) {
                    return;
                }
                last = health.statusCode() + " " + health.body();
            } catch (InterruptedException stopped) {
                throw stopped;
            } catch (Exception notNow) {
                last = notNow.toString();
            }
            pause();
        }
        throw new AssertionError("not healthy in time: " + last);
    }

    /** Kills a child and waits for its successor, and for everything to be well again. */
    static void comesBack(CommandProcess up, JsonNode at, String mainClass) throws Exception {
        ProcessHandle killed = child(up, mainClass).orElseThrow();
        killed.destroyForcibly();
        killed.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        long giveUpAt = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (child(up, mainClass).filter(child -> child.pid() != killed.pid()).isEmpty()) {
            assertThat(System.nanoTime()).as(mainClass + " comes back").isLessThan(giveUpAt);
            pause();
        }
        awaitHealth(at);
    }

    static Optional<ProcessHandle> child(CommandProcess up, String mainClass) {
        return up.process()
                .toHandle()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains(mainClass))
                .findFirst();
    }

    static void databaseComesBack(JsonNode at, Path folder) throws Exception {
        long killed = databasePid(folder.resolve(".crossbook"));
        ProcessHandle.of(killed).orElseThrow().destroyForcibly();
        long giveUpAt = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (databasePid(folder.resolve(".crossbook")) == killed) {
            assertThat(System.nanoTime()).as("the database comes back").isLessThan(giveUpAt);
            pause();
        }
        awaitHealth(at);
    }

    /** The number of the server's process; that of the one before until it has written its own. */
    static long databasePid(Path dataDir) throws IOException {
        Path file = dataDir.resolve("postgres/data/postmaster.pid");
        List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
        return lines.isEmpty() ? 0 : Long.parseLong(lines.get(0).strip());
    }

    private static HttpResponse<String> healthOf(JsonNode at) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create(at.get("api").textValue() + "/healthz"))
                        .timeout(Duration.ofSeconds(PATIENCE_SECONDS))
                        .build(),
                BodyHandlers.ofString());
    }

    /** Kills one of the programs and waits until another runs in its place. */
    void kill(String mainClass) throws Exception {
        comesBack(up, addresses, mainClass);
    }

    /** Sends a program a signal, as STOP or CONT. */
    void signal(String mainClass, String signal) throws Exception {
        long pid = child(up, mainClass).orElseThrow().pid();
        assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                        .start()
                        .waitFor())
                .isZero();
    }

    void awaitHealth() throws InterruptedException {
        awaitHealth(addresses);
    }

    /** The same for the server of the database. */
    void killDatabase() throws Exception {
        databaseComesBack(addresses, folder);
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
        HttpResponse<String> answer = CLIENT.send(request.build(), BodyHandlers.ofString());
        return new Answer(answer.statusCode(), JSON.readTree(answer.body()));
    }

    HttpClient client() {
        return CLIENT;
    }

    void stop() throws IOException, InterruptedException {
        up.process().destroy();
        up.ended();
    }
}
