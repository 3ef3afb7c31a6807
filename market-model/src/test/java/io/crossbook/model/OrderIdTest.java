package io.crossbook.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every id keeps its text, whatever it is kept as, and two ids are equal only if their texts are. */
class OrderIdTest {
    private static final List<String> LOOK_ALIKE = List.of(
            "0",
            "00",
            "000",
            "1",
            "01",
            "001",
            "10",
            "A1",
            "A01",
            "1A1",
            "a1",
            "AA1",
            "A",
            "",
            "A1A",
            "\u00001",
            "1\u0000",
            "\u00e91",
            "ABCDEFG1",
            "ABCDEFGH1",
            "BCDEFGH1",
            "999999999999999999",
            "1000000000000000000",
            "0999999999999999999",
            "000000000000000001",
            "0000000000000000001");

    @Test
    void tellsIdsApartThatLookAlike() {
        Set<String> seen = new HashSet<>();
        for (String text : LOOK_ALIKE) {
            OrderId id = OrderId.of(text);
            assertThat(seen.add(id.high() + " " + id.low())).as(text).isTrue();
        }
    }

    @Test
    void givesItsTextBack() {
        for (String text : LOOK_ALIKE) {
            assertThat(OrderId.of(text)).hasToString(text);
        }
    }

    @Test
    void isTheSameInAPlaceThatIsFilledAnew() throws IOException {
        OrderId place = new OrderId();
        OrderId other = new OrderId();
        for (String text : LOOK_ALIKE) {
            OrderId id = OrderId.of(text);
            byte[] utf8 = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);
            assertThat(place.set(utf8, 1, utf8.length - 1)).isEqualTo(id).hasToString(text);
            assertThat(other.set(id)).isEqualTo(id);
            assertThat(other.copy()).isEqualTo(id).hasSameHashCodeAs(id);
            assertThat(place.read(new DataInputStream(new ByteArrayInputStream(bytes(id)))))
                    .isEqualTo(id)
                    .hasToString(text);
        }
    }

    @Test
    void keepsTheNumberOfASerialIdInItsWords() {
        OrderId first = OrderId.of("order-41");
        OrderId second = OrderId.of("order-42");

        assertThat(first.isSerial()).isTrue();
        assertThat(second.high()).isEqualTo(first.high());
        assertThat(second.low()).isEqualTo(42);
        assertThat(OrderId.of("2026-11-21T42").isSerial()).isFalse();
    }

    @Test
    void isNotEqualToAnIdOfTheSameWordsWithAnotherText() {
        OrderId id = new OrderId().setText(1, 2, new byte[] {'a'}, 0, 1);

        assertThat(id).isNotEqualTo(new OrderId().setText(1, 2, new byte[] {'b'}, 0, 1));
        assertThat(id).isNotEqualTo(new OrderId().setSerial(1, 2));
    }

    private static byte[] bytes(OrderId id) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        id.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }
}
