package io.crossbook.cli.console;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what went wrong: wrong use in a line with the nearest right word, a fault of ours with where to look. */
public final class Failures {
    private final Surroundings surroundings;

    public Failures(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Exit code 2 for a command line that cannot be read. */
    public int wrongUse(ParameterException fault, String[] arguments) {
        CommandLine command = fault.getCommandLine();
        return say(command, List.of(sentence(fault, command.getCommandSpec(), arguments)));
    }

    /** Exit code 2 for wrong use found later, 1 for everything else. */
    public int failed(Exception fault, CommandLine command, ParseResult parsed) {
        if (fault instanceof UsageException) {
            return say(command, fault.getMessage().lines().toList());
        }
        Console console = surroundings.console();
        console.say(name(command) + ": internal error: " + fault);
        if (surroundings.environment().containsKey("CROSSBOOK_DEBUG")) {
            fault.printStackTrace(console.err());
        } else {
            console.say("Set CROSSBOOK_DEBUG=1 to see where it happened.");
        }
        return ExitCode.INTERNAL;
    }

    private int say(CommandLine command, List<String> faults) {
        Console console = surroundings.console();
        faults.forEach(fault -> console.say(name(command) + ": " + fault));
        console.say("Try: ./" + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    /** As typed behind {@code ./crossbook}. */
    private static String name(CommandLine command) {
        String words = command.getCommandSpec().qualifiedName();
        return words.substring(words.indexOf(' ') + 1);
    }

    private static String sentence(ParameterException fault, CommandSpec spec, String[] arguments) {
        if (fault instanceof UnmatchedArgumentException unmatched) {
            return unknown(unmatched.getUnmatched().get(0), spec);
        }
        // A slip in an option's name often leaves something missing; the slip is what helps.
        Optional<String> slip = fault instanceof MissingParameterException
                ? Arrays.stream(arguments)
                        .filter(word -> word.startsWith("--"))
                        .filter(word -> !spec.optionsMap().containsKey(name(word)))
                        .findFirst()
                : Optional.empty();
        return slip.map(word -> unknown(word, spec)).orElseGet(() -> plain(fault.getMessage()));
    }

    private static String plain(String message) {
        return firstLetterSmall(
                message.replaceFirst("'([^']*)' is not an? (int|long)$", "expected a whole number, was \"$1\""));
    }

    private static String unknown(String word, CommandSpec spec) {
        if (word.startsWith("-")) {
            String option = name(word);
            return "unknown option \"" + option + "\"" + NearestWord.hint(option, longOptions(spec));
        }
        if (!spec.subcommands().isEmpty()) {
            return "unknown command \"" + word + "\""
                    + NearestWord.hint(word, spec.subcommands().keySet());
        }
        return "one argument too many: \"" + word + "\"";
    }

    /** An option's name without the value that follows it in the same word. */
    private static String name(String option) {
        return option.contains("=") ? option.substring(0, option.indexOf('=')) : option;
    }

    private static Collection<String> longOptions(CommandSpec spec) {
        List<String> names = new ArrayList<>();
        for (OptionSpec option : spec.options()) {
            if (!option.hidden()) {
                names.add(option.longestName());
            }
        }
        return names;
    }

    private static String firstLetterSmall(String message) {
        return message.isEmpty() ? message : Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }
}
