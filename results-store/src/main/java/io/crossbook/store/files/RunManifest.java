package io.crossbook.store.files;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import io.crossbook.model.Instruments;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code run.json}: what a run was given, what came of it and whether its checks hold. Keys keep the order of the components,
 * decimals are strings, amounts are per currency.
 *
 * @param runId name of the run
 * @param mode {@code backtest}, {@code live} or {@code clearing}
 * @param version of the product
 * @param config every setting by name; {@code instruments} lists the described instruments, see {@link #describe}
 * @param trades number of trades
 * @param volume quantity traded by instrument, one side counted
 * @param clients number of clients with a position or an order
 * @param realizedPnl by currency, before fees
 * @param fees by currency; above zero is paid
 * @param hash see {@link RunHash}
 * @param checks by name, in the order they were made
 * @param commandsPerSecond input rows over elapsed time
 * @param restarts how often the job came back from a checkpoint
 * @param firstTimestamp smallest time of a command, RFC 3339; {@code null} for an empty run
 * @param lastTimestamp largest time of a command
 * @param instruments figures of each instrument, by symbol in byte order
 */
public record RunManifest(
        String runId,
        String mode,
        String version,
        Map<String, Object> config,
        Input input,
        long trades,
        Map<String, Decimal> volume,
        long clients,
        Map<String, Decimal> realizedPnl,
        Map<String, Decimal> fees,
        String hash,
        Map<String, Check> checks,
        double elapsedSeconds,
        long commandsPerSecond,
        int parallelism,
        int restarts,
        @Nullable String firstTimestamp,
        @Nullable String lastTimestamp,
        List<InstrumentFigures> instruments) {
    /** Name of the file in a run's folder. */
    public static final String FILE_NAME = "run.json";

    /** Key of the described instruments in {@code config}. */
    public static final String INSTRUMENTS_KEY = "instruments";

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .addModule(new SimpleModule()
                    .addSerializer(Decimal.class, new DecimalWriter())
                    .addDeserializer(Decimal.class, new DecimalReader()))
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /**
     * What went in: {@code rows = accepted + rejected + duplicate}.
     *
     * @param timeStepsBack rows with a time before that of the row before them in the same file
     * @param openingOrders orders derived from an opening book, which are no rows; absent if there are none
     */
    public record Input(
            List<InputFile> files,
            long rows,
            long accepted,
            long rejected,
            long duplicate,
            long timeStepsBack,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Long openingOrders) {}

    /**
     * A file that went in.
     *
     * @param name as named on the command line
     * @param sha256 of its bytes, 64 hexadecimal digits
     */
    public record InputFile(String name, String sha256, long bytes) {}

    /**
     * What a check found.
     *
     * @param figures numbers behind it, by name
     * @param message a sentence with the first fault; absent if all is well
     */
    public record Check(
            boolean ok,
            Map<String, Object> figures,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String message) {}

    /**
     * One line of the summary table.
     *
     * @param fills external fills booked
     * @param lastPrice of the last trade; {@code null} without one
     * @param realizedPnl in {@code currency}, before fees
     * @param leftInCall whether its book may end crossed, since it collected orders and was not uncrossed
     * @param crossed whether the matcher found its book crossed although it should not have been
     * @param queueFaults orders that the matcher found out of their place in a price queue
     */
    public record InstrumentFigures(
            String instrument,
            String currency,
            long accepted,
            long rejected,
            long duplicate,
            long trades,
            long fills,
            Decimal volume,
            @Nullable Decimal lastPrice,
            Decimal realizedPnl,
            Decimal fees,
            boolean leftInCall,
            boolean crossed,
            long queueFaults) {}

    /** Whether no check failed. */
    public boolean allChecksOk() {
        return checks.values().stream().allMatch(Check::ok);
    }

    /** The same run with other checks. */
    public RunManifest withChecks(Map<String, Check> others) {
        return new RunManifest(
                runId,
                mode,
                version,
                config,
                input,
                trades,
                volume,
                clients,
                realizedPnl,
                fees,
                hash,
                others,
                elapsedSeconds,
                commandsPerSecond,
                parallelism,
                restarts,
                firstTimestamp,
                lastTimestamp,
                instruments);
    }

    /** The described instruments as the value of {@code config.instruments}: columns of the instruments file by name. */
    public static List<Map<String, String>> describe(Instruments instruments) {
        return instruments.described().values().stream()
                .map(InstrumentColumns::of)
                .toList();
    }

    /**
     * The instruments of the run, as {@code config.instruments} describes them.
     *
     * @throws IllegalArgumentException if a description cannot be read
     */
    public Instruments describedInstruments() {
        List<Instrument> described = new ArrayList<>();
        if (config.get(INSTRUMENTS_KEY) instanceof List<?> rows) {
            for (Object row : rows) {
                described.add(InstrumentColumns.read((Map<?, ?>) row));
            }
        }
        return new Instruments(described);
    }

    /** The document, indented, with a line end behind it. */
    public String toJson() {
        try {
            return JSON.writeValueAsString(this) + "\n";
        } catch (IOException e) {
            throw new IllegalStateException("the summary of run " + runId + " cannot be written as JSON", e);
        }
    }

    /**
     * Reads a document.
     *
     * @throws IOException if it is no summary of a run
     */
    public static RunManifest fromJson(String json) throws IOException {
        return JSON.readValue(json, RunManifest.class);
    }

    /** Writes {@code run.json} into a run's folder; it appears whole or not at all. */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path part = folder.resolve(FILE_NAME + ".part");
        Files.writeString(part, toJson(), StandardCharsets.UTF_8);
        Files.move(
                part, folder.resolve(FILE_NAME), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Reads {@code run.json} of a run's folder.
     *
     * @throws IOException if it is not there or is no summary of a run
     */
    public static RunManifest read(Path folder) throws IOException {
        Path file = folder.resolve(FILE_NAME);
        try {
            return fromJson(Files.readString(file, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IOException(file + " is no summary of a run: " + e.getOriginalMessage(), e);
        }
    }

    private static final class DecimalWriter extends StdSerializer<Decimal> {
        DecimalWriter() {
            super(Decimal.class);
        }

        @Override
        public void serialize(Decimal value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(value.toString());
        }
    }

    private static final class DecimalReader extends StdDeserializer<Decimal> {
        DecimalReader() {
            super(Decimal.class);
        }

        @Override
        public Decimal deserialize(JsonParser json, DeserializationContext context) throws IOException {
            String text = json.getValueAsString();
            Decimal value = text == null ? null : Decimal.parseOrNull(text);
            if (value == null) {
                throw context.weirdStringException(text, Decimal.class, "a decimal like \"-12.5\" was expected");
            }
            return value;
        }
    }
}
