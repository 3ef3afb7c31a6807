package io.crossbook.replay.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputPlanTest {
    @TempDir
    private Path folder;

    private TestInput input;

    @BeforeEach
    void startWithoutFiles() {
        input = new TestInput(folder);
    }

    private static List<String> faults(InputSettings settings) {
        UsageException refused = catchThrowableOfType(UsageException.class, () -> InputPlan.plan(settings));
        assertThat(refused).as("nothing was refused").isNotNull();
        return refused.messages();
    }

    private List<String> faultsOf(String header) throws Exception {
        return faults(new TestInput(folder).file("orders.csv", header + "\n").settings());
    }

    private static InputFormat formatOf(InputSettings settings) throws Exception {
        return InputPlan.plan(settings).files().get(0).format();
    }

    @Test
    void knowsFilesByTheirHeaderInAnyOrderAndCase() throws Exception {
        InputPlan plan = InputPlan.plan(input.file("orders.csv", TestInput.HEADER)
                .file("few.csv", "Action,\"Instrument\", TIMESTAMP \n")
                .file("fills.csv", "fee,quantity,price,side,client_id,instrument,trade_id,timestamp,order_id\n")
                .file("marks.csv", "price,instrument,timestamp\n")
                .settings());
        assertThat(plan.files().stream().map(PlannedFile::format))
                .containsExactly(InputFormat.COMMANDS, InputFormat.COMMANDS, InputFormat.FILLS, InputFormat.MARKS);
        assertThat(plan.files().get(1).columns()).containsExactly("action", "instrument", "timestamp");
    }

    @Test
    void namesEveryFileThatCannotBeUsed() throws Exception {
        Path missing = folder.resolve("missing.csv");
        input.file("named.csv.gz", "timestamp,instrument,action\n")
                .file("empty.csv", "")
                .file("blank.csv", "\n \n");
        List<InputFile> files = new ArrayList<>(input.settings().files());
        files.add(new InputFile("missing.csv", missing.toString(), InputFormat.AUTO, null, null));
        files.add(new InputFile("folder", folder.toString(), InputFormat.AUTO, null, null));
        assertThat(faults(InputSettings.of(files)))
                .containsExactly(
                        "named.csv.gz: is named .gz and is not gzip",
                        "empty.csv: is empty; its first line must name the columns, like "
                                + "timestamp,instrument,action,order_id,...",
                        "blank.csv: is empty; its first line must name the columns, like "
                                + "timestamp,instrument,action,order_id,...",
                        "missing.csv: no such file",
                        "folder: is a directory; name the files in it");
    }

    @Test
    void wantsAFile() {
        assertThat(faults(InputSettings.of(List.of()))).containsExactly("no file given");
    }

    @Test
    void refusesAFileThatBreaksOffInItsHeader() throws Exception {
        byte[] cut = Arrays.copyOf(TestInput.gzip("timestamp,instrument,action\n"), 14);
        assertThat(faults(input.file("cut.csv.gz", cut).settings()).get(0))
                .startsWith("cut.csv.gz: breaks off in its first line: the compressed data is cut off");
    }

    @Test
    void suggestsTheColumnThatWasMeant() throws Exception {
        assertThat(faultsOf("timestamp,symbol,action,orderid,qty,pricee,colour"))
                .containsExactly(
                        "orders.csv:1: no column \"instrument\", which a file of commands needs; if it is \"symbol\", "
                                + "say --map symbol=instrument",
                        "orders.csv:1: unknown column \"symbol\" in a file of commands; did you mean "
                                + "--map symbol=instrument?",
                        "orders.csv:1: unknown column \"orderid\" in a file of commands; did you mean "
                                + "--map orderid=order_id?",
                        "orders.csv:1: unknown column \"qty\" in a file of commands; did you mean --map qty=quantity?",
                        "orders.csv:1: unknown column \"pricee\" in a file of commands; did you mean "
                                + "--map pricee=price?",
                        "orders.csv:1: unknown column \"colour\" in a file of commands; --ignore-extra passes over it");
    }

    @Test
    void refusesColumnsThatAreMissingThereTwiceOrNameless() throws Exception {
        assertThat(faultsOf("timestamp,instrument,order_id"))
                .containsExactly("orders.csv:1: no column \"action\", which a file of commands needs");
        assertThat(faultsOf("timestamp,instrument,action,price,price"))
                .containsExactly("orders.csv:1: column \"price\" is there twice");
        assertThat(faultsOf("timestamp,instrument,action,"))
                .containsExactly("orders.csv:1: column 4 has no name; --ignore-extra passes over it");
        assertThat(faultsOf("timestamp,trade_id,instrument,side,price,quantity,tif"))
                .containsExactly(
                        "orders.csv:1: no column \"client_id\", which a file of fills needs",
                        "orders.csv:1: unknown column \"tif\" in a file of fills; --ignore-extra passes over it");
    }

    @Test
    void refusesAFirstLineThatIsNoHeader() throws Exception {
        assertThat(faultsOf("2024-01-02T00:00:00Z,ESH4,NEW").get(0))
                .startsWith("orders.csv:1: is no header: none of its columns is known");
        assertThat(faultsOf("34200.004241176,1,16113575,18,5853300,1"))
                .containsExactly(
                        "orders.csv:1: is no header of ours; if these are LOBSTER messages, " + "say --format lobster");
        assertThat(faultsOf("timestamp,\"instrument").get(0)).contains("quote that does not close");
        assertThat(faultsOf("x".repeat(70_000)).get(0)).contains("at most 65536 bytes");
        byte[] latin1 = {'t', (byte) 0xfc, '\n'};
        assertThat(faults(new TestInput(folder).file("l.csv", latin1).settings())
                        .get(0))
                .contains("must be UTF-8");
    }

    @Test
    void renamesColumns() throws Exception {
        input.file("orders.csv", "ts,symbol,action,Px\n1,A,MARK,5\n");
        Map<String, String> map = Map.of("ts", "timestamp", "symbol", "instrument", "px", "price");
        InputSettings settings = TestInput.mapping(input.settings(), map, false);
        assertThat(TestInput.read(settings).unreadable()).isEmpty();
        assertThat(formatOf(settings)).isEqualTo(InputFormat.COMMANDS);
    }

    @Test
    void refusesRenamingsThatCannotBeMeant() throws Exception {
        input.file("orders.csv", "timestamp,instrument,action,price,px\n");
        assertThat(faults(TestInput.mapping(input.settings(), Map.of("px", "prize"), true)))
                .containsExactly("--map px=prize: there is no column \"prize\"; did you mean --map px=price?");
        assertThat(faults(TestInput.mapping(input.settings(), Map.of("pcx", "price"), true)))
                .containsExactly("--map pcx=price: no file has a column \"pcx\"");
        assertThat(faults(TestInput.mapping(input.settings(), Map.of("px", "price"), false)))
                .containsExactly("orders.csv:1: column \"price\" is there twice");
    }

    @Test
    void passesOverColumnsWithoutAMeaningIfAsked() throws Exception {
        input.file("marks.csv", "timestamp,colour,instrument,,price,colour\n1,red,A,,5,blue\n");
        InputSettings settings = TestInput.mapping(input.settings(), Map.of(), true);
        assertThat(formatOf(settings)).isEqualTo(InputFormat.MARKS);
        assertThat(TestInput.read(settings).readable()).hasSize(1);
    }

    @Test
    void wantsInstrumentAndDateOfALobsterFile() throws Exception {
        String message = "34200.5,1,10,100,20000,1\n";
        input.lobster("AAPL_2012-06-21_34200000_37800000_message_50.csv", message)
                .lobster("other.csv", message);
        assertThat(faults(input.settings()))
                .containsExactly(
                        "other.csv: its name does not tell the instrument; say --instrument",
                        "other.csv: its name does not tell the date; say --date");
        InputFile told = new InputFile(
                "other.csv",
                folder.resolve("other.csv").toString(),
                InputFormat.LOBSTER,
                "X",
                LocalDate.of(2024, 7, 1));
        PlannedFile planned =
                InputPlan.plan(InputSettings.of(List.of(told))).files().get(0);
        assertThat(planned.instrument()).isEqualTo("X");
        // Midnight in New York's summer.
        assertThat(planned.midnight()).isEqualTo(1_719_806_400);
    }

    @Test
    void readsAFileWithAHeaderOfOursByItsHeaderBesideLobster() throws Exception {
        input.lobster("marks.csv", "timestamp,instrument,price\n1,A,5\n");
        assertThat(formatOf(input.settings())).isEqualTo(InputFormat.MARKS);
    }

    @Test
    void refusesAnOpeningBookThatIsNone() throws Exception {
        input.lobster("X_2024-01-02_message_1.csv", "34200.5,1,10,100,20000,1\n");
        Path book = folder.resolve("book.csv");
        InputSettings settings = new InputSettings(
                input.settings().files(), Map.of(), false, null, null, book.toString(), ZoneOffset.UTC);
        assertThat(faults(settings)).containsExactly("--opening-book " + book + ": no such file");
        Files.writeString(book, "1,2,3\n");
        assertThat(faults(settings))
                .containsExactly(
                        "--opening-book " + book + ": a row must have four fields for each level, this one has 3");
        Files.writeString(book, "1,2,3,x\n");
        assertThat(faults(settings).get(0)).contains("field 4 must be a whole number");
        Files.writeString(book, "20100,5,20000,100\n");
        assertThat(InputPlan.plan(settings).files().get(0).openingRow()).containsExactly(20100L, 5L, 20000L, 100L);
        input.file("orders.csv", TestInput.HEADER);
        input.lobster("Y_2024-01-02_message_1.csv", "34200.5,1,10,100,20000,1\n");
        settings = new InputSettings(
                input.settings().files(), Map.of(), false, null, null, book.toString(), ZoneOffset.UTC);
        assertThat(faults(settings))
                .containsExactly("--opening-book " + book + ": belongs to one LOBSTER message file, but there are 2");
    }
}
