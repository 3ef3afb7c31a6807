package io.crossbook.cli.backtest;

import io.crossbook.cli.console.Console;
import io.crossbook.cli.console.ExitCode;
import io.crossbook.cli.console.Installation;
import io.crossbook.cli.console.StopHook;
import io.crossbook.cli.database.DatabaseAddress;
import io.crossbook.cli.process.JavaProgram;
import io.crossbook.cli.process.KeptProgram;
import io.crossbook.cli.process.SettingsFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A program of the replay job as a Java process of its own, with Flink on its class path and not on ours.
 *
 * <p>Its standard input is a pipe that we hold open and never write to: when this program dies, even by SIGKILL, the
 * pipe closes and the child ends itself.
 */
public final class ReplayProcess {
    /** A live run writes its state before it ends. */
    public static final int SECONDS_TO_END = 75;

    private static final long MEBIBYTE = 1L << 20;
    private static final int KILLED = 137;
    private static final int TERMINATED = 143;

    private final Installation installation;
    private final Console console;

    public ReplayProcess(Installation installation, Console console) {
        this.installation = installation;
        this.console = console;
    }

    /** Refuses to go on where the program was not built. */
    public void requireBuilt() {
        program().requireBuilt();
    }

    private JavaProgram program() {
        return new JavaProgram("the replay program", installation.replayJar(), installation.replayLibraries());
    }

    /**
     * What to run.
     *
     * @param command the word of the command, for messages
     * @param mainClass of the program
     * @param name of the run, or of whatever the settings are for
     * @param settings what the program is told, as JSON
     * @param writesArchive whether it is this program whose classes the archive beside the jar is made of
     * @param wayOn what to do when the program was killed
     */
    public record Request(
            String command,
            String mainClass,
            String name,
            Path dataDir,
            String settings,
            boolean writesArchive,
            String wayOn) {}

    /**
     * Runs the program to its end.
     *
     * @param password of the database, given to the child by its environment alone
     * @return the exit code that the whole command should have
     */
    public int run(Request asked, Optional<String> password, @Nullable String heap, StopHook stopHook) {
        ClassArchive archive = ClassArchive.of(installation.replayJar());
        try (SettingsFile request = SettingsFile.in(asked.dataDir(), asked.name())) {
            Process child = builder(
                            asked.mainClass(),
                            request.write(asked.settings()),
                            heap,
                            asked.writesArchive() ? archive.options() : archive.optionsIfThere(),
                            password)
                    .start();
            stopHook.onStop(() -> KeptProgram.end(child, SECONDS_TO_END));
            forwardOutput(child);
            int exitCode = child.waitFor();
            if (exitCode == ExitCode.OK) {
                archive.keep();
            }
            return meaning(asked, exitCode);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the process of " + asked.command(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.STOPPED;
        } finally {
            archive.drop();
        }
    }

    /** Such a program as it is to be started by somebody who keeps it running. */
    public ProcessBuilder builder(
            String mainClass, SettingsFile request, @Nullable String heap, Optional<String> password) {
        return builder(
                mainClass,
                request,
                heap,
                ClassArchive.of(installation.replayJar()).optionsIfThere(),
                password);
    }

    private ProcessBuilder builder(
            String mainClass,
            SettingsFile request,
            @Nullable String heap,
            List<String> archive,
            Optional<String> password) {
        ProcessBuilder builder = new ProcessBuilder(program()
                        .command(
                                options(heap, archive),
                                mainClass,
                                request.path().toString()))
                .redirectInput(Redirect.PIPE)
                .redirectOutput(Redirect.PIPE)
                .redirectError(Redirect.INHERIT);
        builder.environment().remove(DatabaseAddress.PASSWORD_VARIABLE);
        password.ifPresent(secret -> builder.environment().put(DatabaseAddress.PASSWORD_VARIABLE, secret));
        return builder;
    }

    private static List<String> options(@Nullable String heap, List<String> archive) {
        List<String> command = new ArrayList<>(archive);
        command.addAll(Installation.flinkOpens());
        command.add("-Xmx" + (heap != null ? heap : defaultHeap()));
        if (heap != null) {
            // Memory that is named is set aside: a long run neither grows on its way nor finds it missing later.
            command.add("-Xms" + heap);
            command.add("-XX:+AlwaysPreTouch");
        }
        // Hardly anything is thrown away, so what matters is what the collector costs those who write: this one's
        // barrier is one store, where the default's waits for earlier writes.
        command.add("-XX:+UseParallelGC");
        // The defaults inline all of a command's way into several methods and compile each: twice the work for
        // the compiler, who shares the cores with the run, and code that is no faster.
        command.add("-XX:FreqInlineSize=120");
        command.add("-XX:InlineSmallCode=600");
        command.add("-XX:MaxInlineLevel=5");
        // Else the classes that are loaded at the start make the collector stop the run several times.
        command.add("-XX:MetaspaceSize=256m");
        return command;
    }

    /** A quarter of the machine, but no less than 1 GiB, below which Flink has no room for its buffers. */
    private static String defaultHeap() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return Math.max(1024, system.getTotalMemorySize() / MEBIBYTE / 4) + "m";
    }

    /** Standard output is for results; whatever the child prints there is a remark and goes to standard error. */
    private void forwardOutput(Process child) {
        Thread forward = new Thread(
                () -> {
                    try (InputStream output = child.getInputStream()) {
                        output.transferTo(console.err());
                    } catch (IOException childIsGone) {
                        // Nothing is left to forward.
                    }
                },
                "replay output");
        forward.setDaemon(true);
        forward.start();
    }

    private int meaning(Request asked, int exitCode) {
        return switch (exitCode) {
            case ExitCode.OK, ExitCode.USAGE, ExitCode.CHECK_FAILED, ExitCode.INPUT_STOPPED -> exitCode;
            case ExitCode.STOPPED, TERMINATED -> ExitCode.STOPPED;
            case KILLED -> {
                console.say(asked.command()
                        + ": the program was killed from outside (by the system, if memory ran out). " + asked.wayOn());
                yield ExitCode.INTERNAL;
            }
            default -> ExitCode.INTERNAL;
        };
    }
}
