package io.crossbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.cli.CommandProcess.Ended;
import io.crossbook.cli.broker.BrokerSession;
import io.crossbook.cli.console.ExitCode;
import io.crossbook.store.embedded.EmbeddedPostgres;
import io.crossbook.store.files.RunManifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The same job on a cluster of several processes comes to the hash of the backtest, whatever becomes of them. */
@Tag("long")
class ClusterIT {
    private static final String RUN = "cluster";
    private static final String STOP = "2024-03-04T09:20:00Z";
    private static final String AFTER_THE_STOP = "2024-03-04T09:20:00.000000001Z";
    private static final String END = "2024-03-04T09:40:00Z";
    /** Twenty minutes in twenty seconds. */
    private static final String SPEED = "60x";

    @Test
    void aKilledTaskManagerAndMoreParallelismFromASavepointEndWithTheHashOfTheBacktest() throws Exception {
        Path folder = CommandProcess.newFolder("cluster");
        try (EmbeddedPostgres server = EmbeddedPostgres.start(CommandProcess.newFolder("cluster-database"), 0)) {
            Map<String, String> environment = Map.of("PGPASSWORD", server.password());
            String database = "postgres://" + server.user() + "@127.0.0.1:" + server.port() + "/crossbook";
            DayOnTopic day = DayOnTopic.in(folder, environment, "--to", END);
            RunManifest run;
            try (BrokerSession broker = day.broker();
                    FlinkCluster cluster = FlinkCluster.start(folder.resolve("flink"), 2)) {
                List<String> arguments = new ArrayList<>(DayOnTopic.liveArguments(RUN, DayOnTopic.INSTRUMENTS));
                arguments.addAll(List.of("--bootstrap-servers", broker.bootstrapServers(), "--db", database));
                List<String> settings = new ArrayList<>(arguments);
                settings.addAll(List.of("--settings-to", "live.json"));
                Ended written = day.start("settings", settings).ended();
                assertThat(written.exitCode()).as(written.err()).isZero();
                CommandProcess live = cluster.flinkRun(
                        folder.resolve("live.json"), Map.of("CROSSBOOK_DB_PASSWORD", server.password()));
                cluster.awaitRunning();
                CommandProcess first = publish(day, "--to", STOP, "--speed", SPEED);
                assertThat(first.process().waitFor(8, TimeUnit.SECONDS))
                        .as("commands still flow")
                        .isFalse();
                cluster.killTheBusy();
                assertThat(first.ended().exitCode()).isZero();
                live.process().destroy();
                Ended stopped = live.ended();
                assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(ExitCode.STOPPED);
                assertThat(stopped.err()).contains("goes on from here");

                assertThat(publish(day, "--from", AFTER_THE_STOP, "--to", END)
                                .ended()
                                .exitCode())
                        .isZero();
                cluster.addTaskManager("taskmanager-3");
                arguments.addAll(List.of("--flink", cluster.address(), "--parallelism", "2", "--until-end", "--json"));
                Ended end = day.start("on-two", arguments).ended();

                assertThat(end.exitCode()).as(end.err()).isZero();
                assertThat(end.err()).contains("going on from savepoint-");
                run = RunManifest.fromJson(end.out());
            }
            day.isToldTheSameBy(run, RUN, "low-latency", "on a cluster ", "--db", database);
        }
    }

    private static CommandProcess publish(DayOnTopic day, String... which) throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of("publish", DayOnTopic.COMMANDS.toString(), "--topic-prefix", RUN));
        arguments.addAll(List.of(which));
        return day.start("publish", arguments);
    }
}
