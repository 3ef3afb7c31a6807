package io.crossbook.cli;

import io.crossbook.store.files.RunFiles;
import io.crossbook.store.files.RunHash;
import io.crossbook.store.files.RunManifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The folder of a run that had nothing to do, written as a real one is. */
final class EmptyRun {
    private EmptyRun() {}

    static RunManifest in(Path folder, String runId) throws IOException {
        try (RunFiles files = new RunFiles(folder, false)) {
            files.commit();
        }
        RunManifest manifest = manifest(runId, RunHash.of(folder));
        manifest.write(folder);
        return manifest;
    }

    static RunManifest manifest(String runId, String hash) {
        return new RunManifest(
                runId,
                "backtest",
                "0.1.0",
                Map.of(),
                new RunManifest.Input(List.of(), 0, 0, 0, 0, 0, null),
                0,
                Map.of(),
                0,
                Map.of(),
                Map.of(),
                hash,
                Map.of(),
                0.1,
                0,
                1,
                0,
                null,
                null,
                List.of());
    }
}
