package io.crossbook.cli;

import io.crossbook.cli.backtest.BacktestCommand;
import io.crossbook.cli.backtest.DemoCommand;
import io.crossbook.cli.clear.ClearCommand;
import io.crossbook.cli.console.Console;
import io.crossbook.cli.console.Failures;
import io.crossbook.cli.console.Installation;
import io.crossbook.cli.console.Surroundings;
import io.crossbook.cli.doctor.DoctorCommand;
import io.crossbook.cli.generate.GenerateCommand;
import io.crossbook.cli.live.LiveCommand;
import io.crossbook.cli.live.PublishCommand;
import io.crossbook.cli.runs.DiffCommand;
import io.crossbook.cli.runs.ExportCommand;
import io.crossbook.cli.runs.VerifyCommand;
import io.crossbook.cli.serve.ServeCommand;
import io.crossbook.cli.serve.UpCommand;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code crossbook} and the list of its subcommands. */
@Command(
        name = "crossbook",
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Replays orders through a price-time matcher and FIFO profit and loss, on Flink, and leaves trades, orders,"
                    + " positions, lots and P&L in Postgres and in files.",
            ""
        },
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nStart here:%n",
        footer = {
            "  ./crossbook demo --no-serve      a bundled day, in under a minute",
            "  ./crossbook backtest orders.csv  your own orders",
            "  ./crossbook backtest --help      the columns of a file, all options",
            "  ./crossbook up                   orders by REST or Kafka, matched as they come",
            "",
            "Results go to standard output, progress and errors to standard error.",
            "Exit codes: 0 ok, 1 internal error, 2 wrong use, 3 a check failed or runs",
            "differ, 4 too many unreadable lines or input that broke off, 130 stopped."
        })
public final class CrossbookCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    public static void main(String[] arguments) {
        System.exit(run(Surroundings.ofProcess(), arguments));
    }

    /** Runs one command line and returns its exit code. */
    public static int run(Surroundings surroundings, String... arguments) {
        return commandLine(surroundings).execute(arguments);
    }

    static CommandLine commandLine(Surroundings surroundings) {
        CommandLine root = new CommandLine(new CrossbookCommand())
                .addSubcommand(new DemoCommand(surroundings))
                .addSubcommand(new BacktestCommand(surroundings))
                .addSubcommand(new UpCommand(surroundings))
                .addSubcommand(new ServeCommand(surroundings))
                .addSubcommand(new LiveCommand(surroundings))
                .addSubcommand(new PublishCommand(surroundings))
                .addSubcommand(ClearCommand.withSubcommands(surroundings))
                .addSubcommand(new GenerateCommand(surroundings))
                .addSubcommand(new VerifyCommand(surroundings))
                .addSubcommand(new DiffCommand(surroundings))
                .addSubcommand(new ExportCommand(surroundings))
                .addSubcommand(new DoctorCommand(surroundings));
        configure(root, surroundings);
        return root;
    }

    /** Also what is below it. */
    private static void configure(CommandLine command, Surroundings surroundings) {
        command.getSubcommands().values().forEach(below -> configure(below, surroundings));
        Console console = surroundings.console();
        Failures failures = new Failures(surroundings);
        command.getCommandSpec().mixinStandardHelpOptions(true).versionProvider(new Version());
        command.setUsageHelpWidth(80)
                .setUsageHelpLongOptionsMaxWidth(26)
                .setColorScheme(CommandLine.Help.defaultColorScheme(console.colourOut() ? Ansi.ON : Ansi.OFF))
                .setOut(new PrintWriter(console.out(), true))
                .setErr(new PrintWriter(console.err(), true))
                .setParameterExceptionHandler(failures::wrongUse)
                .setExecutionExceptionHandler(failures::failed);
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "no command given");
    }

    private static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"crossbook " + Installation.version()};
        }
    }
}
