package io.crossbook.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CopyBufferTest {
    @Test
    void growsWithAFieldOfAnyLength() {
        CopyBuffer buffer = new CopyBuffer();
        buffer.text("\\".repeat(100_000)).text("x".repeat(100_000)).endRow();
        assertThat(buffer.size()).isEqualTo(200_000 + 1 + 100_000 + 1);
    }

    @Test
    void holdsNothingAfterItWasCleared() {
        CopyBuffer buffer = new CopyBuffer();
        buffer.number(Long.MIN_VALUE).flag(true).endRow();
        assertThat(buffer.isEmpty()).isFalse();
        buffer.clear();
        assertThat(buffer.isEmpty()).isTrue();
    }
}
