package io.crossbook.clearing;

import io.crossbook.clearing.input.InputText;
import io.crossbook.clearing.input.MarginFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes up the files that a clearing is told things by, before anything begins. */
final class InputFiles {
    private InputFiles() {}

    /** @throws RefusedException naming each file that cannot be read */
    static ClearingInputs read(ClearingSettings settings) {
        Map<String, InputText> files = new LinkedHashMap<>();
        List<String> faults = new ArrayList<>();
        settings.files().forEach((option, file) -> {
            try {
                files.put(option, InputText.read(file.name(), Path.of(file.path())));
            } catch (IllegalArgumentException wrong) {
                faults.add("--" + option + ": " + wrong.getMessage());
            }
        });
        addNamed(settings, files);
        if (!faults.isEmpty()) {
            throw new RefusedException(faults);
        }
        return new ClearingInputs(
                settings.calendar(),
                settings.closingWindowNanos(),
                settings.minTrades(),
                settings.marginModel(),
                settings.settlementMethod(),
                files);
    }

    /** The files that the margin file names lie beside it. What is wrong with either is told when it is read for good. */
    private static void addNamed(ClearingSettings settings, Map<String, InputText> files) {
        InputText margin = files.get(ClearingInputs.MARGIN);
        if (margin == null) {
            return;
        }
        Path file = Path.of(settings.files().get(ClearingInputs.MARGIN).path());
        try {
            MarginFile.read(margin, name -> {
                InputText named = InputText.read(name, file.resolveSibling(name));
                files.put(ClearingInputs.MARGIN + ':' + name, named);
                return named;
            });
        } catch (IllegalArgumentException toldLater) {
            // It is read again from what is kept here.
        }
    }
}
