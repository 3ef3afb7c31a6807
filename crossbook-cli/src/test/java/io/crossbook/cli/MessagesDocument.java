package io.crossbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** docs/messages.md: the fields that the records of the bundled day really have; written anew with {@code -Dcrossbook.docs=write}. */
final class MessagesDocument {
    private static final Path DOCUMENT = CommandProcess.ROOT.resolve("docs/messages.md");
    private static final List<String> TOPICS = List.of("executions", "trades", "book", "pnl", "rejects");

    private MessagesDocument() {}

    static void check(TopicReader topics, String prefix) throws Exception {
        StringBuilder page = new StringBuilder("""
                # Fields of the messages

                Made from what the bundled day put on the topics, by `LiveIT`. What each means: [topics.md](topics.md). `?` marks what is left out where there is
                nothing to say.
                """);
        for (String topic : TOPICS) {
            List<JsonNode> records = topics.withoutRepeats(prefix + '.' + topic);
            page.append("\n## .").append(topic).append("\n\n| field | type |\n|---|---|\n");
            fields(records).forEach((field, type) -> page.append("| ")
                    .append(field)
                    .append(" | ")
                    .append(type)
                    .append(" |\n"));
            page.append("\n```json\n")
                    .append(first(records).toString().replace(prefix, "live"))
                    .append("\n```\n");
        }
        if (System.getProperty("crossbook.docs", "").equals("write")) {
            Files.writeString(DOCUMENT, page);
        }
        assertThat(DOCUMENT).hasContent(page.toString());
    }

    /** Of a command that could be read: others lie in any partition. */
    private static JsonNode first(List<JsonNode> records) {
        return records.stream()
                .filter(record -> record.has("instrument"))
                .min(Comparator.comparing(
                                (JsonNode record) -> record.path("instrument").asText())
                        .thenComparing(record -> record.path("sequence").asLong())
                        .thenComparing(record -> record.path("event_no").asInt()))
                .orElseThrow();
    }

    /** In the order of their names, with {@code ?} where some records lack them. */
    private static Map<String, String> fields(List<JsonNode> records) {
        Map<String, TreeSet<String>> types = new LinkedHashMap<>();
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (JsonNode record : records) {
            record.properties().forEach(field -> {
                types.computeIfAbsent(field.getKey(), name -> new TreeSet<>()).add(type(field.getValue()));
                counts.merge(field.getKey(), 1, Integer::sum);
            });
        }
        Map<String, String> fields = new LinkedHashMap<>();
        new TreeSet<>(types.keySet())
                .forEach(name -> fields.put(
                        name, String.join(" or ", types.get(name)) + (counts.get(name) == records.size() ? "" : "?")));
        return fields;
    }

    private static String type(JsonNode value) {
        if (value.isArray()) {
            TreeSet<String> names = new TreeSet<>();
            value.forEach(each -> each.fieldNames().forEachRemaining(names::add));
            return "list of " + String.join(", ", names);
        }
        return switch (value.getNodeType()) {
            case STRING -> "text";
            case NUMBER -> "number";
            case BOOLEAN -> "true/false";
            case OBJECT -> "object";
            default -> throw new AssertionError(value);
        };
    }
}
