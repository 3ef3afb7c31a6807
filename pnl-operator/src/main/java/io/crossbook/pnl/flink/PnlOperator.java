package io.crossbook.pnl.flink;

import io.crossbook.flink.LiveStateOperator;
import io.crossbook.model.DecimalPool;
import io.crossbook.model.Instruments;
import io.crossbook.model.MarketEvent;
import io.crossbook.model.RunEvent;
import io.crossbook.pnl.LedgerSettings;
import io.crossbook.pnl.LiveLedger;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Books the trades of each instrument first in, first out, and passes the matcher's events on in their order. */
public final class PnlOperator extends LiveStateOperator<RunEvent, LiveLedger> {
    private static final long serialVersionUID = 1;

    private final Instruments instruments;
    private final LedgerSettings settings;
    private transient @Nullable DecimalPool decimals;

    public PnlOperator(Instruments instruments, LedgerSettings settings) {
        this.instruments = instruments;
        this.settings = settings;
    }

    @Override
    protected String instrumentOf(RunEvent event) {
        return event.instrument();
    }

    @Override
    protected void passOn(RunEvent event, Consumer<RunEvent> events) {
        events.accept(event);
    }

    @Override
    protected LiveLedger create(String instrument) {
        return new LiveLedger(instruments.get(instrument), settings, decimals());
    }

    private DecimalPool decimals() {
        DecimalPool made = decimals;
        if (made == null) {
            made = new DecimalPool();
            decimals = made;
        }
        return made;
    }

    @Override
    protected void apply(LiveLedger ledger, RunEvent event, Consumer<RunEvent> events) {
        ledger.apply((MarketEvent) event, events);
    }

    @Override
    protected void finish(LiveLedger ledger, Consumer<RunEvent> events) {
        ledger.finish(events);
    }

    @Override
    protected void write(LiveLedger ledger, DataOutput out) throws IOException {
        ledger.write(out);
    }

    @Override
    protected LiveLedger read(String instrument, DataInputStream in) throws IOException {
        return LiveLedger.read(in, instruments.get(instrument), settings, decimals());
    }

    @Override
    protected byte @Nullable [] drainRemembered(LiveLedger ledger) {
        byte[] tradeIds = ledger.drainNewTradeIds();
        return tradeIds.length == 0 ? null : tradeIds;
    }

    @Override
    protected void remember(LiveLedger ledger, byte[] piece) {
        ledger.addTradeIds(piece);
    }

    @Override
    protected long epoch(LiveLedger ledger) {
        // Trade ids are remembered for the whole run.
        return 0;
    }
}
