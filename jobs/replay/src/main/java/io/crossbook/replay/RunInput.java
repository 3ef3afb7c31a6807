package io.crossbook.replay;

import io.crossbook.replay.input.InputFile;
import io.crossbook.replay.input.InputFormat;
import io.crossbook.replay.input.InputSettings;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The input part of a program's settings, in the reader's own terms. */
final class RunInput {
    private RunInput() {}

    /** What programs that read files are told of them; see {@link BacktestSettings}. */
    interface Request {
        List<BacktestSettings.InputFile> files();

        Map<String, String> map();

        boolean ignoreExtra();

        @Nullable
        Long from();

        @Nullable
        Long to();

        @Nullable
        String openingBook();

        String zone();
    }

    static InputSettings settings(Request settings) {
        return new InputSettings(
                settings.files().stream().map(RunInput::file).toList(),
                settings.map(),
                settings.ignoreExtra(),
                settings.from(),
                settings.to(),
                settings.openingBook(),
                ZoneId.of(settings.zone()));
    }

    private static InputFile file(BacktestSettings.InputFile file) {
        return new InputFile(
                file.name(),
                file.path(),
                InputFormat.valueOf(file.format()),
                file.instrument(),
                file.date() == null ? null : LocalDate.parse(file.date()));
    }
}
