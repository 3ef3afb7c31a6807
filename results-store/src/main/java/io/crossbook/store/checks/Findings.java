package io.crossbook.store.checks;

import io.crossbook.store.files.RunManifest;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** One finding for each check. */
final class Findings {
    private final Map<CheckName, Finding> byName = new EnumMap<>(CheckName.class);

    Findings() {
        for (CheckName name : CheckName.values()) {
            byName.put(name, new Finding());
        }
    }

    Finding of(CheckName name) {
        return byName.get(name);
    }

    /** Takes in what was found elsewhere, as if it had been found here, after all that was. */
    void add(Findings later) {
        byName.forEach((name, finding) -> finding.add(later.of(name)));
    }

    Map<String, RunManifest.Check> toChecks() {
        Map<String, RunManifest.Check> checks = new LinkedHashMap<>();
        byName.forEach((name, finding) -> checks.put(name.key(), finding.toCheck()));
        return checks;
    }
}
