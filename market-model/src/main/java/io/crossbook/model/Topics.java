package io.crossbook.model;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/** The names of the topics under one prefix, which one live run owns. */
public record Topics(String prefix) implements Serializable {
    public static final String DEFAULT_PREFIX = "crossbook";

    public String commands() {
        return prefix + ".commands";
    }

    public String executions() {
        return prefix + ".executions";
    }

    public String trades() {
        return prefix + ".trades";
    }

    public String book() {
        return prefix + ".book";
    }

    public String pnl() {
        return prefix + ".pnl";
    }

    public String rejects() {
        return prefix + ".rejects";
    }

    public List<String> all() {
        return List.of(commands(), executions(), trades(), book(), pnl(), rejects());
    }

    /** How rejects name the partitions of the commands, in order. */
    public List<String> sources(int partitions) {
        return IntStream.range(0, partitions)
                .mapToObj(partition -> commands() + '-' + partition)
                .toList();
    }
}
