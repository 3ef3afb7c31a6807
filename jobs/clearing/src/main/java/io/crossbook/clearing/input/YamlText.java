package io.crossbook.clearing.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;

/** Reads one YAML document into {@link YamlNode}s. Aliases are refused: they let a small file grow without end. */
final class YamlText {
    private static final int DEEPEST = 16;
    private static final YAMLFactory YAML = factory();

    private final String file;
    private final YAMLParser parser;

    private YamlText(String file, YAMLParser parser) {
        this.file = file;
        this.parser = parser;
    }

    private static YAMLFactory factory() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(InputText.MOST_BYTES);
        return YAMLFactory.builder().loaderOptions(options).build();
    }

    /**
     * The document.
     *
     * @param file its name, for messages
     * @throws IllegalArgumentException with file and line, if it is no YAML, is empty, or repeats a key
     */
    static YamlNode parse(String file, String text) {
        try (YAMLParser parser = YAML.createParser(text)) {
            YamlText reading = new YamlText(file, parser);
            if (parser.nextToken() == null) {
                throw new IllegalArgumentException(file + ": is empty");
            }
            YamlNode document = reading.node(reading.line(), 1);
            if (parser.nextToken() != null) {
                throw reading.fault("a second document begins; one is expected");
            }
            return document;
        } catch (JsonProcessingException noYaml) {
            long line = noYaml.getLocation() == null ? 1 : noYaml.getLocation().getLineNr();
            String reason = noYaml.getOriginalMessage().lines().findFirst().orElse("");
            throw new IllegalArgumentException(file + ':' + line + ": is no YAML: " + reason, noYaml);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(file + ": cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private YamlNode node(int line, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw fault("nests deeper than " + DEEPEST + " levels");
        }
        refuseAlias();
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            return mapping(line, depth);
        }
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            return sequence(line, depth);
        }
        String text = parser.getText();
        return new YamlNode.Scalar(line, text == null ? "" : text);
    }

    private YamlNode mapping(int line, int depth) throws IOException {
        Map<String, YamlNode> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            refuseAlias();
            String key = parser.currentName();
            int keyLine = line();
            if (entries.containsKey(key)) {
                throw fault("key " + Faults.quoted(key) + " is there twice");
            }
            parser.nextToken();
            entries.put(key, node(keyLine, depth + 1));
        }
        return new YamlNode.Mapping(line, entries);
    }

    private YamlNode sequence(int line, int depth) throws IOException {
        List<YamlNode> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node(line(), depth + 1));
        }
        return new YamlNode.Sequence(line, items);
    }

    private void refuseAlias() {
        if (parser.isCurrentAlias()) {
            throw fault("aliases like *name are not understood; write the value out");
        }
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    private IllegalArgumentException fault(String rule) {
        return new IllegalArgumentException(file + ':' + line() + ": " + rule);
    }
}
