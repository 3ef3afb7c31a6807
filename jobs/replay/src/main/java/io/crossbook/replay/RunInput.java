package io.crossbook.replay;

import io.crossbook.replay.input.InputFile;
import io.crossbook.replay.input.InputFormat;
import io.crossbook.replay.input.InputSettings;
import java.time.LocalDate;
import java.time.ZoneId;

/** The input part of a run's settings, in the reader's own terms. */
final class RunInput {
    private RunInput() {}

    static InputSettings settings(BacktestSettings settings) {
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
