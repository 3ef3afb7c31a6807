package io.crossbook.cli.backtest;

import io.crossbook.cli.console.Console;
import io.crossbook.cli.console.ExitCode;
import io.crossbook.cli.console.Installation;
import io.crossbook.cli.console.StopHook;
import io.crossbook.cli.console.UsageException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A program of the replay job as a Java process of its own, with Flink on its class path and not on ours.
 *
 * <p>Its standard input is a pipe that we hold open and never write to: when this program dies, even by SIGKILL, the
 * pipe closes and the child ends itself.
 */
public final class ReplayProcess {
    private static final String PASSWORD_VARIABLE = "CROSSBOOK_DB_PASSWORD";
    /** A live run writes its state before it ends. */
    private static final long SECONDS_TO_END = 75;

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
        if (!Files.exists(installation.replayJar()) || !Files.isDirectory(installation.replayLibraries())) {
            throw new UsageException("the replay program is not built: " + installation.replayJar()
                    + " is missing. Build it with: ./mvnw -DskipTests package");
        }
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
        Path request = write(asked);
        ClassArchive archive = ClassArchive.of(installation.replayJar());
        try {
            ProcessBuilder builder = new ProcessBuilder(commandLine(
                            asked.mainClass(),
                            request,
                            heap,
                            asked.writesArchive() ? archive.options() : archive.optionsIfThere()))
                    .redirectInput(Redirect.PIPE)
                    .redirectOutput(Redirect.PIPE)
                    .redirectError(Redirect.INHERIT);
            builder.environment().remove(PASSWORD_VARIABLE);
            password.ifPresent(secret -> builder.environment().put(PASSWORD_VARIABLE, secret));
            Process child = builder.start();
            stopHook.onStop(() -> end(child));
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
            deleteQuietly(request);
        }
    }

    private List<String> commandLine(String mainClass, Path request, @Nullable String heap, List<String> archive) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(archive);
        command.addAll(Installation.flinkOpens());
        command.add("-Xmx" + (heap != null ? heap : defaultHeap()));
        // Hardly anything is thrown away, so what matters is what the collector costs those who write: this one's
        // barrier
        // is one store, where the default's waits for earlier writes.
        command.add("-XX:+UseParallelGC");
        // The default inlines all of a command's way into several methods and compiles each: twice the work for the
        // compiler, who shares the cores with the run, and slower code.
        command.add("-XX:FreqInlineSize=120");
        // Else the classes that are loaded at the start make the collector stop the run several times.
        command.add("-XX:MetaspaceSize=256m");
        command.add("-Duser.timezone=UTC");
        command.add("-cp");
        command.add(
                installation.replayJar() + File.pathSeparator + installation.replayLibraries() + File.separator + "*");
        command.add(mainClass);
        command.add(request.toString());
        return command;
    }

    /** A quarter of the machine, but no less than 1 GiB, below which Flink has no room for its buffers. */
    private static String defaultHeap() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return Math.max(1024, system.getTotalMemorySize() / MEBIBYTE / 4) + "m";
    }

    private static Path write(Request asked) {
        try {
            Path folder = Files.createDirectories(asked.dataDir().resolve("requests"));
            Path request = Files.createTempFile(folder, asked.name() + "-", ".json");
            return Files.writeString(request, asked.settings());
        } catch (IOException e) {
            throw new UsageException("--data-dir: cannot write to " + asked.dataDir() + ": " + e);
        }
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

    /**
     * Ends the child by its handle: {@code Process.destroy} would close the pipe to it as well, and it would take us for dead
     * and leave without its last words.
     */
    private static void end(Process child) {
        child.toHandle().destroy();
        try {
            if (!child.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                child.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            child.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static void deleteQuietly(Path request) {
        try {
            Files.deleteIfExists(request);
        } catch (IOException stays) {
            // A left-over request holds no secret and harms nobody.
        }
    }
}
