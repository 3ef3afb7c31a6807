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

    /** A count that goes on, without a new object for each of millions of rows. */
    private static final class Tally {
        long count;
    }

    /** Adds to a count that is shown whether or not there are faults. */
    void count(String name, long more) {
        Tally tally = (Tally) figures.get(name);
        if (tally == null) {
            tally = new Tally();
            figures.put(name, tally);
        }
        tally.count += more;
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

    /** Takes in what was found elsewhere, as if it had been found here, after all that was. */
    void add(Finding later) {
        later.figures.forEach((name, value) -> {
            if (value instanceof Tally tally) {
                count(name, tally.count);
            } else {
                figure(name, value);
            }
        });
        faults += later.faults;
        firstFault = firstFault == null ? later.firstFault : firstFault;
    }

    RunManifest.Check toCheck() {
        Map<String, Object> all = new LinkedHashMap<>(figures);
        all.replaceAll((name, value) -> value instanceof Tally tally ? tally.count : value);
        all.put("faults", faults);
        return new RunManifest.Check(faults == 0, all, firstFault);
    }
}
