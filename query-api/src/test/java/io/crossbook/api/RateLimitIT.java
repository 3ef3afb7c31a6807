package io.crossbook.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.store.embedded.EmbeddedPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

class RateLimitIT {
    @Test
    void whoAsksTooOftenIsToldWhenToAskAgain() throws Exception {
        Path data = Path.of("target/api-it").toAbsolutePath();
        EmbeddedPostgres postgres = EmbeddedPostgres.start(data, 0);
        ServeSettings settings = new ServeSettings(
                "127.0.0.1",
                0,
                new ServeSettings.Database(postgres.jdbcUrl(), postgres.user()),
                null,
                data.toString(),
                5,
                false,
                null,
                "0.1.0");
        try (ConfigurableApplicationContext running = ServeMain.start(settings, postgres.password())) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + ServeMain.portOf(running) + "/api/v1/runs"))
                    .build();
            HttpClient client = HttpClient.newHttpClient();
            List<HttpResponse<String>> answers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                answers.add(client.send(request, HttpResponse.BodyHandlers.ofString()));
            }
            List<HttpResponse<String>> refused = answers.stream()
                    .filter(answer -> answer.statusCode() == 429)
                    .toList();
            assertThat(answers.subList(0, 5)).allMatch(answer -> answer.statusCode() == 200);
            assertThat(refused).isNotEmpty().allSatisfy(answer -> {
                assertThat(answer.body()).contains("\"code\":\"RATE_LIMITED\"");
                assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
            });
            HttpResponse<String> later = refused.get(0);
            while (later.statusCode() == 429) {
                later = client.send(request, HttpResponse.BodyHandlers.ofString());
            }
            assertThat(later.statusCode()).isEqualTo(200);
        } finally {
            postgres.close();
        }
    }
}
