package io.crossbook.replay.input;

import io.crossbook.model.MarketInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** Writes files for a test and reads them through the reader. */
final class TestInput {
    /** All columns of commands. */
    static final String HEADER =
            "timestamp,instrument,action,order_id,client_id,side,type,tif,price,quantity,stop_price,"
                    + "display_quantity,expire_at,post_only,stp,phase,trade_id,fee,idempotency_key\n";

    private final Path folder;
    private final List<InputFile> files = new ArrayList<>();

    TestInput(Path folder) {
        this.folder = folder;
    }

    /** What came out of a reader read to its end. */
    record Result(List<MarketInput> inputs, InputCounts counts, List<Long> rowsPerFile, boolean brokenOff) {
        List<MarketInput.Unreadable> unreadable() {
            return inputs.stream()
                    .filter(MarketInput.Unreadable.class::isInstance)
                    .map(MarketInput.Unreadable.class::cast)
                    .toList();
        }

        List<String> messages() {
            return unreadable().stream().map(MarketInput.Unreadable::message).toList();
        }

        List<String> codes() {
            return unreadable().stream().map(MarketInput.Unreadable::code).toList();
        }

        List<MarketInput> readable() {
            return inputs.stream()
                    .filter(input -> !(input instanceof MarketInput.Unreadable))
                    .toList();
        }
    }

    TestInput file(String name, String text) throws IOException {
        return file(name, text.getBytes(StandardCharsets.UTF_8));
    }

    TestInput file(String name, byte[] data) throws IOException {
        Path path = folder.resolve(name);
        Files.write(path, data);
        files.add(new InputFile(name, path.toString(), InputFormat.AUTO, null, null));
        return this;
    }

    TestInput lobster(String name, String text) throws IOException {
        Path path = folder.resolve(name);
        Files.writeString(path, text);
        files.add(new InputFile(name, path.toString(), InputFormat.LOBSTER, null, null));
        return this;
    }

    InputSettings settings() {
        return InputSettings.of(files);
    }

    Result read() throws Exception {
        return read(settings());
    }

    static Result read(InputSettings settings) throws Exception {
        try (MergedReader reader = MergedReader.open(InputPlan.plan(settings), null)) {
            return readAll(reader);
        }
    }

    static Result readAll(MergedReader reader) throws IOException {
        List<MarketInput> inputs = new ArrayList<>();
        for (MarketInput input = reader.next(); input != null; input = reader.next()) {
            inputs.add(input.plain());
        }
        return new Result(inputs, reader.counts(), reader.rowsPerFile(), reader.brokenOff());
    }

    static InputSettings between(InputSettings settings, Long from, Long to) {
        return new InputSettings(
                settings.files(), settings.columnMap(), settings.ignoreExtra(), from, to, null, settings.zone());
    }

    static InputSettings mapping(InputSettings settings, Map<String, String> map, boolean ignoreExtra) {
        return new InputSettings(settings.files(), map, ignoreExtra, null, null, null, settings.zone());
    }

    static byte[] gzip(String... members) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String member : members) {
            try (GZIPOutputStream packed = new GZIPOutputStream(bytes)) {
                packed.write(member.getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    /** {@code count} CLOCK lines, a nanosecond apart, without a header. */
    static String clocks(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= count; i++) {
            text.append(i).append(",A,CLOCK\n");
        }
        return text.toString();
    }

    static List<Long> times(List<MarketInput> inputs) {
        return inputs.stream().map(MarketInput::transactTime).toList();
    }

    static Stream<String> orderIds(List<MarketInput> inputs) {
        return inputs.stream()
                .filter(MarketInput.NewOrder.class::isInstance)
                .map(input -> ((MarketInput.NewOrder) input).orderId());
    }
}
