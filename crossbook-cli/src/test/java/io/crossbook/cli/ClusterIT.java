package io.crossbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.cli.CommandProcess.Ended;
import io.crossbook.cli.console.ExitCode;
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
        DayOnTopic day = DayOnTopic.in(folder, Map.of(), "--to", END);
        try (FlinkCluster cluster = FlinkCluster.start(folder.resolve("flink"), 2)) {
            List<String> arguments = new ArrayList<>(DayOnTopic.liveArguments(RUN, DayOnTopic.INSTRUMENTS));
            arguments.addAll(List.of("--flink", cluster.address()));
            CommandProcess live = day.start("on-one", arguments);
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
            arguments.addAll(List.of("--parallelism", "2", "--until-end", "--json"));
            Ended end = day.start("on-two", arguments).ended();

            assertThat(end.exitCode()).as(end.err()).isZero();
            assertThat(end.err()).contains("going on from savepoint-");
            day.isToldTheSameBy(RunManifest.fromJson(end.out()), RUN, "low-latency", "on a cluster ");
        }
    }

    private static CommandProcess publish(DayOnTopic day, String... which) throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of("publish", DayOnTopic.COMMANDS.toString(), "--topic-prefix", RUN));
        arguments.addAll(List.of(which));
        return day.start("publish", arguments);
    }
}
