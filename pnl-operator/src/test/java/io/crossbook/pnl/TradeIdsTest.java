package io.crossbook.pnl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossbook.model.Utf8Order;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TradeIdsTest {
    private static final int MANY = 20_000;

    @Test
    void remembersEveryIdWithItsContentAndFirstSequence() {
        TradeIds ids = filled(MANY);

        for (int i = 0; i < MANY; i++) {
            int entry = ids.find(id(i));
            assertThat(entry).isNotEqualTo(TradeIds.NONE);
            assertThat(ids.hasContent(entry, content(i))).isTrue();
            assertThat(ids.hasContent(entry, content(i + 1))).isFalse();
            assertThat(ids.sequence(entry)).isEqualTo(i);
        }
        assertThat(ids.find(id(MANY))).isEqualTo(TradeIds.NONE);
    }

    @Test
    void clientAndTradeIdDoNotRunTogether() {
        assertThat(Fingerprint.of("A", "BC")).isNotEqualTo(Fingerprint.of("AB", "C"));
    }

    @Test
    void drainsOnlyWhatIsNewAndTakesItBackInPieces() {
        TradeIds ids = filled(300);
        byte[] first = ids.drainNew();
        ids.add(id(300), content(300), 300);
        byte[] second = ids.drainNew();

        assertThat(first).hasSize(1 + 300 * 40);
        assertThat(second).hasSize(1 + 40);
        assertThat(ids.drainNew()).isEmpty();

        TradeIds restored = new TradeIds();
        restored.restore(first);
        restored.restore(second);
        restored.restore(new byte[0]);
        assertThat(restored.drainNew()).as("what was restored is not new").isEmpty();
        assertThat(restored.sequence(restored.find(id(300)))).isEqualTo(300);
        assertThat(restored.sequence(restored.find(id(7)))).isEqualTo(7);
    }

    @Test
    void refusesBytesOfAnUnknownVersionByName() {
        byte[] bytes = filled(1).drainNew();
        bytes[0] = 9;

        assertThatThrownBy(() -> new TradeIds().restore(bytes))
                .hasMessageContaining(
                        "state of version 9 found for trade ids of a ledger, this program reads version 1");
    }

    @Test
    void utf8OrderIsTheOrderOfBytes() {
        String[] texts = {
            "", "a", "aa", "b", "é", "\uD7FF", "\uE000", "\uFF5E", "\uFFFF", "\uD800\uDC00", "\uDBFF\uDFFF"
        };
        for (String a : texts) {
            for (String b : texts) {
                int byBytes =
                        Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
                assertThat(Integer.signum(Utf8Order.INSTANCE.compare(a, b))).isEqualTo(Integer.signum(byBytes));
            }
        }
    }

    private static TradeIds filled(int count) {
        TradeIds ids = new TradeIds();
        for (int i = 0; i < count; i++) {
            ids.add(id(i), content(i), i);
        }
        return ids;
    }

    private static Fingerprint id(int i) {
        return Fingerprint.of("client", "trade-" + i);
    }

    private static Fingerprint content(int i) {
        return Fingerprint.of("content-" + i);
    }
}
