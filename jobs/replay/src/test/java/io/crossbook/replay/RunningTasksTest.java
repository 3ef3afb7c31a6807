package io.crossbook.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.junit.jupiter.api.Test;

class RunningTasksTest {
    @Test
    void waitsForTheLastTask() throws Exception {
        assertThat(allRun("RUNNING", 2, 2)).isTrue();
        assertThat(allRun("RUNNING", 1, 2)).isFalse();
        assertThat(allRun("RESTARTING", 2, 2)).isFalse();
    }

    @Test
    void isNotDeceivedByAJobWithoutSteps() throws Exception {
        assertThat(RunningTasks.allRun(BacktestSettings.JSON.readTree("{\"state\":\"RUNNING\",\"vertices\":[]}")))
                .isFalse();
        assertThat(RunningTasks.allRun(BacktestSettings.JSON.readTree("{\"errors\":[\"not found\"]}")))
                .isFalse();
    }

    private static boolean allRun(String state, int running, int parallelism) throws JsonProcessingException {
        return RunningTasks.allRun(BacktestSettings.JSON.readTree("{\"state\":\"" + state
                + "\",\"vertices\":[{\"parallelism\":1,\"tasks\":{\"RUNNING\":1}},{\"parallelism\":" + parallelism
                + ",\"tasks\":{\"RUNNING\":" + running + ",\"INITIALIZING\":" + (parallelism - running) + "}}]}"));
    }
}
