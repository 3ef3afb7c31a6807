package io.crossbook.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.crossbook.cli.CommandProcess.Ended;
import io.crossbook.cli.console.ExitCode;
import io.crossbook.store.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What docker-compose.yml starts, started as plain processes with the settings and command lines that stand there: only names of
 * machines, ports and folders are others. Grafana is left out.
 */
@Tag("long")
class ComposeIT {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String READER = "crossbook_reader";

    private final List<Process> running = new ArrayList<>();
    private Path folder;
    private JsonNode services;
    /** What a container is called by the others, and where it is here. */
    private final Map<String, String> names = new LinkedHashMap<>();

    @Test
    void theServicesOfTheFileAreAMarket() throws Exception {
        folder = CommandProcess.newFolder("compose");
        services = new YAMLMapper()
                .readTree(CommandProcess.ROOT.resolve("docker-compose.yml").toFile())
                .get("services");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder.resolve("database"), 0)) {
            names.put(
                    "postgres:5432",
                    URI.create(postgres.jdbcUrl().substring("jdbc:".length())).getAuthority());
            names.put("kafka:19092", startKafka());
            names.put("/var/lib/crossbook", folder.resolve("data").toString());
            try (FlinkCluster cluster = FlinkCluster.start(
                    folder.resolve("flink"), flinkProperties("jobmanager"), flinkProperties("taskmanager"))) {
                names.put("jobmanager:8081", cluster.address());
                market(postgres, cluster);
            }
        } finally {
            running.forEach(process -> process.destroyForcibly().onExit().join());
        }
    }

    private void market(EmbeddedPostgres postgres, FlinkCluster cluster) throws Exception {
        CommandProcess live = crossbook("live", postgres);
        cluster.awaitRunning();
        String api = "127.0.0.1:" + CommandProcess.freePort();
        names.put("api:8080", api);
        names.put("0.0.0.0", "127.0.0.1");
        crossbook("api", postgres, "--api-port", api.substring(api.indexOf(':') + 1));
        Waiting.until("the API is healthy", () -> get(api, "/healthz").statusCode() == 200);
        order(api, "SELL", "alice");
        assertThat(order(api, "BUY", "bob").body()).contains("\"status\":\"FILLED\"");
        readerReads(postgres);
        prometheusSees(api);

        live.process().destroy();
        Ended stopped = live.ended();
        assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(ExitCode.STOPPED);
        assertThat(stopped.err()).contains("goes on from here");
    }

    /** By the program of Kafka's image that makes its configuration of the variables. */
    private String startKafka() throws Exception {
        String inside = "127.0.0.1:" + CommandProcess.freePort();
        String outside = "127.0.0.1:" + CommandProcess.freePort();
        String controller = "127.0.0.1:" + CommandProcess.freePort();
        Map<String, String> variables = new LinkedHashMap<>();
        services.get("kafka")
                .get("environment")
                .properties()
                .forEach(variable -> variables.put(
                        variable.getKey(),
                        variable.getValue()
                                .asText()
                                .replace("localhost:9093", controller)
                                .replaceAll("INSIDE://(kafka)?:19092", "INSIDE://" + inside)
                                .replaceAll("OUTSIDE://(localhost)?:9092", "OUTSIDE://" + outside)
                                .replace(
                                        "/var/lib/kafka/data",
                                        folder.resolve("kafka/data").toString())));
        variables.put("CLUSTER_ID", "5L6g3nShT-eMCtK--X86sw");
        Path defaults = Files.createDirectories(folder.resolve("kafka/defaults"));
        Path mounted = Files.createDirectories(folder.resolve("kafka/mounted"));
        Path configuration = Files.createDirectories(folder.resolve("kafka/final"));
        for (String file : List.of("server.properties", "log4j2.yaml", "tools-log4j2.yaml")) {
            Files.writeString(defaults.resolve(file), "");
        }
        Ended setup = java(
                        "kafka-setup",
                        variables,
                        "jobs/broker",
                        "kafka.docker.KafkaDockerWrapper",
                        "setup",
                        "--default-configs-dir",
                        defaults.toString(),
                        "--mounted-configs-dir",
                        mounted.toString(),
                        "--final-configs-dir",
                        configuration.toString())
                .ended();
        assertThat(setup.exitCode()).as(setup.out() + setup.err()).isZero();
        java(
                "kafka",
                variables,
                "jobs/broker",
                "kafka.Kafka",
                configuration.resolve("server.properties").toString());
        return inside;
    }

    private CommandProcess java(
            String name, Map<String, String> variables, String module, String program, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(CommandProcess.JAVA, "-Xmx512m", "-cp"));
        try (Stream<Path> jars = Files.list(CommandProcess.ROOT.resolve(module).resolve("target/lib"))) {
            command.add(jars.map(Path::toString).sorted().collect(Collectors.joining(File.pathSeparator)));
        }
        command.add(program);
        command.addAll(List.of(arguments));
        ProcessBuilder builder = CommandProcess.builder(folder, "", command);
        builder.environment().putAll(variables);
        CommandProcess started = CommandProcess.start(builder, folder, name);
        running.add(started.process());
        return started;
    }

    private Map<String, String> flinkProperties(String service) {
        Map<String, String> properties = new LinkedHashMap<>();
        services.get(service)
                .get("environment")
                .get("FLINK_PROPERTIES")
                .asText()
                .lines()
                .forEach(line -> {
                    String[] pair = line.split(": ", 2);
                    properties.put(pair[0], pair[1]);
                });
        return properties;
    }

    /** The command line of a service of the image "crossbook". */
    private CommandProcess crossbook(String service, EmbeddedPostgres postgres, String... more) throws IOException {
        String line = services.get(service).get("command").asText().strip();
        for (Map.Entry<String, String> name : names.entrySet()) {
            line = line.replace(name.getKey(), name.getValue());
        }
        List<String> arguments = new ArrayList<>(List.of(line.split("\\s+")));
        arguments.addAll(List.of(more));
        CommandProcess started = CommandProcess.crossbook(
                folder,
                folder,
                service,
                "512m",
                Map.of("PGUSER", postgres.user(), "PGPASSWORD", postgres.password()),
                arguments);
        running.add(started.process());
        return started;
    }

    private static HttpResponse<String> order(String api, String side, String client) throws Exception {
        String body = """
                {"instrument":"ACME","client_id":"%s","side":"%s","type":"LIMIT","price":"10","quantity":"3"}""".formatted(client, side);
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create("http://" + api + "/api/v1/orders"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return answer;
    }

    /** The role that jobs/deploy/reader.sh makes when the database is made. */
    private void readerReads(EmbeddedPostgres postgres) throws Exception {
        if (isMissing("psql", "the reader's role")) {
            return;
        }
        URI server = URI.create(postgres.jdbcUrl().substring("jdbc:".length()));
        ProcessBuilder builder = new ProcessBuilder(
                "sh", CommandProcess.ROOT.resolve("jobs/deploy/reader.sh").toString());
        builder.environment()
                .putAll(Map.of(
                        "PGHOST", server.getHost(),
                        "PGPORT", Integer.toString(server.getPort()),
                        "PGPASSWORD", postgres.password(),
                        "POSTGRES_USER", postgres.user(),
                        "POSTGRES_DB", server.getPath().substring(1),
                        "CROSSBOOK_READER_PASSWORD", "it's quoted"));
        Ended made = CommandProcess.start(builder, folder, "reader").ended();
        assertThat(made.exitCode()).as(made.err()).isZero();
        try (Connection reader = DriverManager.getConnection(postgres.jdbcUrl(), READER, "it's quoted");
                Statement statement = reader.createStatement()) {
            Waiting.until("the trade is stored", () -> {
                try (ResultSet trades = statement.executeQuery("SELECT quantity FROM v_trades_detailed")) {
                    return trades.next() && trades.getString(1).equals("3");
                }
            });
            assertThatThrownBy(() -> statement.execute("DELETE FROM trades")).isInstanceOf(SQLException.class);
        }
    }

    private void prometheusSees(String api) throws Exception {
        if (isMissing("prometheus", "Prometheus")) {
            return;
        }
        String address = "127.0.0.1:" + CommandProcess.freePort();
        Path configuration = Files.writeString(
                folder.resolve("prometheus.yml"),
                Files.readString(CommandProcess.ROOT.resolve("jobs/deploy/prometheus.yml"))
                        .replace("api:8080", api));
        ProcessBuilder builder = new ProcessBuilder(
                "prometheus",
                "--config.file=" + configuration,
                "--storage.tsdb.path=" + folder.resolve("prometheus"),
                "--web.listen-address=" + address);
        running.add(CommandProcess.start(builder, folder, "prometheus").process());
        Waiting.until("Prometheus reads the API", () -> get(address, "/api/v1/query?query=orders_received_total")
                .body()
                .contains("\"metric\""));
    }

    private static boolean isMissing(String program, String part) {
        boolean missing = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .noneMatch(directory -> Files.isExecutable(Path.of(directory, program)));
        if (missing) {
            System.out.println("skipped: " + part + ", no " + program + " here");
        }
        return missing;
    }

    private static HttpResponse<String> get(String address, String path) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://" + address + path)).build(), BodyHandlers.ofString());
    }
}
