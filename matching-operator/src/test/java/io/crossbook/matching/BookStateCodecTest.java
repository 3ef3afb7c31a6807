package io.crossbook.matching;

import static io.crossbook.testkit.Orders.at;
import static io.crossbook.testkit.Orders.buy;
import static io.crossbook.testkit.Orders.cancel;
import static io.crossbook.testkit.Orders.keyed;
import static io.crossbook.testkit.Orders.phase;
import static io.crossbook.testkit.Orders.replace;
import static io.crossbook.testkit.Orders.sell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossbook.model.Instrument;
import io.crossbook.model.Phase;
import io.crossbook.model.SelfTradePrevention;
import io.crossbook.model.TimeInForce;
import io.crossbook.testkit.InstrumentBuilder;
import io.crossbook.testkit.Orders;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Yesterday's state can be read: the committed files were written by the first release of each version. */
class BookStateCodecTest {
    private static final Instrument INSTRUMENT =
            InstrumentBuilder.instrument(Orders.SYMBOL).build();
    private static final MatchingSettings SETTINGS = new MatchingSettings(true, false, 0, true, false, false);
    private static final String BOOK = "book-state-v1.bin";
    private static final String IDS = "book-ids-v1.bin";
    private static final String KEYS = "book-keys-v1.bin";

    /** Orders of each kind that can live, some filled in part, ids of each form, a key, a halt after trades. */
    private static Market script() {
        Market market = new Market(INSTRUMENT, SETTINGS);
        market.send(
                buy("B1").lots(5).at(100),
                buy("B2").of("bob").lots(7).in(TimeInForce.DAY).at(100),
                keyed("k1", sell("a4e7c2d0-77b1-4f4e-9f7b-0c3fd7c4f001").lots(9).at(104)),
                sell("ice").of("carl").lots(50).display(8).at(103),
                at(5, buy("gtd").lots(3).until(9_000).at(99)),
                sell("S7").lots(4).stop(98).atMarket(),
                buy("S8").lots(2).stop(106).at(107),
                buy("po").lots(1).postOnly().at(101),
                buy("stp").lots(6).preventing(SelfTradePrevention.DECREMENT).at(97),
                at(6, buy("007").of("dora").lots(11).at(103)),
                cancel("B1"),
                replace("B2").by("bob").lots(9).build(),
                at(7, phase(Phase.HALTED)));
        return market;
    }

    @Test
    void writesTheBytesOfTheCommittedFiles() throws IOException {
        LiveBook book = script().book();

        assertThat(RestoredBook.bytes(book)).isEqualTo(committed(BOOK));
        assertThat(book.drainNewIds()).isEqualTo(committed(IDS));
        assertThat(book.drainNewKeys()).isEqualTo(committed(KEYS));
    }

    @Test
    void goesOnFromTheCommittedFiles() throws IOException {
        LiveBook restored = RestoredBook.read(committed(BOOK), INSTRUMENT, SETTINGS);
        restored.addUsedIds(committed(IDS));
        restored.addUsedKeys(committed(KEYS));
        Market ofRestored = new Market(restored, 100);
        Market unbroken = script();

        assertThat(ofRestored.send(at(8, buy("B1").at(100))))
                .isEqualTo(unbroken.send(at(8, buy("B1").at(100))));
        assertThat(ofRestored.send(at(8, keyed("k1", buy("x").at(9)))))
                .isEqualTo(unbroken.send(at(8, keyed("k1", buy("x").at(9)))));
        assertThat(ofRestored.send(at(9, phase(Phase.CONTINUOUS))))
                .isEqualTo(unbroken.send(at(9, phase(Phase.CONTINUOUS))));
        assertThat(ofRestored.send(at(9, sell("all").lots(500).at(1))))
                .isEqualTo(unbroken.send(at(9, sell("all").lots(500).at(1))));
        assertThat(ofRestored.finish()).isEqualTo(unbroken.finish());
    }

    @Test
    void refusesAnUnknownVersionByName() throws IOException {
        byte[] bytes = committed(BOOK);
        bytes[0] = 9;

        assertThatThrownBy(
                        () -> LiveBook.read(new DataInputStream(new ByteArrayInputStream(bytes)), INSTRUMENT, SETTINGS))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ESH4: book state has version 9, this program reads version 1");
    }

    private static byte[] committed(String name) throws IOException {
        try (InputStream file =
                Objects.requireNonNull(BookStateCodecTest.class.getResourceAsStream("/" + name), name)) {
            return file.readAllBytes();
        }
    }
}
