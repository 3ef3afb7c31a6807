package io.crossbook.benchmarks;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Prints a counter of the API as a whole number: address, name. */
public final class ApiMetric {
    private ApiMetric() {}

    public static void main(String[] args) throws Exception {
        String metrics = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(args[0] + "/metrics")).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        metrics.lines()
                .filter(line -> line.startsWith(args[1] + " ") || line.startsWith(args[1] + "{"))
                .forEach(line ->
                        System.out.printf("%.0f%n", Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))));
    }
}
