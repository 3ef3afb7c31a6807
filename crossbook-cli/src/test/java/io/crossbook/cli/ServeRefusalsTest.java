package io.crossbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.cli.console.ExitCode;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What up, live and serve refuse before anything is started. */
class ServeRefusalsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "up --db none | --db: a live run needs a database",
                "up --api-port 0 | --api-port: expected 1 to 65535, was 0",
                "up --flink-port 70000 | --flink-port: expected 1 to 65535",
                "up --postgres-port x | expected a whole number, was \"x\"",
                "up --kafka-port 0 | --kafka-port: expected 1 to 65535",
                "up --rate-limit -1 | --rate-limit: expected zero or more, was -1",
                "up --fresh --db postgres://db/crossbook | begin another one there with --run-id",
                "up --fresh --bootstrap-servers kafka:9092 | begin another one there with --run-id",
                "up --run-id a/b | letters, digits",
                "up --instruments nothere.csv | --instruments: nothere.csv: no such file",
                "up --delivery exactly | did you mean \"exactly-once\"?",
                "up --heap lots | expected a size such as 2g",
                "up --until-end | unknown option \"--until-end\"",
                "up | the replay program is not built",
                "live --settings-to live.json | --settings-to: also needs --bootstrap-servers and the URL of --db",
                "live --settings-to live.json --bootstrap-servers kafka:9092 | --settings-to: also needs",
                "serve --db none | without a database there is nothing to serve",
                "serve --db embeded | did you mean \"embedded\"?",
                "serve --run-id live | name its broker, too, with --bootstrap-servers",
                "serve --delivery exactly-once | name its broker, too, with --bootstrap-servers",
                "serve --bootstrap-servers kafka:9092 --run-id a/b | letters, digits",
                "serve --host no.such.host.invalid | is no address of this machine",
                "serve | the API is not built",
            })
    void refusesInOneLineWhatMakesNoSense(String line, String sentence) {
        TypedCommand refused = TypedCommand.in(folder, line.split(" "));
        assertThat(refused.err()).contains(sentence);
        assertThat(refused.err().lines()).hasSize(2);
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.out()).isEmpty();
        assertThat(folder.resolve(".crossbook")).doesNotExist();
    }
}
