package io.crossbook.pnl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossbook.model.Instrument;
import io.crossbook.model.RunEvent;
import io.crossbook.model.Side;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Yesterday's state can be read: the committed files were written by the first release of each version. */
class LedgerStateCodecTest {
    private static final Instrument INSTRUMENT = Tape.instrument("0.5", "1", "10", "-0.2", "1", true);
    private static final LedgerSettings SETTINGS = new LedgerSettings(true, true, false);

    /** One account in ticks, one wide, one flat, a mark, fills and a command that is not over yet. */
    private static Tape script() {
        Tape tape = new Tape(INSTRUMENT, SETTINGS);
        tape.trade("ticks", "flat", 5, 201, Side.BUY);
        tape.trade("flat", "ticks", 2, 203, Side.SELL);
        tape.buy("flat", "3", "100.5");
        tape.fill("wide", Side.SELL, "1.25", "99.123456789012345678", "0.75");
        tape.fill("wide", Side.BUY, "123456789012345678901234567890", "1", "-3");
        tape.buy("ticks", "4", "100");
        tape.mark("101.75");
        tape.trade("wide", "ticks", 1, 202, null);
        return tape;
    }

    @Test
    void writesTheBytesOfTheCommittedFiles() throws IOException {
        Tape tape = script();

        assertThat(LedgerPropertyTest.bytes(tape.ledger)).isEqualTo(committed("ledger-state-v1.bin"));
        assertThat(tape.ledger.drainNewTradeIds()).isEqualTo(committed("ledger-trade-ids-v1.bin"));
    }

    @Test
    void goesOnFromTheCommittedFiles() throws IOException {
        LiveLedger restored = read(committed("ledger-state-v1.bin"));
        restored.addTradeIds(committed("ledger-trade-ids-v1.bin"));
        List<RunEvent> ofRestored = new ArrayList<>();
        List<RunEvent> ofUnbroken = new ArrayList<>();
        restored.finish(event -> ofRestored.add(event.copy()));
        script().ledger.finish(event -> ofUnbroken.add(event.copy()));

        assertThat(ofRestored).isEqualTo(ofUnbroken);
        assertThat(LedgerPropertyTest.bytes(read(committed("ledger-state-v1.bin"))))
                .isEqualTo(committed("ledger-state-v1.bin"));
    }

    @Test
    void refusesAnUnknownVersionByName() throws IOException {
        byte[] bytes = committed("ledger-state-v1.bin");
        bytes[0] = 2;

        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("state of version 2 found for the ledger of X, this program reads version 1");
    }

    private static LiveLedger read(byte[] bytes) throws IOException {
        return LiveLedger.read(new DataInputStream(new ByteArrayInputStream(bytes)), INSTRUMENT, SETTINGS);
    }

    private static byte[] committed(String name) throws IOException {
        try (InputStream file =
                Objects.requireNonNull(LedgerStateCodecTest.class.getResourceAsStream("/" + name), name)) {
            return file.readAllBytes();
        }
    }
}
