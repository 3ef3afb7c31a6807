package io.crossbook.pnl;

import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import io.crossbook.model.Side;
import io.crossbook.model.Utf8Order;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of one instrument, booked first in, first out: a fill on the other side of a client's position closes its
 * oldest lots first, piece by piece, and what is left of it opens a lot at the fill price.
 *
 * <p>Realized P&amp;L of a piece is (closing price − opening price) × quantity × multiplier, negated for a short lot.
 * Every figure is exact at any size; the mean price, for showing, is the only quotient. Nothing is allocated for a trade
 * in ticks and lots but the room for a new lot, and a fill costs the same however many lots are open.
 */
public final class FifoLedger {
    private final Terms terms;
    private final Map<String, Account> byClient = new HashMap<>();
    private final Map<String, Account> inOrder = new TreeMap<>(Utf8Order.INSTANCE);

    public FifoLedger(Instrument instrument) {
        this.terms = Terms.of(instrument);
    }

    /**
     * Books one side of a matched trade.
     *
     * @param price LastPx(31) in ticks, zero or more
     * @param quantity LastQty(32) in lots, above zero
     * @param tradeNo number of the trade in its instrument, from 1; names the lot it opens
     * @param transactTime when the lot it opens was opened
     */
    public void trade(
            String clientId,
            Side side,
            long price,
            long quantity,
            Liquidity liquidity,
            long tradeNo,
            long transactTime,
            ClosedPieces pieces) {
        open(clientId).trade(side, price, quantity, liquidity, tradeNo, transactTime, pieces);
    }

    /**
     * Books a trade made elsewhere, of any price of zero or more and any quantity above zero, on the grid or off it.
     *
     * @param fee its own fee in the instrument's currency; negative is a rebate
     * @param tradeId names the lot it opens
     */
    public void fill(
            String clientId,
            Side side,
            Decimal price,
            Decimal quantity,
            Decimal fee,
            String tradeId,
            long transactTime,
            ClosedPieces pieces) {
        open(clientId).fill(side, price, quantity, fee, tradeId, transactTime, pieces);
    }

    /** The client's account, opened if it has none. */
    Account open(String clientId) {
        Account account = byClient.get(clientId);
        if (account == null) {
            account = new Account(clientId, terms);
            add(account);
        }
        return account;
    }

    /** Signed holding of a client; zero for one without history. */
    Decimal netQuantity(String clientId) {
        @Nullable Account account = byClient.get(clientId);
        return account == null ? Decimal.ZERO : account.holding().netQuantity();
    }

    /** Every client with history, by client id in the order of its UTF-8 bytes. */
    Collection<Account> accounts() {
        return Collections.unmodifiableCollection(inOrder.values());
    }

    private void add(Account account) {
        byClient.put(account.clientId(), account);
        inOrder.put(account.clientId(), account);
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(inOrder.size());
        for (Account account : inOrder.values()) {
            account.write(out);
        }
    }

    void readFrom(DataInput in) throws IOException {
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            add(Account.read(in, terms));
        }
    }
}
