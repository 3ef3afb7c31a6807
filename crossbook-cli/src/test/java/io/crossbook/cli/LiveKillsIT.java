package io.crossbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.cli.CommandProcess.Ended;
import io.crossbook.store.embedded.EmbeddedPostgres;
import io.crossbook.store.files.RunManifest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * While the bundled day flows in, programs are killed, stand still and are away; at its end it is the day that was
 * backtested, in files, in Postgres and on the topics. The short form has the first hours of the day; {@code
 * -Dcrossbook.kills=20 -Dcrossbook.outage=60 -Dcrossbook.to=2024-03-04T18:00:00Z -Dcrossbook.seed=N
 * -Dcrossbook.delivery=exactly-once}
 */
@Tag("long")
class LiveKillsIT {
    private static final List<String> PROGRAMS = List.of("LiveMain", "BrokerMain", "ServeMain", "database");
    private static final int KILLS = Integer.getInteger("crossbook.kills", 4);
    private static final int OUTAGE_SECONDS = Integer.getInteger("crossbook.outage", 6);
    private static final String DELIVERY = System.getProperty("crossbook.delivery", "low-latency");
    private static final long SEED = Long.getLong("crossbook.seed", 5);
    private static final Instant FROM = Instant.parse("2024-03-04T09:00:00Z");
    private static final String TO = System.getProperty("crossbook.to", "2024-03-04T10:30:00Z");
    /** A kill, what comes back, and what flows until the next. */
    private static final int SECONDS_A_KILL = 15;

    /** Publishes the day within about so many seconds. */
    private static CommandProcess publish(DayOnTopic day, int seconds) throws Exception {
        return day.start(
                "publish",
                List.of(
                        "publish",
                        DayOnTopic.COMMANDS.toString(),
                        "--to",
                        TO,
                        "--speed",
                        Math.max(1, Duration.between(FROM, Instant.parse(TO)).toSeconds() / seconds) + "x"));
    }

    private static RunningStack startStack(Path folder, Map<String, String> environment, String... more)
            throws Exception {
        List<String> options = new ArrayList<>(
                List.of("--instruments", DayOnTopic.INSTRUMENTS.toString(), "--checkpoint-interval", "500ms"));
        options.addAll(List.of(more));
        return RunningStack.start(folder, environment, options.toArray(String[]::new));
    }

    /** Lets all that was published be read to its end, and holds it against the backtest. */
    private static void comesToTheSameEnd(
            DayOnTopic day, CommandProcess publish, String story, String delivery, String... database)
            throws Exception {
        assertThat(publish.process().exitValue()).as(story + publish.err()).isZero();
        List<String> arguments = new ArrayList<>(List.of(
                "live",
                "--until-end",
                "--json",
                "--run-id",
                "live",
                "--instruments",
                DayOnTopic.INSTRUMENTS.toString(),
                "--checkpoint-interval",
                "500ms",
                "--delivery",
                delivery));
        arguments.addAll(List.of(database));
        Ended end = day.start("end", arguments).ended();
        assertThat(end.exitCode()).as(story + end.err()).isZero();
        day.isToldTheSameBy(RunManifest.fromJson(end.out()), "crossbook", delivery, story, database);
    }

    @Test
    void whatIsKilledWhileCommandsFlowLosesNothingAndRepeatsNothing() throws Exception {
        Random random = new Random(SEED);
        Path folder = CommandProcess.newFolder("killed");
        DayOnTopic day = DayOnTopic.in(folder, Map.of(), "--to", TO);
        RunningStack stack = startStack(folder, Map.of(), "--delivery", DELIVERY);
        List<String> victims = new ArrayList<>();
        CommandProcess publish;
        try {
            publish = publish(day, KILLS * SECONDS_A_KILL);
            List<String> round = new ArrayList<>();
            while (victims.size() < KILLS
                    && !publish.process().waitFor(random.nextLong(1_000, 4_000), TimeUnit.MILLISECONDS)) {
                if (round.isEmpty()) {
                    round.addAll(PROGRAMS);
                    Collections.shuffle(round, random);
                }
                String victim = round.remove(0);
                victims.add(victim);
                if (victim.equals("database")) {
                    stack.killDatabase();
                } else {
                    stack.kill(victim);
                }
            }
            publish.ended();
        } finally {
            stack.stop();
        }
        String story = DELIVERY + ", seed " + SEED + ", killed " + victims + ' ';
        System.out.println(story);
        assertThat(victims).as("killed while commands flow").isNotEmpty();
        comesToTheSameEnd(day, publish, story, DELIVERY);
    }

    @Test
    void aBrokerThatStandsStillAndADatabaseThatIsAwayHoldUpAndLoseNothing() throws Exception {
        Path folder = CommandProcess.newFolder("outages");
        Path serverFolder = CommandProcess.newFolder("outages-database");
        EmbeddedPostgres server = EmbeddedPostgres.start(serverFolder, 0);
        try {
            int port = server.port();
            Map<String, String> environment = Map.of("PGPASSWORD", server.password());
            String[] database = {"--db", "postgres://" + server.user() + "@127.0.0.1:" + port + "/crossbook"};
            DayOnTopic day = DayOnTopic.in(folder, environment, "--to", TO);
            RunningStack stack = startStack(folder, environment, database);
            CommandProcess publish;
            try {
                publish = publish(day, 2 * OUTAGE_SECONDS + 30);
                flowsFor(publish, 5);
                stack.signal("BrokerMain", "STOP");
                flowsFor(publish, OUTAGE_SECONDS / 2);
                stack.signal("BrokerMain", "CONT");
                stack.awaitHealth();
                flowsFor(publish, 2);
                server.close();
                flowsFor(publish, OUTAGE_SECONDS);
                server = EmbeddedPostgres.start(serverFolder, port);
                stack.awaitHealth();
                publish.ended();
            } finally {
                stack.stop();
            }
            String story = "broker still for " + OUTAGE_SECONDS / 2 + " s, database away for " + OUTAGE_SECONDS + " s ";
            System.out.println(story);
            comesToTheSameEnd(day, publish, story, "low-latency", database);
        } finally {
            server.close();
        }
    }

    /** Lets the day flow on for so long; it must not be over by then. */
    private static void flowsFor(CommandProcess publish, int seconds) throws Exception {
        assertThat(publish.process().waitFor(seconds, TimeUnit.SECONDS))
                .as("commands still flow")
                .isFalse();
    }
}
