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
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The one graph of a replay: commands keyed by instrument, the matcher, and on the same key behind it the ledger.
 *
 * <p>It takes its source and returns its stream; each main attaches real ends, a test attaches collectors. The uids never
 * change, since state is found by them.
 */
final class ReplayTopology {
    /** Upper bound of any later parallelism; part of the state's layout, so it never changes. */
    static final int MAX_PARALLELISM = 128;

    private ReplayTopology() {}

    static DataStream<RunEvent> build(
            DataStream<MarketInput> input, Instruments instruments, MatchingSettings matching, LedgerSettings ledger) {
        SingleOutputStreamOperator<RunEvent> matched = input.keyBy(MarketInput::instrument, Types.STRING)
                .transform("Match orders", MarketTypes.EVENT, new MatchingOperator(instruments, matching))
                .uid("matching");
        return DataStreamUtils.reinterpretAsKeyedStream(matched, RunEvent::instrument, Types.STRING)
                .transform("FIFO and mark-to-market", MarketTypes.EVENT, new PnlOperator(instruments, ledger))
                .uid("pnl");
    }
}
