package io.crossbook.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.model.Instrument;
import io.crossbook.model.Instruments;
import io.crossbook.model.MarketEvent;
import io.crossbook.model.MarketInput;
import io.crossbook.model.OrderState;
import io.crossbook.model.Trade;
import io.crossbook.replay.input.InstrumentsFile;
import io.crossbook.store.files.RunFiles;
import io.crossbook.store.rows.BookRow;
import io.crossbook.store.rows.ExecutionRow;
import io.crossbook.store.rows.OrderRow;
import io.crossbook.store.rows.TradeRow;
import io.crossbook.testkit.OrderFlow;
import io.crossbook.testkit.ReferenceBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole days against the slow twin of the book, whose events are made into the same files, byte for byte. */
class ReferenceDayIT {
    private static final long SEED = Long.getLong("crossbook.seed", 20240304);
    private static final int COMMANDS_OF_A_FLOW = 1_500;

    @TempDir
    private Path home;

    @Test
    void tradesAndOrdersOfTheDemoDayAreThoseOfTheReferenceBook() throws Exception {
        BacktestSettings settings = new Runs(home).demo("demo");
        Runs.Outcome run = Runs.run(settings);
        assertThat(run.exitCode()).isZero();
        assertSameFiles(run, expected(settings), "trades.csv", "orders.csv", "book.csv");
    }

    @Test
    void flowsOfEveryProfileGiveTheExecutionsOfTheReferenceBook() throws Exception {
        List<String> commands = new ArrayList<>(List.of(CommandsCsv.HEADER));
        List<String> instruments = new ArrayList<>(List.of(CommandsCsv.INSTRUMENTS_HEADER));
        List<OrderFlow> flows = new ArrayList<>();
        for (OrderFlow.Profile profile : OrderFlow.Profile.values()) {
            OrderFlow flow = new OrderFlow(profile, SEED);
            instruments.add(CommandsCsv.line(profile.name(), flow.instrument()));
            flows.add(flow);
        }
        for (int i = 0; i < COMMANDS_OF_A_FLOW; i++) {
            for (OrderFlow flow : flows) {
                MarketInput command = flow.next();
                // What the ledger says to a fill, the reference of the book does not know.
                if (!(command instanceof MarketInput.ExternalFill)) {
                    commands.add(renamed(command, flow));
                }
            }
        }
        Path instrumentsFile = Files.write(home.resolve("instruments.csv"), instruments);
        BacktestSettings settings =
                Runs.with(new Runs(home).of("flows", "commands.csv", String.join("\n", commands)), all -> {
                    all.put("instruments", instrumentsFile.toString());
                    all.put("parallelism", 2);
                    all.put("executions", true);
                });
        Runs.Outcome run = Runs.run(settings).isComplete(commands.size() - 1);
        assertThat(run.manifest().input().duplicate()).isPositive();
        assertSameFiles(run, expected(settings), "trades.csv", "orders.csv", "book.csv", "executions.csv");
    }

    /** The command under its profile's name; the flow is not told. */
    private static String renamed(MarketInput command, OrderFlow flow) {
        String profile = flow.toString().replaceFirst("flow ([A-Z_]+),.*", "$1");
        return CommandsCsv.line(command).replaceFirst(",X,", "," + profile + ",");
    }

    private static void assertSameFiles(Runs.Outcome run, Path expected, String... files) throws IOException {
        for (String file : files) {
            List<String> lines = Files.readAllLines(expected.resolve(file));
            List<String> ours = run.lines(file);
            assertThat(lines).as(file).hasSizeGreaterThan(1);
            for (int i = 0; i < Math.min(lines.size(), ours.size()); i++) {
                assertThat(ours.get(i)).as("seed %d, %s:%d", SEED, file, i + 1).isEqualTo(lines.get(i));
            }
            assertThat(run.out().resolve(file)).hasSameBinaryContentAs(expected.resolve(file));
        }
    }

    /** The files of the run as the reference book makes them, in a folder of their own. */
    private Path expected(BacktestSettings settings) throws Exception {
        Instruments instruments = InstrumentsFile.read(Path.of(settings.instruments()));
        Map<String, List<MarketInput>> commands = Runs.commands(settings);
        Path folder = home.resolve("expected");
        try (RunFiles files = new RunFiles(folder, settings.executions())) {
            for (Map.Entry<String, List<MarketInput>> stream : commands.entrySet()) {
                Instrument instrument = instruments.get(stream.getKey());
                ReferenceBook book = new ReferenceBook(instrument, settings.executions(), false, 0, true);
                List<MarketEvent> events = new ArrayList<>();
                stream.getValue().forEach(command -> book.apply(command, event -> events.add(event.copy())));
                book.finish(event -> events.add(event.copy()));
                for (MarketEvent event : events) {
                    append(event, instrument, files);
                }
            }
            files.commit();
        }
        return folder;
    }

    private static void append(MarketEvent event, Instrument instrument, RunFiles files) throws IOException {
        if (event instanceof Trade trade) {
            files.append(TradeRow.of(trade, instrument));
        } else if (event instanceof OrderState order) {
            files.append(OrderRow.of(order, instrument));
        } else if (event instanceof MarketEvent.Refused refused && refused.orderRow()) {
            files.append(OrderRow.of(refused));
        } else if (event instanceof MarketEvent.Execution execution) {
            files.append(ExecutionRow.of(execution));
        } else if (event instanceof MarketEvent.BookSnapshot book && book.last()) {
            for (BookRow row : BookRow.of(book, instrument)) {
                files.append(row);
            }
        }
    }
}
