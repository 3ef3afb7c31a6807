package io.crossbook.pnl;

import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import io.crossbook.model.MarketEvent;
import io.crossbook.model.MarketEvent.Duplicate;
import io.crossbook.model.MarketEvent.Refused;
import io.crossbook.model.MarketInput.ExternalFill;
import io.crossbook.model.Reason;
import io.crossbook.model.Side;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where external fills come in: it tells a new fill from a repeated one and refuses what cannot be booked. A refused
 * fill leaves nothing behind, so its trade id may come again.
 */
final class FillDesk {
    /** Digits behind the point that a price, quantity or fee may have. */
    private static final int MAX_SCALE = 18;

    private static final int LONGEST_SHOWN = 40;

    private final Instrument instrument;
    private final TradeIds tradeIds = new TradeIds();

    FillDesk(Instrument instrument) {
        this.instrument = instrument;
    }

    TradeIds tradeIds() {
        return tradeIds;
    }

    /**
     * Remembers the fill's trade id if the fill can be booked.
     *
     * @param holding signed holding of the fill's client
     * @return nothing if the fill is to be booked, else the {@link Duplicate} or {@link Refused} that it is
     */
    Optional<MarketEvent> judge(ExternalFill fill, long sequence, Decimal holding) {
        Fingerprint id = Fingerprint.of(fill.clientId(), fill.tradeId());
        Fingerprint content = content(fill);
        int earlier = tradeIds.find(id);
        if (earlier != TradeIds.NONE) {
            return Optional.of(repeated(fill, sequence, content, earlier));
        }
        @Nullable Refused refused = refusal(fill, sequence, holding);
        if (refused == null) {
            tradeIds.add(id, content, sequence);
        }
        return Optional.ofNullable(refused);
    }

    /** Everything but the time; numbers as numbers, since decimals are kept in one form. The key is no content. */
    private static Fingerprint content(ExternalFill fill) {
        return Fingerprint.of(
                fill.side().name(),
                fill.price().toString(),
                fill.quantity().toString(),
                fill.fee().toString(),
                fill.orderId() == null ? "" : fill.orderId());
    }

    private MarketEvent repeated(ExternalFill fill, long sequence, Fingerprint content, int earlier) {
        long first = tradeIds.sequence(earlier);
        if (tradeIds.hasContent(earlier, content)) {
            return new Duplicate(fill, sequence, first);
        }
        return refused(
                fill,
                sequence,
                Reason.TRADE_ID_REUSED,
                "trade_id \"" + fill.tradeId() + "\" of client \"" + fill.clientId()
                        + "\" was used with other content by sequence " + first);
    }

    private @Nullable Refused refusal(ExternalFill fill, long sequence, Decimal holding) {
        if (fill.price().signum() < 0) {
            return refused(
                    fill, sequence, Reason.INVALID_PRICE, "price must be zero or more, was " + shown(fill.price()));
        }
        if (fill.quantity().signum() <= 0) {
            return refused(
                    fill,
                    sequence,
                    Reason.INVALID_QUANTITY,
                    "quantity must be above zero, was " + shown(fill.quantity()));
        }
        @Nullable String tooFine = tooFine(fill);
        if (tooFine != null) {
            return refused(fill, sequence, Reason.OUT_OF_RANGE, tooFine);
        }
        if (!instrument.allowShort()
                && fill.side() == Side.SELL
                && fill.quantity().compareTo(holding) > 0) {
            return refused(
                    fill,
                    sequence,
                    Reason.SHORT_NOT_ALLOWED,
                    "sale of " + shown(fill.quantity()) + " exceeds the holding of " + shown(holding) + ", and "
                            + instrument.symbol() + " allows no short positions");
        }
        return null;
    }

    private static @Nullable String tooFine(ExternalFill fill) {
        if (fill.price().scale() > MAX_SCALE) {
            return tooFine("price", fill.price());
        }
        if (fill.quantity().scale() > MAX_SCALE) {
            return tooFine("quantity", fill.quantity());
        }
        return fill.fee().scale() > MAX_SCALE ? tooFine("fee", fill.fee()) : null;
    }

    private static String tooFine(String field, Decimal value) {
        return field + " may have " + MAX_SCALE + " digits behind the point, " + shown(value) + " has " + value.scale();
    }

    private static Refused refused(ExternalFill fill, long sequence, Reason reason, String message) {
        return new Refused(fill, sequence, reason, message, false);
    }

    private static String shown(Decimal value) {
        String text = value.toString();
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
    }
}
