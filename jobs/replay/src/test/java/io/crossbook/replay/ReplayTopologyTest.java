package io.crossbook.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossbook.flink.MarketTypes;
import io.crossbook.matching.MatchingSettings;
import io.crossbook.model.Instruments;
import io.crossbook.model.MarketInput;
import io.crossbook.model.RunEvent;
import io.crossbook.pnl.LedgerSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The graph of a replay: what stands behind what, under which names, and that nothing in it needs Kryo. */
class ReplayTopologyTest {
    @TempDir
    private Path home;

    private StreamExecutionEnvironment environment(int parallelism) {
        Configuration flink = new Configuration();
        flink.set(PipelineOptions.GENERIC_TYPES, false);
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(parallelism, flink);
        environment.setMaxParallelism(ReplayTopology.MAX_PARALLELISM);
        return environment;
    }

    private DataStream<MarketInput> input(StreamExecutionEnvironment environment, TypeInformation<MarketInput> type)
            throws Exception {
        return environment
                .fromSource(
                        new ReplaySource(new Runs(home).of("run")),
                        WatermarkStrategy.noWatermarks(),
                        "Merge files",
                        type)
                .uid("input");
    }

    private StreamExecutionEnvironment replay(TypeInformation<MarketInput> type) throws Exception {
        StreamExecutionEnvironment environment = environment(2);
        return replay(environment, ReplayTopology.byInstrument(input(environment, type)));
    }

    private static StreamExecutionEnvironment replay(
            StreamExecutionEnvironment environment, KeyedStream<MarketInput, String> input) {
        DataStream<RunEvent> events =
                ReplayTopology.build(input, Instruments.none(), MatchingSettings.DEFAULT, LedgerSettings.backtest());
        events.sinkTo(new DiscardingSink<>()).uid("results");
        return environment;
    }

    @Test
    void buildsWithoutGenericTypes() throws Exception {
        StreamGraph graph = replay(MarketTypes.INPUT).getStreamGraph();
        assertThat(graph.getStreamNodes()).isNotEmpty();
    }

    @Test
    void wouldNotBuildIfItsTypesWereLeftToFlink() {
        assertThatThrownBy(() -> replay(TypeInformation.of(MarketInput.class)).getStreamGraph())
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("Generic types have been disabled");
    }

    @Test
    void keepsTheNamesThatStateIsFoundBy() throws Exception {
        Set<String> uids = replay(MarketTypes.INPUT).getStreamGraph().getStreamNodes().stream()
                .map(StreamNode::getTransformationUID)
                .collect(Collectors.toSet());
        assertThat(uids).containsExactlyInAnyOrder("input", "matching", "pnl", "results");
        assertThat(ReplayTopology.MAX_PARALLELISM).isEqualTo(128);
    }

    @Test
    void bringsTheLedgerBehindTheMatcherInOneTaskWithoutAShuffle() throws Exception {
        List<String> tasks = tasks(replay(MarketTypes.INPUT));
        assertThat(tasks).hasSize(2);
        assertThat(tasks.get(0)).contains("Merge files");
        assertThat(tasks.get(1)).containsSubsequence("Match orders", "FIFO and mark-to-market");
    }

    @Test
    void matchesWhereItReadsIfThatIsWanted() throws Exception {
        StreamExecutionEnvironment environment = environment(1);
        List<String> tasks =
                tasks(replay(environment, ReplayTopology.whereItIsRead(input(environment, MarketTypes.INPUT))));
        assertThat(tasks)
                .singleElement(InstanceOfAssertFactories.STRING)
                .containsSubsequence("Merge files", "Match orders", "FIFO and mark-to-market");
    }

    @Test
    void doesNotMatchWhereItReadsIfInstrumentsCanBeReadByOthersToo() throws Exception {
        DataStream<MarketInput> input = input(environment(2), MarketTypes.INPUT);
        assertThatThrownBy(() -> ReplayTopology.whereItIsRead(input)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<String> tasks(StreamExecutionEnvironment replay) {
        Iterable<JobVertex> tasks = replay.getStreamGraph().getJobGraph().getVerticesSortedTopologicallyFromSources();
        return StreamSupport.stream(tasks.spliterator(), false)
                .map(JobVertex::getName)
                .toList();
    }
}
