package io.crossbook.clearing.input;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A value of a YAML file and the line it begins on, which for the value of a key is the line of the key. A single value
 * is kept as the text that stands in the file: whether that is a number is for its reader to say, so that no digit gets
 * lost and an instrument may be called {@code NO} or {@code 1e5}.
 */
sealed interface YamlNode {
    int line();

    /** As a message says what was found. */
    String found();

    record Scalar(int line, String text) implements YamlNode {
        @Override
        public String found() {
            return Faults.quoted(text);
        }
    }

    record Sequence(int line, List<YamlNode> items) implements YamlNode {
        private static final int MOST_SHOWN = 4;

        @Override
        public String found() {
            String rest = items.size() > MOST_SHOWN ? ", …]" : "]";
            return items.stream().limit(MOST_SHOWN).map(YamlNode::found).collect(Collectors.joining(", ", "[", rest));
        }
    }

    /** Keys in the order of the file. */
    record Mapping(int line, Map<String, YamlNode> entries) implements YamlNode {
        @Override
        public String found() {
            return "a map";
        }
    }
}
