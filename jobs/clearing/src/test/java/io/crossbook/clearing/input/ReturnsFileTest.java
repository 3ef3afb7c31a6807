package io.crossbook.clearing.input;

import static io.crossbook.clearing.margin.Positions.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.crossbook.clearing.margin.Returns;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReturnsFileTest {
    private static final String HEADER = "scenario,instrument,return\n";

    @TempDir
    private Path folder;

    private static Returns readFile(Path file) {
        return ReturnsFile.read(InputText.read(file.toString(), file));
    }

    private Path file(String text) throws Exception {
        return Files.writeString(folder.resolve("returns.csv"), text);
    }

    private List<String> faults(String text) throws Exception {
        Path file = file(text);
        IllegalArgumentException refused = catchThrowableOfType(IllegalArgumentException.class, () -> readFile(file));
        assertThat(refused).as("nothing was refused").isNotNull();
        return refused.getMessage()
                .lines()
                .map(fault -> fault.replace(file.toString(), "returns.csv"))
                .toList();
    }

    @Test
    void linesUpReturnsByScenarioWhateverTheOrderOfRowsAndColumns() throws Exception {
        Path file =
                file("\ufeffReturn, instrument,scenario\r\n-4%,A,mon\r\n\r\n0.03,B,tue\r\n1%,\"B\",mon\r\n-0.02,A,tue");
        assertThat(readFile(file))
                .isEqualTo(new Returns(
                        List.of("mon", "tue"),
                        Map.of(
                                "A", List.of(number("-0.04"), number("-0.02")),
                                "B", List.of(number("0.01"), number("0.03")))));
    }

    @Test
    void namesEveryFaultWithItsPlace() throws Exception {
        assertThat(faults(HEADER + "mon,A,-4\nmon,B\n,A,0\nmon,,0\nmon,A,0\nmon,A,1%\ntue,B,0"))
                .containsExactly(
                        "returns.csv:2: return must be a fraction of -1 or more like -4% or -0.04, was \"-4\"",
                        "returns.csv:3: a line must have 3 fields, this one has 2",
                        "returns.csv:4: scenario is missing",
                        "returns.csv:5: instrument is missing",
                        "returns.csv:7: A has a return for scenario mon already",
                        "returns.csv: A has no return for scenario tue; every instrument needs one for each scenario",
                        "returns.csv: B has no return for scenario mon; every instrument needs one for each scenario");
    }

    @Test
    void refusesOtherColumnsAndEmptyFiles() throws Exception {
        assertThat(faults(""))
                .containsExactly("returns.csv: is empty; its first line must be scenario,instrument,return");
        assertThat(faults("date,instrument,return\nmon,A,x\n"))
                .containsExactly(
                        "returns.csv:1: columns must be scenario,instrument,return, were \"date,instrument,return\"");
        assertThat(faults(HEADER + "mon,\"A,0\n").get(0)).startsWith("returns.csv: is no CSV: ");
    }

    @Test
    void knowsNothingWithAHeaderAlone() throws Exception {
        assertThat(readFile(file(HEADER))).isEqualTo(Returns.NONE);
    }
}
