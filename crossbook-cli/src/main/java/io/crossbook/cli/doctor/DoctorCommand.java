package io.crossbook.cli.doctor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossbook.cli.console.Console;
import io.crossbook.cli.console.ExitCode;
import io.crossbook.cli.console.Surroundings;
import io.crossbook.cli.console.TextTable;
import io.crossbook.cli.doctor.Finding.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code crossbook doctor}: what this machine lacks, if anything. */
@Command(
        name = "doctor",
        sortOptions = false,
        description = {
            "Looks whether everything that Crossbook needs is here: Java, memory, cores, ports, disk, the right to"
                    + " write, and an embedded Postgres, which is really started and stopped.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./crossbook doctor",
            "  ./crossbook doctor --data-dir /mnt/big/.crossbook --json",
            "",
            "Each line is ok, warn (works, with a remark) or fail (with the way out).",
            "Exit codes: 0 nothing fails, 3 something fails."
        })
public final class DoctorCommand implements Callable<Integer> {
    private static final int WIDTH = 80;

    private final Surroundings surroundings;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "The folder whose disk and rights to look at. Default: ${DEFAULT-VALUE}.")
    private Path dataDir = Path.of(".crossbook");

    @Option(names = "--json", description = "Prints one JSON document.")
    private boolean json;

    public DoctorCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Exception {
        Path folder = surroundings.resolve(dataDir);
        List<Finding> findings = new Examination(folder, surroundings.installation()).all();
        boolean well = findings.stream().noneMatch(finding -> finding.status() == Status.FAIL);
        Console console = surroundings.console();
        if (json) {
            console.out()
                    .println(new ObjectMapper()
                            .writerWithDefaultPrettyPrinter()
                            .writeValueAsString(document(well, findings)));
        } else {
            print(console, well, findings);
        }
        return well ? ExitCode.OK : ExitCode.CHECK_FAILED;
    }

    private static ObjectNode document(boolean well, List<Finding> findings) {
        ObjectNode document = new ObjectMapper().createObjectNode().put("ok", well);
        ArrayNode checks = document.putArray("checks");
        for (Finding finding : findings) {
            checks.addObject()
                    .put("name", finding.name())
                    .put("status", finding.status().word())
                    .put("found", finding.found())
                    .put("way_out", finding.wayOut());
        }
        return document;
    }

    private static void print(Console console, boolean well, List<Finding> findings) {
        TextTable table = new TextTable("check", "state", "found");
        findings.forEach(finding -> table.row(finding.name(), finding.status().word(), finding.found()));
        table.lines(WIDTH).forEach(console.out()::println);
        console.out().println();
        findings.stream().filter(finding -> !finding.wayOut().isEmpty()).forEach(finding -> console.out()
                .println(finding.name() + ": " + finding.wayOut()));
        console.out()
                .println(
                        well
                                ? console.good("Nothing is missing.") + " Try: ./crossbook demo --no-serve"
                                : console.bad("Something is missing, see above."));
    }
}
