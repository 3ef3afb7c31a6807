package io.crossbook.api.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GivenIdsTest {
    @Test
    void riseWithTime() {
        List<String> ids = Stream.generate(() -> GivenIds.of("alice", "ACME", null))
                .limit(10_000)
                .toList();
        assertThat(ids).isSorted().doesNotHaveDuplicates();
        assertThat(UUID.fromString(ids.get(0)).version()).isEqualTo(7);
    }

    @Test
    void areTheSameForTheSameKeyOfAClientInAnInstrument() {
        String id = GivenIds.of("alice", "ACME", "k1");
        assertThat(GivenIds.of("alice", "ACME", "k1")).isEqualTo(id);
        assertThat(List.of(
                        GivenIds.of("bob", "ACME", "k1"),
                        GivenIds.of("alice", "OTHER", "k1"),
                        GivenIds.of("alice", "ACME", "k2")))
                .doesNotContain(id)
                .doesNotHaveDuplicates();
    }
}
