package io.crossbook.replay;

import io.crossbook.flink.MarketTypes;
import io.crossbook.matching.MatchingSettings;
import io.crossbook.matching.flink.MatchingOperator;
import io.crossbook.model.Instruments;
import io.crossbook.model.MarketInput;
import io.crossbook.model.RunEvent;
import io.crossbook.pnl.LedgerSettings;
import io.crossbook.pnl.flink.PnlOperator;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The one graph of a replay: commands keyed by instrument, the matcher, and on the same key behind it the ledger.
 *
 * <p>It takes its keyed source and returns its stream; each main attaches real ends, a test attaches collectors. The uids never
 * change, since state is found by them.
 */
final class ReplayTopology {
    /** Upper bound of any later parallelism; part of the state's layout, so it never changes. */
    static final int MAX_PARALLELISM = 128;

    private ReplayTopology() {}

    /** Each command goes to the subtask of its instrument, where a thread matches while another one reads. */
    static KeyedStream<MarketInput, String> byInstrument(DataStream<MarketInput> input) {
        return input.keyBy(MarketInput::instrument, Types.STRING);
    }

    /**
     * Each command is matched by the thread that has read it, which hands it over to nobody: sooner, and with less work where
     * commands come one by one.
     *
     * @throws IllegalArgumentException if more than one subtask reads: an instrument belongs to one of them
     */
    static KeyedStream<MarketInput, String> whereItIsRead(DataStream<MarketInput> input) {
        if (input.getParallelism() != 1) {
            throw new IllegalArgumentException(input.getParallelism() + " subtasks read, 1 can match where it reads");
        }
        return DataStreamUtils.reinterpretAsKeyedStream(input, MarketInput::instrument, Types.STRING);
    }

    /** @param input by {@link #byInstrument} or {@link #whereItIsRead}, between which a run can change over */
    static DataStream<RunEvent> build(
            KeyedStream<MarketInput, String> input,
            Instruments instruments,
            MatchingSettings matching,
            LedgerSettings ledger) {
        SingleOutputStreamOperator<RunEvent> matched = input.transform(
                        "Match orders", MarketTypes.EVENT, new MatchingOperator(instruments, matching))
                .uid("matching");
        return DataStreamUtils.reinterpretAsKeyedStream(matched, RunEvent::instrument, Types.STRING)
                .transform("FIFO and mark-to-market", MarketTypes.EVENT, new PnlOperator(instruments, ledger))
                .uid("pnl");
    }
}
