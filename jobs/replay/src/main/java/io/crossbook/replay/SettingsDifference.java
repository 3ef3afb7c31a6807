package io.crossbook.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;

/** Names what differs between two requests. */
final class SettingsDifference {
    private SettingsDifference() {}

    /** {@code ": parallelism was 2, is 1"}, naming every setting that differs. */
    static String sentence(Object before, Object now) {
        JsonNode left = BacktestSettings.JSON.valueToTree(before);
        JsonNode right = BacktestSettings.JSON.valueToTree(now);
        StringBuilder sentence = new StringBuilder();
        for (Iterator<String> names = left.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!left.get(name).equals(right.get(name))) {
                sentence.append(sentence.length() == 0 ? ": " : ", ")
                        .append(name)
                        .append(" was ")
                        .append(left.get(name))
                        .append(", is ")
                        .append(right.get(name));
            }
        }
        return sentence.toString();
    }
}
