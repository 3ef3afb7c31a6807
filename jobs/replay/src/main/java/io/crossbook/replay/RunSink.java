package io.crossbook.replay;

import io.crossbook.model.Instruments;
import io.crossbook.model.RunEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.jspecify.annotations.Nullable;

/** Writes what a run that ends says into the spool of its files and, if there is a database, into Postgres. */
final class RunSink implements Sink<RunEvent>, SupportsWriterState<RunEvent, RunSinkState> {
    private static final long serialVersionUID = 1;

    private final String runId;
    private final String spools;
    private final List<String> fileNames;
    private final Instruments instruments;
    private final @Nullable DatabaseLogin database;

    /** Attaches the sink to a run's events; without a login, files are all there is. */
    static void attach(
            DataStream<RunEvent> events,
            String runId,
            RunDirectory directory,
            List<String> fileNames,
            Instruments instruments,
            @Nullable DatabaseLogin database) {
        events.sinkTo(new RunSink(runId, directory.spools(), fileNames, instruments, database))
                .name("Files and Postgres")
                .uid("results");
    }

    private RunSink(
            String runId,
            Path spools,
            List<String> fileNames,
            Instruments instruments,
            @Nullable DatabaseLogin database) {
        this.runId = runId;
        this.spools = spools.toString();
        this.fileNames = List.copyOf(fileNames);
        this.instruments = instruments;
        this.database = database;
    }

    @Override
    public SinkWriter<RunEvent> createWriter(WriterInitContext context) throws IOException {
        return restoreWriter(context, List.of());
    }

    @Override
    public StatefulSinkWriter<RunEvent, RunSinkState> restoreWriter(
            WriterInitContext context, Collection<RunSinkState> recovered) throws IOException {
        if (recovered.size() > 1) {
            throw new IOException("a run is resumed at the parallelism it was started with");
        }
        RunSinkState from = recovered.isEmpty() ? null : recovered.iterator().next();
        return new RunSinkWriter(runId, Path.of(spools), fileNames, instruments, database, context.getTaskInfo(), from);
    }

    @Override
    public SimpleVersionedSerializer<RunSinkState> getWriterStateSerializer() {
        return new RunSinkState.Serializer();
    }
}
