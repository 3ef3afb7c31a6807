package io.crossbook.pnl;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import io.crossbook.model.MarketEvent;
import io.crossbook.model.MarketEvent.Duplicate;
import io.crossbook.model.PnlEvent;
import io.crossbook.model.PnlEvent.LedgerSummary;
import io.crossbook.model.PnlEvent.OpenLot;
import io.crossbook.model.PnlEvent.Position;
import io.crossbook.model.RunEvent;
import io.crossbook.model.Side;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every flow; a failure names seed and step. */
class LedgerPropertyTest {
    private static final int EVENTS = 400;

    private static Instrument instrument(long seed) {
        boolean allowShort = seed % 3 != 0;
        return Tape.instrument("0.05", "0.1", seed % 2 == 0 ? "1" : "12.5", "-0.35", "2.5", allowShort);
    }

    private static List<MarketEvent> flow(long seed) {
        return new RandomFlow(seed, seed % 2 == 0, seed % 5 == 0).events(EVENTS);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 20, 30})
    void agreesWithTheReferenceLedger(long seed) {
        LiveLedger ledger = new LiveLedger(instrument(seed), LedgerSettings.backtest());
        ReferenceLedger reference = new ReferenceLedger(instrument(seed));
        int step = 0;
        for (MarketEvent event : flow(seed)) {
            List<RunEvent> said = new ArrayList<>();
            ledger.apply(event, each -> said.add(each.copy()));
            said.removeIf(e -> !(e instanceof PnlEvent) && !(e instanceof Duplicate));
            assertThat(said).as("seed %d, step %d, %s", seed, ++step, event).isEqualTo(reference.apply(event));
        }
        List<RunEvent> end = new ArrayList<>();
        ledger.finish(each -> end.add(each.copy()));
        end.removeIf(LedgerSummary.class::isInstance);
        assertThat(end).as("seed %d, end", seed).isEqualTo(reference.end());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void saysTheSameInDecimalsAsInTicksAndLots(long seed) {
        LiveLedger fast = new LiveLedger(instrument(seed), LedgerSettings.backtest());
        LiveLedger wide = new LiveLedger(instrument(seed), LedgerSettings.backtest());
        int step = 0;
        for (MarketEvent event : flow(seed)) {
            List<RunEvent> ofFast = new ArrayList<>();
            List<RunEvent> ofWide = new ArrayList<>();
            fast.apply(event, each -> ofFast.add(each.copy()));
            wide.apply(event, each -> ofWide.add(each.copy()));
            wide.accounts().accounts().forEach(Account::widen);
            assertThat(ofWide).as("seed %d, step %d, %s", seed, ++step, event).isEqualTo(ofFast);
        }
        List<RunEvent> endOfFast = new ArrayList<>();
        List<RunEvent> endOfWide = new ArrayList<>();
        fast.finish(each -> endOfFast.add(each.copy()));
        wide.finish(each -> endOfWide.add(each.copy()));
        assertThat(endOfWide).as("seed %d, end", seed).isEqualTo(endOfFast);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void moneyAndLotsAreConservedAfterEveryEvent(long seed) {
        Instrument instrument = instrument(seed);
        LiveLedger ledger = new LiveLedger(instrument, LedgerSettings.backtest());
        int step = 0;
        for (MarketEvent event : flow(seed)) {
            ledger.apply(event, said -> {});
            assertThat(ledger.balanced())
                    .as("seed %d, step %d, %s", seed, ++step, event)
                    .isTrue();
        }
        List<RunEvent> end = new ArrayList<>();
        ledger.finish(each -> end.add(each.copy()));
        Map<String, Decimal> lots = new HashMap<>();
        for (RunEvent event : end) {
            if (event instanceof OpenLot lot) {
                lots.merge(lot.clientId(), signed(lot), Decimal::plus);
            } else if (event instanceof Position position) {
                assertThat(lots.getOrDefault(position.clientId(), Decimal.ZERO)).isEqualTo(position.netQuantity());
                assertConserved(instrument, position);
            } else if (event instanceof LedgerSummary summary) {
                assertThat(summary.quantitySum()).isEqualTo(Decimal.ZERO);
                assertThat(summary.cashSum()).isEqualTo(Decimal.ZERO);
            }
        }
    }

    private static Decimal signed(OpenLot lot) {
        return lot.side() == Side.BUY ? lot.quantity() : lot.quantity().negate();
    }

    private static void assertConserved(Instrument instrument, Position position) {
        Decimal worth = instrument.notional(position.markPrice(), position.netQuantity());
        assertThat(position.realizedPnl().plus(position.unrealizedPnl()))
                .as("realized + unrealized = cash + position × mark × multiplier of %s", position)
                .isEqualTo(position.cashFlow().plus(worth));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void goesOnAfterARestoreAsIfNothingHadHappened(long seed) throws IOException {
        Random random = new Random(seed);
        LedgerSettings settings = new LedgerSettings(seed % 2 == 0, seed % 4 < 2, true);
        LiveLedger unbroken = new LiveLedger(instrument(seed), settings);
        LiveLedger restored = new LiveLedger(instrument(seed), settings);
        List<byte[]> tradeIds = new ArrayList<>();
        int step = 0;
        for (MarketEvent event : flow(seed)) {
            if (random.nextInt(25) == 0) {
                byte[] state = bytes(restored);
                assertThat(state).as("seed %d, step %d", seed, step).isEqualTo(bytes(unbroken));
                tradeIds.add(restored.drainNewTradeIds());
                restored = LiveLedger.read(
                        new DataInputStream(new ByteArrayInputStream(state)), instrument(seed), settings);
                tradeIds.forEach(restored::addTradeIds);
            }
            List<RunEvent> ofUnbroken = new ArrayList<>();
            List<RunEvent> ofRestored = new ArrayList<>();
            unbroken.apply(event, each -> ofUnbroken.add(each.copy()));
            restored.apply(event, each -> ofRestored.add(each.copy()));
            assertThat(ofRestored)
                    .as("seed %d, step %d, %s", seed, ++step, event)
                    .isEqualTo(ofUnbroken);
        }
        List<RunEvent> endOfUnbroken = new ArrayList<>();
        List<RunEvent> endOfRestored = new ArrayList<>();
        unbroken.finish(each -> endOfUnbroken.add(each.copy()));
        restored.finish(each -> endOfRestored.add(each.copy()));
        assertThat(endOfRestored).as("seed %d, end", seed).isEqualTo(endOfUnbroken);
    }

    static byte[] bytes(LiveLedger ledger) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ledger.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }
}
