package io.crossbook.store.checks;

import io.crossbook.store.files.RunManifest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one check has found so far: counts, and the first fault as a sentence. */
final class Finding {
    private final Map<String, Object> figures = new LinkedHashMap<>();
    private long faults;
    private @Nullable String firstFault;

    /** Adds to a count that is shown whether or not there are faults. */
    void count(String name, long more) {
        figures.merge(name, more, (before, added) -> (Long) before + (Long) added);
    }

    void figure(String name, Object value) {
        figures.put(name, value);
    }

    void fault(String message) {
        faults++;
        if (firstFault == null) {
            firstFault = message;
        }
    }

    RunManifest.Check toCheck() {
        Map<String, Object> all = new LinkedHashMap<>(figures);
        all.put("faults", faults);
        return new RunManifest.Check(faults == 0, all, firstFault);
    }
}
