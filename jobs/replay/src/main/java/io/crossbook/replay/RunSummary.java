package io.crossbook.replay;

import com.fasterxml.jackson.core.type.TypeReference;
import io.crossbook.model.Instruments;
import io.crossbook.model.Timestamps;
import io.crossbook.store.files.RunManifest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What names a run in its summary.
 *
 * @param mode {@code backtest} or {@code live}
 * @param config every setting by name
 */
record RunSummary(String runId, String mode, String version, Map<String, Object> config, int parallelism) {
    static RunSummary of(BacktestSettings settings, Instruments instruments) throws IOException {
        return new RunSummary(
                settings.runId(),
                "backtest",
                settings.version(),
                config(settings.comparable().toJson(), instruments),
                settings.parallelism());
    }

    static RunSummary of(LiveSettings settings, Instruments instruments) throws IOException {
        return new RunSummary(
                settings.runId(),
                "live",
                settings.version(),
                config(settings.toJson(), instruments),
                settings.parallelism());
    }

    private static Map<String, Object> config(String settings, Instruments instruments) throws IOException {
        Map<String, Object> config =
                BacktestSettings.JSON.readValue(settings, new TypeReference<LinkedHashMap<String, Object>>() {});
        config.put(RunManifest.INSTRUMENTS_KEY, RunManifest.describe(instruments));
        return config;
    }

    /**
     * The summary before its checks.
     *
     * @param files what went in
     * @param restarts how often the run went back to a checkpoint
     * @param startedAt of this attempt, on the clock of {@link System#nanoTime}
     */
    RunManifest manifest(
            List<RunManifest.InputFile> files,
            int restarts,
            long startedAt,
            Summaries summaries,
            RunFigures figures,
            String hash) {
        double seconds = (System.nanoTime() - startedAt) / 1e9;
        RunManifest.Input input = figures.input(files);
        return new RunManifest(
                runId,
                mode,
                version,
                config,
                input,
                figures.trades(),
                figures.volume(),
                summaries.clients().size(),
                figures.realizedByCurrency(),
                figures.feesByCurrency(),
                hash,
                Map.of(),
                Math.round(seconds * 1000) / 1000.0,
                Math.round(input.rows() / seconds),
                parallelism,
                restarts,
                format(figures.firstTime()),
                format(figures.lastTime()),
                figures.byInstrument());
    }

    private static @Nullable String format(@Nullable Long time) {
        return time == null ? null : Timestamps.format(time);
    }
}
