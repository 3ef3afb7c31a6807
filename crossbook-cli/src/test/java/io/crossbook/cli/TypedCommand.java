package io.crossbook.cli;

import io.crossbook.cli.console.Console;
import io.crossbook.cli.console.Installation;
import io.crossbook.cli.console.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** A command line as typed in some folder, with what it printed and its exit code. */
record TypedCommand(int exitCode, String out, String err) {
    static TypedCommand in(Path folder, String... arguments) {
        return in(folder, Map.of(), arguments);
    }

    static TypedCommand in(Path folder, Map<String, String> environment, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(stream(out), stream(err), false, false);
        // The installation is empty on purpose: whatever gets as far as starting the replay is told that it is not
        // built.
        Surroundings surroundings =
                new Surroundings(console, environment, folder, new Installation(folder.resolve("installation")));
        int exitCode = CrossbookCommand.run(surroundings, arguments);
        return new TypedCommand(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
