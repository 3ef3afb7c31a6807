package io.crossbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A JobManager and TaskManagers in processes of their own, of the Flink that this project depends on, started as its scripts do. */
final class FlinkCluster implements AutoCloseable {
    private static final Path JOB = CommandProcess.ROOT.resolve("jobs/replay/target");
    /** What the job has to bring along. */
    private static final Pattern OF_THE_JOB = Pattern.compile(
            "(market-model|flink-codecs|matching-operator|pnl-operator|results-store|flink-connector-kafka|kafka-|postgresql-).*");

    /** Before what BashJavaUtils of Flink answers. */
    private static final String RESULT = "BASH_JAVA_UTILS_EXEC_RESULT:";

    private final Path folder;
    private final int rpcPort;
    private final int restPort;
    private final Process jobManager;
    private final Map<String, Process> taskManagers = new LinkedHashMap<>();
    private final HttpClient http = HttpClient.newHttpClient();

    private FlinkCluster(Path folder, Map<String, String> jobManagerSettings) throws Exception {
        this.folder = folder;
        this.rpcPort = CommandProcess.freePort();
        this.restPort = CommandProcess.freePort();
        this.jobManager = start(
                "jobmanager",
                "JM",
                "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
                jobManagerSettings);
    }

    /** TaskManagers of one slot each. */
    static FlinkCluster start(Path folder, int taskManagers) throws Exception {
        FlinkCluster cluster = start(folder, Map.of("jobmanager.memory.process.size", "800m"), Map.of());
        for (int i = 1; i < taskManagers; i++) {
            cluster.addTaskManager("taskmanager-" + (i + 1));
        }
        cluster.awaitIdle(taskManagers);
        return cluster;
    }

    /** One of each, with settings of their own. */
    static FlinkCluster start(Path folder, Map<String, String> jobManager, Map<String, String> taskManager)
            throws Exception {
        FlinkCluster cluster = new FlinkCluster(Files.createDirectories(folder), jobManager);
        cluster.addTaskManager("taskmanager-1", taskManager);
        cluster.awaitIdle(1);
        return cluster;
    }

    private void awaitIdle(int taskManagers) throws Exception {
        Waiting.until("all register", () -> idle().size() == taskManagers);
    }

    void addTaskManager(String name) throws Exception {
        addTaskManager(name, Map.of());
    }

    private void addTaskManager(String name, Map<String, String> settings) throws Exception {
        Map<String, String> all = new LinkedHashMap<>(Map.of(
                "taskmanager.host",
                "127.0.0.1",
                "taskmanager.bind-host",
                "127.0.0.1",
                "taskmanager.memory.process.size",
                "1200m"));
        all.putAll(settings);
        all.put("taskmanager.resource-id", name);
        taskManagers.put(name, start(name, "TM", "org.apache.flink.runtime.taskexecutor.TaskManagerRunner", all));
    }

    private Process start(String name, String kind, String program, Map<String, String> settings) throws Exception {
        Path own = Files.createDirectories(folder.resolve(name));
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.putAll(Map.of(
                "jobmanager.rpc.address", "127.0.0.1",
                "jobmanager.rpc.port", Integer.toString(rpcPort),
                "jobmanager.bind-host", "127.0.0.1",
                "rest.address", "127.0.0.1",
                "rest.bind-address", "127.0.0.1",
                "rest.port", Integer.toString(restPort),
                "heartbeat.interval", "1000",
                "heartbeat.timeout", "10000",
                "io.tmp.dirs", own.toString()));
        StringBuilder config = new StringBuilder();
        all.forEach(
                (key, value) -> config.append(key).append(": ").append(value).append('\n'));
        Files.writeString(own.resolve("config.yaml"), config);
        List<String> sizes = sizes(own, kind);
        List<String> command = new ArrayList<>(List.of(CommandProcess.JAVA, "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(sizes.get(0).split(" ")));
        command.addAll(List.of("-cp", classPath(), program, "--configDir", own.toString()));
        command.addAll(List.of(sizes.get(1).split(" ")));
        return CommandProcess.start(CommandProcess.builder(own, "", command), own, name)
                .process();
    }

    /** What Flink's own scripts ask first: options of the JVM, and settings that follow from the size of the process. */
    private static List<String> sizes(Path configDir, String kind) throws Exception {
        List<String> command = List.of(
                CommandProcess.JAVA,
                "-cp",
                classPath(),
                "org.apache.flink.runtime.util.bash.BashJavaUtils",
                "GET_" + kind + "_RESOURCE_PARAMS",
                "--configDir",
                configDir.toString());
        CommandProcess.Ended ended = CommandProcess.start(
                        CommandProcess.builder(configDir, "", command), configDir, "sizes")
                .ended();
        List<String> said = ended.out()
                .lines()
                .filter(line -> line.startsWith(RESULT))
                .map(line -> line.substring(RESULT.length()))
                .toList();
        assertThat(said).as(ended.out() + ended.err()).hasSize(2);
        return said;
    }

    private static String classPath() throws IOException {
        try (Stream<Path> libraries = Files.list(JOB.resolve("lib"))) {
            return String.join(
                    File.pathSeparator,
                    libraries
                            .filter(jar -> !OF_THE_JOB
                                    .matcher(jar.getFileName().toString())
                                    .matches())
                            .map(Path::toString)
                            .sorted()
                            .toList());
        }
    }

    /** Starts the live job as a user of Flink does, with a settings file; it runs until it is stopped. */
    CommandProcess flinkRun(Path settings, Map<String, String> environment) throws IOException {
        Path own = Files.createDirectories(folder.resolve("flink-run"));
        Files.writeString(own.resolve("config.yaml"), "execution.attached: true\n");
        ProcessBuilder builder = CommandProcess.builder(
                own,
                "",
                List.of(
                        CommandProcess.JAVA,
                        // Of env.java.default-opts.all in the configuration that comes with Flink.
                        "--add-opens=java.base/java.util=ALL-UNNAMED",
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "-cp",
                        classPath(),
                        "org.apache.flink.client.cli.CliFrontend",
                        "run",
                        "-m",
                        address(),
                        "-c",
                        "io.crossbook.replay.LiveMain",
                        JOB.resolve("replay.jar").toString(),
                        settings.toString()));
        builder.environment().put("FLINK_CONF_DIR", own.toString());
        builder.environment().putAll(environment);
        return CommandProcess.start(builder, own, "flink-run");
    }

    /** Where its REST answers. */
    String address() {
        return "127.0.0.1:" + restPort;
    }

    /** Kills whoever works, and returns once another has taken over. */
    void killTheBusy() throws Exception {
        List<String> busy = busy();
        assertThat(busy).as("who runs the job").hasSize(1);
        Process victim = taskManagers.remove(busy.get(0));
        victim.destroyForcibly().waitFor();
        Waiting.until("another takes over", () -> !busy().isEmpty() && !busy().equals(busy) && isRunning());
    }

    private boolean isRunning() throws Exception {
        for (JsonNode job : get("/jobs/overview").path("jobs")) {
            if (job.get("state").textValue().equals("RUNNING")) {
                JsonNode tasks = job.get("tasks");
                return tasks.get("running").intValue() == tasks.get("total").intValue();
            }
        }
        return false;
    }

    void awaitRunning() throws Exception {
        Waiting.until("the job runs", () -> isRunning());
    }

    private List<String> busy() throws Exception {
        return taskManagers(each -> each.get("freeSlots").intValue() == 0);
    }

    private List<String> idle() throws Exception {
        return taskManagers(each -> each.get("freeSlots").intValue() > 0);
    }

    private List<String> taskManagers(Predicate<JsonNode> which) throws Exception {
        List<String> found = new ArrayList<>();
        for (JsonNode each : get("/taskmanagers").path("taskmanagers")) {
            if (which.test(each)) {
                found.add(each.get("id").textValue());
            }
        }
        return found;
    }

    private JsonNode get(String path) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://" + address() + path)).build();
        return new ObjectMapper()
                .readTree(
                        http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    @Override
    public void close() {
        List<Process> all = new ArrayList<>(taskManagers.values());
        all.add(jobManager);
        for (Process each : all) {
            each.destroyForcibly().onExit().join();
        }
    }
}
