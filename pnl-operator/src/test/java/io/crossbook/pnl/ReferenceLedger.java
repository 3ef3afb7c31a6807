package io.crossbook.pnl;

import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import io.crossbook.model.MarketEvent;
import io.crossbook.model.MarketEvent.Duplicate;
import io.crossbook.model.MarketEvent.FillReceived;
import io.crossbook.model.MarketEvent.Marked;
import io.crossbook.model.MarketInput.ExternalFill;
import io.crossbook.model.PnlEvent.FillBooked;
import io.crossbook.model.PnlEvent.OpenLot;
import io.crossbook.model.PnlEvent.Position;
import io.crossbook.model.PnlEvent.Realized;
import io.crossbook.model.RunEvent;
import io.crossbook.model.Side;
import io.crossbook.model.Trade;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The slow twin of the ledger: it keeps every booking for ever and works each figure out from the whole list whenever it
 * is asked, in BigDecimal. What it says is meant to be seen to be right, not to be fast.
 */
final class ReferenceLedger {
    private record Booking(
            String client,
            Side side,
            BigDecimal price,
            BigDecimal quantity,
            BigDecimal fee,
            long tradeNo,
            @Nullable String fillId,
            String tradeId,
            long sequence,
            long time) {}

    private record Lot(long no, Booking opening, BigDecimal left) {}

    private final Instrument instrument;
    private final BigDecimal multiplier;
    private final List<Booking> bookings = new ArrayList<>();
    private final Map<List<String>, FillReceived> firstUse = new HashMap<>();
    private @Nullable BigDecimal mark;
    private boolean marked;
    private long realizedNo;
    private long sequence;
    private long time;

    ReferenceLedger(Instrument instrument) {
        this.instrument = instrument;
        this.multiplier = instrument.multiplier().toBigDecimal();
    }

    /** What the event causes, apart from the event itself; refusals are left out. */
    List<RunEvent> apply(MarketEvent event) {
        List<RunEvent> said = new ArrayList<>();
        sequence = event.sequence();
        time = event.transactTime();
        if (event instanceof Marked newMark) {
            marked = true;
            mark = newMark.price().toBigDecimal();
        } else if (event instanceof Trade trade) {
            if (!marked) {
                mark = price(trade.price());
            }
            said.addAll(book(leg(trade, Side.BUY, trade.buyClientId())));
            said.addAll(book(leg(trade, Side.SELL, trade.sellClientId())));
        } else if (event instanceof FillReceived received) {
            said.addAll(receive(received));
        }
        return said;
    }

    private Booking leg(Trade trade, Side side, String client) {
        BigDecimal price = price(trade.price());
        BigDecimal quantity = BigDecimal.valueOf(trade.quantity())
                .multiply(instrument.lotSize().toBigDecimal());
        boolean aggressor = trade.aggressorSide() == side;
        BigDecimal bps = (aggressor ? instrument.takerFeeBps() : instrument.makerFeeBps()).toBigDecimal();
        BigDecimal fee =
                price.multiply(quantity).multiply(multiplier).multiply(bps).movePointLeft(4);
        return new Booking(
                client,
                side,
                price,
                quantity,
                fee,
                trade.tradeNo(),
                null,
                trade.tradeId(),
                trade.sequence(),
                trade.transactTime());
    }

    private BigDecimal price(long ticks) {
        return BigDecimal.valueOf(ticks).multiply(instrument.tickSize().toBigDecimal());
    }

    private List<RunEvent> receive(FillReceived received) {
        ExternalFill fill = received.fill();
        List<String> id = List.of(fill.clientId(), fill.tradeId());
        FillReceived first = firstUse.get(id);
        if (first != null) {
            // The same content again is a duplicate, other content is refused.
            return content(first.fill()).equals(content(fill))
                    ? List.of(new Duplicate(fill, received.sequence(), first.sequence()))
                    : List.of();
        }
        boolean sellsMoreThanHeld =
                fill.side() == Side.SELL && fill.quantity().toBigDecimal().compareTo(net(fill.clientId())) > 0;
        if (sellsMoreThanHeld && !instrument.allowShort()) {
            return List.of();
        }
        firstUse.put(id, received);
        List<RunEvent> said = new ArrayList<>();
        said.add(new FillBooked(fill, received.sequence()));
        said.addAll(book(new Booking(
                fill.clientId(),
                fill.side(),
                fill.price().toBigDecimal(),
                fill.quantity().toBigDecimal(),
                fill.fee().toBigDecimal(),
                0,
                fill.tradeId(),
                fill.tradeId(),
                received.sequence(),
                fill.transactTime())));
        return said;
    }

    private static List<Object> content(ExternalFill fill) {
        return Arrays.asList(fill.side(), fill.price(), fill.quantity(), fill.fee(), fill.orderId());
    }

    private BigDecimal net(String client) {
        return bookings.stream()
                .filter(booking -> booking.client().equals(client))
                .map(ReferenceLedger::signed)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal signed(Booking booking) {
        return booking.side() == Side.BUY
                ? booking.quantity()
                : booking.quantity().negate();
    }

    /** The pieces that a new booking closes are those by which the client's history of pieces grows. */
    private List<Realized> book(Booking booking) {
        int before = history(booking.client()).pieces.size();
        bookings.add(booking);
        List<Realized> pieces = history(booking.client()).pieces;
        List<Realized> fresh = new ArrayList<>();
        for (Realized piece : pieces.subList(before, pieces.size())) {
            realizedNo++;
            fresh.add(new Realized()
                    .set(
                            piece.instrument(),
                            realizedNo,
                            piece.sequence(),
                            piece.transactTime(),
                            piece.clientId(),
                            piece.openingTradeNo(),
                            piece.openingFillId(),
                            piece.closingTradeNo(),
                            piece.closingFillId(),
                            piece.side(),
                            piece.quantity(),
                            piece.openPrice(),
                            piece.closePrice(),
                            piece.pnl()));
        }
        return fresh;
    }

    private static final class History {
        final List<Lot> open = new ArrayList<>();
        final List<Realized> pieces = new ArrayList<>();
        long lotsOpened;
    }

    /** Goes through all the client ever did, from the start. */
    private History history(String client) {
        History history = new History();
        for (Booking booking : bookings) {
            if (booking.client().equals(client)) {
                run(history, booking);
            }
        }
        return history;
    }

    private void run(History history, Booking booking) {
        BigDecimal left = booking.quantity();
        // As long as there is something to close on the other side, close the oldest of it.
        while (left.signum() > 0
                && !history.open.isEmpty()
                && history.open.get(0).opening().side() != booking.side()) {
            Lot oldest = history.open.remove(0);
            BigDecimal piece = left.min(oldest.left());
            history.pieces.add(piece(oldest, booking, piece));
            left = left.subtract(piece);
            if (oldest.left().compareTo(piece) > 0) {
                history.open.add(
                        0, new Lot(oldest.no(), oldest.opening(), oldest.left().subtract(piece)));
            }
        }
        // What is left opens a lot.
        if (left.signum() > 0) {
            history.lotsOpened++;
            history.open.add(new Lot(history.lotsOpened, booking, left));
        }
    }

    private Realized piece(Lot lot, Booking closing, BigDecimal quantity) {
        BigDecimal gainOfLong = closing.price().subtract(lot.opening().price());
        BigDecimal gain = lot.opening().side() == Side.BUY ? gainOfLong : gainOfLong.negate();
        return new Realized()
                .set(
                        instrument.symbol(),
                        0,
                        closing.sequence(),
                        closing.time(),
                        closing.client(),
                        lot.opening().tradeNo(),
                        lot.opening().fillId(),
                        closing.tradeNo(),
                        closing.fillId(),
                        lot.opening().side(),
                        Decimal.of(quantity),
                        Decimal.of(lot.opening().price()),
                        Decimal.of(closing.price()),
                        Decimal.of(gain.multiply(quantity).multiply(multiplier)));
    }

    /** Open lots by client, then positions by client. */
    List<RunEvent> end() {
        TreeMap<byte[], String> clients = new TreeMap<>(Arrays::compareUnsigned);
        bookings.forEach(booking -> clients.put(booking.client().getBytes(StandardCharsets.UTF_8), booking.client()));
        List<RunEvent> said = new ArrayList<>();
        clients.values().forEach(client -> said.addAll(openLots(client)));
        clients.values().forEach(client -> said.add(position(client)));
        return said;
    }

    private List<RunEvent> openLots(String client) {
        List<RunEvent> lots = new ArrayList<>();
        for (Lot lot : history(client).open) {
            lots.add(new OpenLot(
                    instrument.symbol(),
                    sequence,
                    time,
                    client,
                    lot.no(),
                    lot.opening().tradeId(),
                    lot.opening().side(),
                    Decimal.of(lot.left()),
                    Decimal.of(lot.opening().price()),
                    lot.opening().time()));
        }
        return lots;
    }

    private Position position(String client) {
        History history = history(client);
        BigDecimal net = net(client);
        BigDecimal cost = BigDecimal.ZERO;
        BigDecimal cash = BigDecimal.ZERO;
        BigDecimal fees = BigDecimal.ZERO;
        BigDecimal realized = BigDecimal.ZERO;
        BigDecimal closed = BigDecimal.ZERO;
        for (Lot lot : history.open) {
            BigDecimal left =
                    lot.opening().side() == Side.BUY ? lot.left() : lot.left().negate();
            cost = cost.add(left.multiply(lot.opening().price()));
        }
        for (Booking booking : bookings) {
            if (booking.client().equals(client)) {
                cash = cash.subtract(signed(booking).multiply(booking.price()).multiply(multiplier));
                fees = fees.add(booking.fee());
            }
        }
        for (Realized piece : history.pieces) {
            realized = realized.add(piece.pnl().toBigDecimal());
            closed = closed.add(piece.quantity().toBigDecimal());
        }
        boolean flat = net.signum() == 0;
        @Nullable BigDecimal unrealized = flat ? BigDecimal.ZERO : null;
        if (!flat && mark != null) {
            unrealized = net.multiply(mark).subtract(cost).multiply(multiplier);
        }
        return new Position(
                instrument.symbol(),
                sequence,
                time,
                client,
                Decimal.of(net),
                flat ? null : Decimal.of(cost.divide(net, 12, RoundingMode.HALF_EVEN)),
                Decimal.of(realized),
                mark == null ? null : Decimal.of(mark),
                unrealized == null ? null : Decimal.of(unrealized),
                Decimal.of(fees),
                unrealized == null ? null : Decimal.of(realized.add(unrealized).subtract(fees)),
                Decimal.of(cash),
                Decimal.of(closed),
                Position.Kind.END);
    }
}
