package io.crossbook.cli.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.crossbook.store.files.RunFile;
import io.crossbook.store.files.RunFileReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Rejected lines and commands by reason, each with its first case. */
final class RejectFigures {
    private static final int LONGEST_TEXT = 300;

    private static final int FILE = RunFile.REJECTS.column("file");
    private static final int LINE = RunFile.REJECTS.column("line");
    private static final int SEQUENCE = RunFile.REJECTS.column("sequence");
    private static final int CODE = RunFile.REJECTS.column("code");
    private static final int MESSAGE = RunFile.REJECTS.column("message");

    /** A reason; a line without a sequence was not even readable. */
    private static final class Cause {
        private final String code;
        private final String place;
        private final String message;
        private final boolean unreadable;
        private long number;

        Cause(RunFileReader first) {
            code = first.text(CODE);
            place = first.text(FILE) + ':' + first.text(LINE);
            message = shortened(first.text(MESSAGE));
            unreadable = first.isEmpty(SEQUENCE);
        }
    }

    private final Map<String, Cause> causes = new TreeMap<>();

    private RejectFigures() {}

    static RejectFigures read(Path runDir) throws IOException {
        RejectFigures figures = new RejectFigures();
        try (RunFileReader rejects = RunFileReader.open(runDir, RunFile.REJECTS)) {
            while (rejects.next()) {
                figures.causes.computeIfAbsent(rejects.text(CODE), code -> new Cause(rejects)).number++;
            }
        }
        return figures;
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + '…';
    }

    ArrayNode toJson() {
        List<Cause> sorted = new ArrayList<>(causes.values());
        sorted.sort(Comparator.comparingLong((Cause cause) -> cause.number).reversed());
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (Cause cause : sorted) {
            list.addObject()
                    .put("code", cause.code)
                    .put("number", cause.number)
                    .put("unreadable", cause.unreadable)
                    .put("place", cause.place)
                    .put("message", cause.message);
        }
        return list;
    }
}
