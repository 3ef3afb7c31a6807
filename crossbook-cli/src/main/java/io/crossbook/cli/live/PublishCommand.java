package io.crossbook.cli.live;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossbook.cli.backtest.FileOptions;
import io.crossbook.cli.backtest.ReplayProcess;
import io.crossbook.cli.backtest.ReplaySettings;
import io.crossbook.cli.backtest.RunOptions;
import io.crossbook.cli.broker.BrokerOptions;
import io.crossbook.cli.broker.BrokerSession;
import io.crossbook.cli.console.ExitCode;
import io.crossbook.cli.console.Figures;
import io.crossbook.cli.console.StopHook;
import io.crossbook.cli.console.Surroundings;
import io.crossbook.cli.process.SettingsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code crossbook publish FILE…}: sends files to the topic of commands. */
@Command(
        name = "publish",
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Sends files to the topic of commands, merged by time as a backtest reads them, as fast as it goes or at the"
                    + " pace of their timestamps. A line that cannot be read is sent as the text that rejects.csv would"
                    + " show, so that whoever reads the topic refuses it and nothing vanishes.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./crossbook publish orders.csv marks.csv.gz",
            "  ./crossbook publish orders.csv --speed 10x --from 2026-03-02T09:00:00Z",
            "  ./crossbook publish orders.csv --bootstrap-servers kafka:9092 --json",
            "",
            "Stopped in the middle, it says how many records are there; sent again, they are",
            "there twice, and the second ones are refused as repeated order ids.",
            "Exit codes: 0 ok, 1 internal error, 2 wrong use, 4 input that broke off,",
            "130 stopped."
        })
public final class PublishCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private FileOptions input = new FileOptions();

    @Mixin
    private BrokerOptions broker = new BrokerOptions();

    @Option(
            names = "--speed",
            paramLabel = "max|1x|10x",
            converter = RunOptions.Speed.class,
            description = "As fast as it goes, or so many times the pace of the timestamps. Default: ${DEFAULT-VALUE}.")
    private String speed = RunOptions.Speed.MAX;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Folder of the embedded broker. Default: ${DEFAULT-VALUE}.")
    private Path dataDir = Path.of(".crossbook");

    @Option(names = "--json", description = "Prints what was sent as one JSON document.")
    private boolean json;

    /** What the program is told; see there. */
    private record Request(
            List<ReplaySettings.InputFile> files,
            Map<String, String> map,
            boolean ignoreExtra,
            @Nullable Long from,
            @Nullable Long to,
            @Nullable String openingBook,
            String zone,
            String bootstrapServers,
            String topicPrefix,
            @Nullable Integer partitions,
            @Nullable String speed,
            String progress,
            String result,
            String log) {}

    public PublishCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        input.check(surroundings);
        broker.check();
        Path data = surroundings.resolve(dataDir);
        ReplayProcess process = new ReplayProcess(surroundings.installation(), surroundings.console());
        process.requireBuilt();
        Path result = Files.createTempFile(Files.createDirectories(data.resolve("requests")), "published-", ".json");
        try {
            int exitCode = publish(process, data, result);
            if (exitCode == ExitCode.OK || exitCode == ExitCode.INPUT_STOPPED) {
                tell(Files.readString(result));
            }
            return exitCode;
        } finally {
            Files.deleteIfExists(result);
        }
    }

    private int publish(ReplayProcess process, Path data, Path result) {
        try (StopHook stopHook = new StopHook(surroundings.console());
                BrokerSession session = stopHook.opened(() -> BrokerSession.open(broker, data, surroundings))) {
            return process.run(
                    new ReplayProcess.Request(
                            "publish",
                            "io.crossbook.replay.PublishMain",
                            "publish",
                            data,
                            SettingsFile.json(request(session, data, result)),
                            false,
                            "What it had sent is in the topic."),
                    Optional.empty(),
                    null,
                    stopHook);
        }
    }

    private Request request(BrokerSession session, Path data, Path result) {
        return new Request(
                input.files(surroundings),
                input.map(),
                input.ignoreExtra(),
                input.from(),
                input.to(),
                input.openingBookPath(surroundings),
                input.zone(),
                session.bootstrapServers(),
                broker.topicPrefix(),
                broker.partitions(),
                speed.equals(RunOptions.Speed.MAX) ? null : speed,
                surroundings.console().progressBar() ? "bar" : "none",
                result.toString(),
                data.resolve("publish.log").toString());
    }

    private void tell(String result) throws IOException {
        if (json) {
            surroundings.console().out().print(result);
            return;
        }
        JsonNode sent = SettingsFile.JSON.readTree(result);
        surroundings
                .console()
                .out()
                .println("published " + Figures.count(sent.get("records").asLong()) + " records to "
                        + sent.get("topic").asText() + " ("
                        + sent.get("partitions").asInt() + " partitions) at "
                        + sent.get("bootstrap_servers").asText() + " in "
                        + sent.get("elapsed_seconds").asText() + " s");
        long unreadable = sent.get("unreadable").asLong();
        if (unreadable > 0) {
            surroundings
                    .console()
                    .out()
                    .println(Figures.count(unreadable) + " of them cannot be read and will be refused as they are");
        }
    }
}
