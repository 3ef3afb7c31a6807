package io.crossbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the panels of Grafana ask, asked of the demo's database as Grafana would. */
@Tag("long")
class GrafanaIT {
    private static final Path DASHBOARDS = CommandProcess.ROOT.resolve("jobs/deploy/grafana/dashboards");
    private static final String DAY = "BETWEEN '2024-03-04T00:00:00Z' AND '2024-03-05T00:00:00Z'";

    private static ServedDemo demo;

    @BeforeAll
    static void serveTheDemo() throws Exception {
        demo = ServedDemo.get();
    }

    /** A question of a panel. */
    record Question(String dashboard, String panel, String sql) {
        @Override
        public String toString() {
            return dashboard + ": " + panel;
        }
    }

    static List<Question> questions() throws IOException {
        List<Question> found = new ArrayList<>();
        for (JsonNode dashboard : dashboards()) {
            for (JsonNode panel : dashboard.get("panels")) {
                for (JsonNode target : panel.path("targets")) {
                    if (target.has("rawSql")) {
                        found.add(new Question(
                                dashboard.get("title").textValue(),
                                panel.get("title").textValue(),
                                target.get("rawSql").textValue()));
                    }
                }
            }
            for (JsonNode variable : dashboard.path("templating").path("list")) {
                if (variable.path("query").isTextual()) {
                    found.add(new Question(
                            dashboard.get("title").textValue(),
                            "$" + variable.get("name").textValue(),
                            variable.get("query").textValue()));
                }
            }
        }
        return found;
    }

    private static List<JsonNode> dashboards() throws IOException {
        List<JsonNode> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(DASHBOARDS)) {
            for (Path file : files.sorted().toList()) {
                found.add(new ObjectMapper().readTree(Files.readString(file)));
            }
        }
        return found;
    }

    @ParameterizedTest
    @MethodSource("questions")
    void aPanelHasRows(Question question) throws Exception {
        String sql = question.sql()
                .replace("$run", "demo")
                .replace("$instrument", "ACME")
                .replace("$client", "alice")
                .replaceAll("\\$__timeFilter\\((\\w+)\\)", "$1 " + DAY);
        assertThat(sql).as("variables are all known").doesNotContain("$");
        assertThat(demo.ask(sql)).isNotEmpty();
    }

    @Test
    void eachDashboardHasANameOfItsOwnAndPanelsThatDoNotOverlap() throws Exception {
        List<JsonNode> all = dashboards();
        assertThat(all.stream().map(each -> each.get("uid").textValue()))
                .hasSize(5)
                .doesNotHaveDuplicates();
        for (JsonNode dashboard : all) {
            List<String> cells = new ArrayList<>();
            for (JsonNode panel : dashboard.get("panels")) {
                JsonNode place = panel.get("gridPos");
                for (int x = 0; x < place.get("w").intValue(); x++) {
                    for (int y = 0; y < place.get("h").intValue(); y++) {
                        cells.add((place.get("x").intValue() + x) + ","
                                + (place.get("y").intValue() + y));
                    }
                }
            }
            assertThat(cells).as(dashboard.get("title").textValue()).doesNotHaveDuplicates();
        }
    }
}
