package io.crossbook.replay;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Flink as a replay needs it, in this process or as a job of a cluster. */
final class ReplayEnvironment {
    /** A wrong record fails again and again; a lost connection does not. Few attempts show the error and outlive the rest. */
    private static final int RESTART_ATTEMPTS = 3;

    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration REST_REFRESH = Duration.ofMillis(200);

    /** Some minutes of a fault that lasts. */
    private static final int LIVE_RESTART_ATTEMPTS = 30;

    private static final List<ConfigOption<?>> OF_THE_PROCESS = List.of(
            CoreOptions.TMP_DIRS,
            TaskManagerOptions.NETWORK_MEMORY_MIN,
            TaskManagerOptions.NETWORK_MEMORY_MAX,
            TaskManagerOptions.MANAGED_MEMORY_SIZE,
            RestOptions.ADDRESS,
            RestOptions.BIND_ADDRESS,
            WebOptions.SUBMIT_ENABLE,
            WebOptions.TMP_DIR);

    private ReplayEnvironment() {}

    /** A run that ends: a fault that lasts ends it at once. */
    static StreamExecutionEnvironment forBacktest(
            BacktestSettings settings, RunDirectory directory, Optional<Path> restoreFrom) {
        Configuration flink =
                configuration(settings.state(), settings.checkpointIntervalMillis(), directory, restoreFrom);
        flink.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        flink.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, RESTART_ATTEMPTS);
        flink.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofSeconds(1));
        return create(settings.parallelism(), flink);
    }

    /**
     * A run on a topic: it outlives a broker or a database that is away for minutes.
     *
     * @param bounded whether it ends, and nobody waits for what it says until then; otherwise each record is sent at once
     */
    static StreamExecutionEnvironment forLive(
            LiveSettings settings, boolean bounded, RunDirectory directory, Optional<Path> restoreFrom) {
        Configuration flink =
                configuration(settings.state(), settings.checkpointIntervalMillis(), directory, restoreFrom);
        flink.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        flink.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF, Duration.ofMillis(500));
        flink.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF, Duration.ofSeconds(10));
        flink.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS, LIVE_RESTART_ATTEMPTS);
        flink.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD,
                Duration.ofMinutes(1));
        if (!bounded) {
            flink.set(ExecutionOptions.BUFFER_TIMEOUT, Duration.ofMillis(1));
        }
        if (settings.flinkPort() != null) {
            flink.set(RestOptions.PORT, settings.flinkPort());
            flink.set(RestOptions.BIND_PORT, Integer.toString(settings.flinkPort()));
            // Whoever waits for the job to run need not wait for the answer to grow old as well.
            flink.set(WebOptions.REFRESH_INTERVAL, REST_REFRESH);
        }
        if (!isElsewhere(settings)) {
            return create(settings.parallelism(), flink);
        }
        // What is about the process is the cluster's own: addresses, memory, folders for what is there for a while.
        OF_THE_PROCESS.forEach(flink::removeConfig);
        StreamExecutionEnvironment environment =
                isOfFlinkRun() ? ofFlinkRun(flink) : onCluster(URI.create("http://" + settings.flinkCluster()), flink);
        environment.setParallelism(settings.parallelism());
        return prepared(environment);
    }

    /** Whether the job of a live run runs in other processes than this one. */
    static boolean isElsewhere(LiveSettings settings) {
        return isOfFlinkRun() || settings.flinkCluster() != null;
    }

    private static StreamExecutionEnvironment create(int parallelism, Configuration flink) {
        return prepared(StreamExecutionEnvironment.createLocalEnvironment(parallelism, flink));
    }

    private static StreamExecutionEnvironment onCluster(URI rest, Configuration flink) {
        return StreamExecutionEnvironment.createRemoteEnvironment(
                rest.getHost(), rest.getPort(), flink, JobJars.ofThisProgram());
    }

    /** Whether {@code flink run} started this program, and so says which cluster it is for. */
    static boolean isOfFlinkRun() {
        return !StreamExecutionEnvironment.areExplicitEnvironmentsAllowed();
    }

    private static StreamExecutionEnvironment ofFlinkRun(Configuration flink) {
        flink.set(
                PipelineOptions.JARS,
                Stream.of(JobJars.ofThisProgram())
                        .map(jar -> Path.of(jar).toUri().toString())
                        .toList());
        return StreamExecutionEnvironment.getExecutionEnvironment(flink);
    }

    private static StreamExecutionEnvironment prepared(StreamExecutionEnvironment environment) {
        environment.setMaxParallelism(ReplayTopology.MAX_PARALLELISM);
        return environment;
    }

    private static Configuration configuration(
            String state, long checkpointIntervalMillis, RunDirectory directory, Optional<Path> restoreFrom) {
        Configuration flink = new Configuration();
        flink.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.STREAMING);
        flink.set(PipelineOptions.GENERIC_TYPES, false);
        flink.set(PipelineOptions.OBJECT_REUSE, true);
        flink.set(StateBackendOptions.STATE_BACKEND, state.equals("rocksdb") ? "rocksdb" : "hashmap");
        // Below the run, so that what a killed process leaves behind goes with the run and not into the system's
        // folder.
        flink.set(CoreOptions.TMP_DIRS, directory.temporary().toString());
        flink.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        flink.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                directory.checkpoints().toUri().toString());
        flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(checkpointIntervalMillis));
        flink.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        flink.set(CheckpointingOptions.ENABLE_UNALIGNED, false);
        flink.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
        flink.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
        flink.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(256));
        // Flink's REST asks nobody who he is.
        flink.set(RestOptions.ADDRESS, LOOPBACK);
        flink.set(RestOptions.BIND_ADDRESS, LOOPBACK);
        flink.set(WebOptions.SUBMIT_ENABLE, false);
        flink.set(WebOptions.TMP_DIR, directory.temporary().toString());
        restoreFrom.ifPresent(checkpoint -> {
            flink.set(StateRecoveryOptions.SAVEPOINT_PATH, checkpoint.toUri().toString());
            // The retained checkpoint becomes the job's own, to be dropped when newer ones are complete.
            flink.set(StateRecoveryOptions.RESTORE_MODE, RecoveryClaimMode.CLAIM);
        });
        return flink;
    }
}
