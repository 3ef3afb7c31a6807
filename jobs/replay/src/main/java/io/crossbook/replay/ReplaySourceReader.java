package io.crossbook.replay;

import io.crossbook.model.InputHeader;
import io.crossbook.model.MarketInput;
import io.crossbook.model.Origin;
import io.crossbook.replay.input.InputCounts;
import io.crossbook.replay.input.InputPlan;
import io.crossbook.replay.input.MergedReader;
import io.crossbook.replay.input.ReaderPosition;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.core.io.InputStatus;
import org.jspecify.annotations.Nullable;

/** Reads the merged files in their one order, at full speed or paced against the wall clock. */
final class ReplaySourceReader implements SourceReader<MarketInput, ReplaySplit> {
    /** Records handed over before Flink may look at anything else: large enough to cost nothing, far below a checkpoint's patience. */
    private static final int RECORDS_PER_POLL = 64;

    /** Asking the files where they are takes longer than reading a record. */
    private static final int POLLS_PER_REPORT = 32;

    private final SourceReaderContext context;
    private final BacktestSettings settings;
    private final @Nullable Pacer pacer;
    private CompletableFuture<Void> available = new CompletableFuture<>();
    private @Nullable MergedReader reader;
    private @Nullable MarketInput held;
    private @Nullable ReaderPosition beforeHeld;
    private boolean ended;
    private int polls;

    ReplaySourceReader(SourceReaderContext context, BacktestSettings settings) {
        this.context = context;
        this.settings = settings;
        this.pacer = settings.speed() == null ? null : new Pacer(Double.parseDouble(settings.speed()));
    }

    @Override
    public void start() {
        if (reader == null) {
            context.sendSplitRequest();
        }
    }

    @Override
    public void addSplits(List<ReplaySplit> splits) {
        ReplaySplit split = splits.get(0);
        try {
            MergedReader opened = MergedReader.open(InputPlan.plan(RunInput.settings(settings)), split.position());
            ReplayProgress.CURRENT.readerStarted(opened.counts().totalBytes());
            reader = opened;
        } catch (Exception unreadable) {
            throw new IllegalStateException("cannot open the input: " + unreadable.getMessage(), unreadable);
        }
        ended = split.ended();
        available.complete(null);
    }

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public InputStatus pollNext(ReaderOutput<MarketInput> output) throws Exception {
        MergedReader open = reader;
        if (open == null) {
            return InputStatus.NOTHING_AVAILABLE;
        }
        for (int i = 0; i < RECORDS_PER_POLL && !ended; i++) {
            MarketInput input = held != null ? held : next(open);
            held = null;
            if (input == null) {
                output.collect(account(open));
                ended = true;
            } else if (pacer == null || hasNoTime(input) || pacer.isDue(input.transactTime())) {
                output.collect(input);
            } else {
                held = input;
                available = pacer.due(input.transactTime());
                return InputStatus.NOTHING_AVAILABLE;
            }
        }
        if (ended || ++polls % POLLS_PER_REPORT == 0) {
            InputCounts counts = open.counts();
            ReplayProgress.CURRENT.advanced(counts.bytesRead(), counts.rows());
        }
        return ended ? InputStatus.END_OF_INPUT : InputStatus.MORE_AVAILABLE;
    }

    /** An unreadable line stands at the time of the line before it, which at the start of a file is none. */
    private static boolean hasNoTime(MarketInput input) {
        return input instanceof MarketInput.Unreadable;
    }

    private @Nullable MarketInput next(MergedReader open) throws Exception {
        if (pacer != null) {
            beforeHeld = open.position();
        }
        return tooManyRejects(open) ? null : open.next();
    }

    private boolean tooManyRejects(MergedReader open) {
        Long limit = settings.maxRejects();
        return limit != null && open.unreadable() > limit;
    }

    private MarketInput.EndOfInput account(MergedReader open) throws IOException {
        InputCounts counts = open.counts();
        return new MarketInput.EndOfInput(
                new InputHeader("", 0, new Origin(0, 0, 0, 0), null),
                counts.rows(),
                counts.unreadable(),
                counts.timeStepsBack(),
                counts.openingOrders(),
                open.brokenOff(),
                tooManyRejects(open));
    }

    @Override
    public List<ReplaySplit> snapshotState(long checkpointId) {
        MergedReader open = reader;
        if (open == null) {
            return List.of();
        }
        // A held record was read but not handed over; it is read again from the position before it.
        return List.of(new ReplaySplit(held == null ? open.position() : beforeHeld, ended));
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return available;
    }

    @Override
    public void close() throws IOException {
        if (pacer != null) {
            pacer.close();
        }
        if (reader != null) {
            reader.close();
        }
    }
}
