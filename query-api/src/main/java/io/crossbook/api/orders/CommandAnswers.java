package io.crossbook.api.orders;

import io.crossbook.api.live.ExecutionRecord;
import io.crossbook.api.live.Outcome;
import io.crossbook.api.live.Source;
import io.crossbook.api.market.TradeView;
import io.crossbook.api.problem.Problem;
import io.crossbook.api.web.Texts;
import io.crossbook.store.queries.StoredExecution;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.http.ResponseEntity;

/** Reads from the executions of a command what a caller is told. */
public final class CommandAnswers {
    private CommandAnswers() {}

    /** The order with that id as the command leaves it. */
    static OrderView order(Outcome outcome, String orderId) {
        ExecutionRecord newest = null;
        for (ExecutionRecord execution : outcome.executions()) {
            if (orderId.equals(execution.orderId())) {
                newest = execution;
            }
        }
        if (newest == null) {
            throw new IllegalStateException("command " + outcome.sequence() + " of " + outcome.instrument()
                    + " has no execution of order " + orderId);
        }
        return OrderView.entered(newest);
    }

    /** The trades of an order; each is told in two executions, the resting order's first. */
    static List<TradeView> trades(Outcome outcome, String orderId) {
        List<TradeView> trades = new ArrayList<>();
        ExecutionRecord maker = null;
        for (ExecutionRecord execution : outcome.executions()) {
            if (!execution.is("TRADE")) {
                continue;
            }
            if (maker == null) {
                maker = execution;
                continue;
            }
            if (orderId.equals(maker.orderId()) || orderId.equals(execution.orderId())) {
                trades.add(trade(maker, execution));
            }
            maker = null;
        }
        return trades;
    }

    private static TradeView trade(ExecutionRecord maker, ExecutionRecord taker) {
        boolean takerBuys = "BUY".equals(taker.side());
        ExecutionRecord buy = takerBuys ? taker : maker;
        ExecutionRecord sell = takerBuys ? maker : taker;
        String tradeId = String.valueOf(taker.tradeId());
        return new TradeView(
                taker.instrument(),
                Long.parseLong(tradeId.substring(tradeId.lastIndexOf('-') + 1)),
                tradeId,
                taker.sequence(),
                taker.timestamp(),
                taker.lastPrice(),
                taker.lastQuantity(),
                taker.side(),
                maker.orderId(),
                taker.orderId(),
                String.valueOf(buy.orderId()),
                String.valueOf(sell.orderId()),
                buy.clientId(),
                sell.clientId());
    }

    /** 422 with the reason of the market; only for a refused command. */
    public static ResponseEntity<Object> problem(Outcome outcome) {
        ExecutionRecord refusal = outcome.refusal();
        if (refusal == null) {
            throw new IllegalArgumentException("not refused: " + outcome);
        }
        return Problem.refused(String.valueOf(refusal.reason()), sentence(refusal))
                .response();
    }

    private static String sentence(ExecutionRecord refusal) {
        if (refusal.text() != null) {
            return refusal.text();
        }
        String words = refusal.reason() == null
                ? "a rule"
                : refusal.reason().toLowerCase(Locale.ROOT).replace('_', ' ');
        return "refused: " + words;
    }

    /** An outcome as the database has it. */
    static Outcome stored(List<StoredExecution> executions) {
        return new Outcome(executions.stream().map(CommandAnswers::record).toList());
    }

    private static ExecutionRecord record(StoredExecution stored) {
        return new ExecutionRecord(
                stored.instrument(),
                stored.sequence(),
                stored.eventNo(),
                String.valueOf(Texts.of(stored.timestamp())),
                stored.execType(),
                stored.orderId(),
                stored.ordStatus(),
                Texts.of(stored.lastPrice()),
                Texts.of(stored.lastQuantity()),
                Texts.of(stored.leavesQuantity()),
                stored.reason(),
                stored.clientId(),
                stored.side(),
                stored.type(),
                stored.tif(),
                Texts.of(stored.price()),
                Texts.of(stored.quantity()),
                Texts.of(stored.cumQuantity()),
                Texts.of(stored.averagePrice()),
                stored.tradeId(),
                stored.contraOrderId(),
                null,
                null,
                false,
                0,
                new Source(0, 0));
    }
}
