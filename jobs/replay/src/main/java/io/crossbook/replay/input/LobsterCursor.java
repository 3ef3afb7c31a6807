package io.crossbook.replay.input;

import io.crossbook.model.Decimal;
import io.crossbook.model.InputHeader;
import io.crossbook.model.MarketInput;
import io.crossbook.model.OrderType;
import io.crossbook.model.Origin;
import io.crossbook.model.Phase;
import io.crossbook.model.Side;
import io.crossbook.model.TimeInForce;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a LOBSTER file as commands: what rested on NASDAQ rests here, and what was executed there is met by
 * an aggressor that the file does not name.
 *
 * <p>Executions in a row with the same time and side are the fills of one aggressor; hidden executions may lie between.
 * It becomes one immediate-or-cancel order on the other side, of the sum of their sizes, limited by the last price.
 */
final class LobsterCursor extends FileCursor {
    private static final String RESTING = "resting";
    private static final String AGGRESSOR = "aggressor";
    /** Hidden executions that may lie inside a group; far more than there are, so that memory has a bound. */
    private static final int MOST_BETWEEN = 10_000;

    /** A record that waits for its turn; an unreadable line has no instrument. */
    private record Draft(
            long time,
            String instrument,
            long line,
            int rows,
            boolean isStepBack,
            Function<Origin, MarketInput> command) {}

    /** What a resting order was entered with and reduced to, and what is left of it by the messages. */
    private static final class Resting {
        private long total;
        private long leaves;

        private Resting(long size) {
            total = size;
            leaves = size;
        }
    }

    private final String instrument;
    private final LineSource lines;
    private final LobsterLine message;
    private final Map<Long, Resting> restingById = new HashMap<>();
    private final ArrayDeque<Draft> drafts = new ArrayDeque<>();
    private @Nullable Draft present;
    /** Records in front of the present one. */
    private long taken;

    private long lastTime;
    private boolean ended;
    private boolean foundBreak;

    /** The group of executions that is being collected; none if {@code groupRows} is 0. */
    private int groupRows;

    private long groupTime;
    private long groupLine;
    private long groupSize;
    private long groupPrice;
    private Side groupSide = Side.BUY;
    private boolean groupStepBack;
    private final List<Draft> between = new ArrayList<>();

    LobsterCursor(int source, PlannedFile file, FilePosition from) throws IOException {
        super(source, file.file().name(), from);
        instrument = Objects.requireNonNull(file.instrument());
        lines = new LineSource(file.file().path(), 0, 0);
        message = new LobsterLine(lines, file.midnight());
        List<Long> openingRow = file.openingRow();
        if (openingRow != null) {
            enterOpening(LobsterOpening.find(file, openingRow));
        }
        passOver(from.consumed());
    }

    private void enterOpening(LobsterOpening opening) {
        for (LobsterOpening.Order order : opening.orders()) {
            if (order.isKnown()) {
                restingById.put(Long.valueOf(order.orderId()), new Resting(order.size()));
            }
            Function<Origin, MarketInput> command =
                    limitOrder(opening.time(), order.orderId(), order.side(), order.price(), order.size());
            drafts.add(new Draft(opening.time(), instrument, 0, 0, false, command));
        }
    }

    /** Which orders rest and how far a group goes is known only to who has read from the start. */
    private void passOver(long records) throws IOException {
        for (long i = 0; i < records; i++) {
            if (!advance()) {
                throw new EOFException("the file is shorter than the " + records + " records that were read before");
            }
        }
    }

    @Override
    boolean advance() throws IOException {
        if (present != null) {
            taken++;
        }
        present = drafts.poll();
        while (present == null && !ended) {
            readLine();
            present = drafts.poll();
        }
        return present != null;
    }

    private void readLine() throws IOException {
        if (!message.advance()) {
            ended = true;
            closeGroup();
            String breakage = lines.breakage();
            if (breakage != null) {
                addUnreadable(brokenOff(breakage));
            }
            return;
        }
        LineFault fault = message.fault();
        if (fault != null) {
            closeGroup();
            addUnreadable(fault);
            return;
        }
        boolean stepBack = message.time() < lastTime;
        lastTime = message.time();
        if (message.type() == LobsterLine.EXECUTE) {
            addToGroup(stepBack);
        } else if (message.type() == LobsterLine.EXECUTE_HIDDEN && liesInGroup()) {
            between.add(draft(stepBack, withHeader(MarketInput.ClockTick::new)));
        } else {
            closeGroup();
            drafts.add(draft(stepBack, command()));
        }
    }

    private boolean liesInGroup() {
        return groupRows > 0 && message.time() == groupTime && between.size() < MOST_BETWEEN;
    }

    private void addToGroup(boolean stepBack) {
        if (groupRows > 0 && (message.time() != groupTime || message.side() != groupSide)) {
            closeGroup();
        }
        if (groupRows == 0) {
            groupTime = message.time();
            groupSide = message.side();
            groupLine = lines.line();
            groupStepBack = stepBack;
        }
        groupRows++;
        groupSize += message.size();
        groupPrice = message.price();
        takeOff(message.orderId(), message.size());
    }

    private void closeGroup() {
        if (groupRows > 0) {
            String orderId = AGGRESSOR + '-' + groupLine;
            Side side = groupSide.opposite();
            Function<Origin, MarketInput> command =
                    order(groupTime, orderId, AGGRESSOR, side, TimeInForce.IOC, groupPrice, groupSize);
            drafts.add(new Draft(groupTime, instrument, groupLine, groupRows, groupStepBack, command));
            drafts.addAll(between);
            between.clear();
            groupRows = 0;
            groupSize = 0;
        }
    }

    private Function<Origin, MarketInput> command() {
        String orderId = Long.toString(message.orderId());
        return switch (message.type()) {
            case LobsterLine.NEW -> {
                restingById.put(message.orderId(), new Resting(message.size()));
                yield limitOrder(message.time(), orderId, message.side(), message.price(), message.size());
            }
            case LobsterLine.REDUCE -> {
                Decimal total = reduce(message.orderId(), message.size());
                yield withHeader(
                        header -> new MarketInput.ReplaceOrder(header, orderId, RESTING, null, total, null, null));
            }
            case LobsterLine.DELETE -> {
                restingById.remove(message.orderId());
                yield withHeader(header -> new MarketInput.CancelOrder(header, orderId, RESTING));
            }
            case LobsterLine.HALT -> {
                Phase phase = message.price() < 0 ? Phase.HALTED : message.price() == 0 ? Phase.CALL : Phase.CONTINUOUS;
                yield withHeader(header -> new MarketInput.PhaseChange(header, phase));
            }
            default -> withHeader(MarketInput.ClockTick::new);
        };
    }

    /** The new total of an order that loses {@code size}, {@code null} if nobody knows it: the book will refuse. */
    private @Nullable Decimal reduce(long orderId, long size) {
        Resting resting = restingById.get(orderId);
        if (resting == null) {
            return null;
        }
        resting.total -= size;
        Decimal total = Decimal.of(resting.total);
        takeOff(orderId, size);
        return total;
    }

    private void takeOff(long orderId, long size) {
        Resting resting = restingById.get(orderId);
        if (resting != null) {
            resting.leaves -= size;
            if (resting.leaves <= 0) {
                restingById.remove(orderId);
            }
        }
    }

    private Function<Origin, MarketInput> limitOrder(long time, String orderId, Side side, long price, long size) {
        return order(time, orderId, RESTING, side, TimeInForce.GTC, price, size);
    }

    private Function<Origin, MarketInput> order(
            long time, String orderId, String client, Side side, TimeInForce timeInForce, long price, long size) {
        Decimal limit = LobsterLine.dollars(price);
        Decimal quantity = Decimal.of(size);
        return origin -> new MarketInput.NewOrder(
                new InputHeader(instrument, time, origin, null),
                orderId,
                client,
                side,
                OrderType.LIMIT,
                timeInForce,
                limit,
                quantity,
                null,
                null,
                null,
                false,
                null);
    }

    private Function<Origin, MarketInput> withHeader(Function<InputHeader, MarketInput> command) {
        long time = message.time();
        return origin -> command.apply(new InputHeader(instrument, time, origin, null));
    }

    private Draft draft(boolean stepBack, Function<Origin, MarketInput> command) {
        return new Draft(message.time(), instrument, lines.line(), 1, stepBack, command);
    }

    private void addUnreadable(LineFault fault) {
        long time = lastTime;
        String raw = RawLine.printable(lines.buffer(), lines.start(), lines.end(), lines.length());
        foundBreak |= fault.code() == InputFault.BROKEN_OFF;
        drafts.add(new Draft(time, "", lines.line(), 1, false, origin -> unreadable(fault, origin, time, raw)));
    }

    private Draft present() {
        return Objects.requireNonNull(present, "no record: advance first");
    }

    @Override
    long time() {
        return present().time();
    }

    @Override
    String instrument() {
        return present().instrument();
    }

    @Override
    boolean isStepBack() {
        return present().isStepBack();
    }

    @Override
    boolean isBreak() {
        // The break is the last record there is.
        return foundBreak && drafts.isEmpty();
    }

    @Override
    MarketInput make(long position) {
        Draft draft = present();
        return draft.command().apply(new Origin(source(), draft.line(), position, draft.rows()));
    }

    @Override
    FilePosition position() {
        return position(taken, 0, 0);
    }

    @Override
    long bytesRead() throws IOException {
        return lines.bytesRead();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
