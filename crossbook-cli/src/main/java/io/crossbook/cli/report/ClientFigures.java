package io.crossbook.cli.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossbook.model.Decimal;
import io.crossbook.store.files.RunFile;
import io.crossbook.store.files.RunFileReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Profit and loss per client and currency at the end of the run, and how its closed lots did. */
final class ClientFigures {
    private static final int MOST_ROWS = 100;
    private static final int SHARE_DIGITS = 6;

    private static final int CLIENT = RunFile.POSITIONS.column("client_id");
    private static final int INSTRUMENT = RunFile.POSITIONS.column("instrument");
    private static final int REALIZED = RunFile.POSITIONS.column("realized_pnl");
    private static final int UNREALIZED = RunFile.POSITIONS.column("unrealized_pnl");
    private static final int FEES = RunFile.POSITIONS.column("fees");
    private static final int NET = RunFile.POSITIONS.column("net_pnl");

    private static final int CLOSED_INSTRUMENT = RunFile.REALIZED.column("instrument");
    private static final int CLOSED_CLIENT = RunFile.REALIZED.column("client_id");
    private static final int CLOSED_PNL = RunFile.REALIZED.column("pnl");

    /** Sums over the instruments of one currency. */
    private static final class Account {
        private final String client;
        private Decimal realized = Decimal.ZERO;
        private Decimal unrealized = Decimal.ZERO;
        private Decimal fees = Decimal.ZERO;
        private Decimal net = Decimal.ZERO;
        private int unmarked;
        private long closed;
        private long won;
        private Decimal wonAmount = Decimal.ZERO;
        private Decimal lostAmount = Decimal.ZERO;

        Account(String client) {
            this.client = client;
        }

        void add(RunFileReader position) throws IOException {
            realized = realized.plus(position.decimal(REALIZED));
            fees = fees.plus(position.decimal(FEES));
            @Nullable Decimal itsUnrealized = position.decimalOrNull(UNREALIZED);
            @Nullable Decimal itsNet = position.decimalOrNull(NET);
            if (itsUnrealized == null || itsNet == null) {
                unmarked++;
                return;
            }
            unrealized = unrealized.plus(itsUnrealized);
            net = net.plus(itsNet);
        }

        void close(Decimal pnl) {
            closed++;
            if (pnl.signum() > 0) {
                won++;
                wonAmount = wonAmount.plus(pnl);
            } else {
                lostAmount = lostAmount.plus(pnl);
            }
        }
    }

    private final Map<String, String> currencies;
    private final TreeMap<String, Map<String, Account>> byCurrency = new TreeMap<>();

    private ClientFigures(Map<String, String> currencies) {
        this.currencies = currencies;
    }

    static ClientFigures read(Path runDir, Map<String, String> currencies) throws IOException {
        ClientFigures figures = new ClientFigures(currencies);
        try (RunFileReader positions = RunFileReader.open(runDir, RunFile.POSITIONS)) {
            while (positions.next()) {
                figures.account(positions.text(CLIENT), positions.text(INSTRUMENT))
                        .add(positions);
            }
        }
        try (RunFileReader closed = RunFileReader.open(runDir, RunFile.REALIZED)) {
            while (closed.next()) {
                Account account = figures.account(closed.text(CLOSED_CLIENT), closed.text(CLOSED_INSTRUMENT));
                account.close(closed.decimal(CLOSED_PNL));
            }
        }
        return figures;
    }

    private Account account(String client, String instrument) {
        String currency = currencies.getOrDefault(instrument, "");
        return byCurrency.computeIfAbsent(currency, c -> new HashMap<>()).computeIfAbsent(client, Account::new);
    }

    /** By currency, the clients that are listed: those with the largest net P&amp;L of either sign, largest first. */
    Map<String, List<String>> listed() {
        Map<String, List<String>> largest = new TreeMap<>();
        byCurrency.forEach((currency, accounts) -> largest.put(
                currency,
                sorted(accounts).stream()
                        .limit(MOST_ROWS)
                        .map(account -> account.client)
                        .toList()));
        return largest;
    }

    private static List<Account> sorted(Map<String, Account> accounts) {
        List<Account> list = new ArrayList<>(accounts.values());
        list.sort(Comparator.comparing(
                        (Account account) -> account.net.signum() < 0 ? Decimal.ZERO.minus(account.net) : account.net)
                .reversed()
                .thenComparing(account -> account.client));
        return list;
    }

    /** @param capital what each client began with; {@code null} if nobody said so, and then there are no percentages */
    ObjectNode toJson(EquityCurves curves, Turnover turnover, @Nullable Decimal capital) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        byCurrency.forEach((currency, accounts) -> {
            ObjectNode ofCurrency = json.putObject(currency);
            ofCurrency.put("number", accounts.size());
            ArrayNode list = ofCurrency.putArray("list");
            for (Account account : sorted(accounts).subList(0, Math.min(MOST_ROWS, accounts.size()))) {
                ObjectNode row = list.addObject()
                        .put("client", account.client)
                        .put("realized", account.realized.toString())
                        .put("unrealized", account.unrealized.toString())
                        .put("fees", account.fees.toString())
                        .put("net", account.net.toString())
                        .put("unmarked", account.unmarked)
                        .put("closed", account.closed)
                        .put("won", account.won)
                        .put("won_amount", account.wonAmount.toString())
                        .put("lost_amount", account.lostAmount.toString())
                        .put("turnover", turnover.of(currency, account.client).toString())
                        .put(
                                "drawdown",
                                curves.drawdown(currency, account.client).toString())
                        .put("days", curves.days(currency))
                        .put("sharpe", curves.sharpe(currency, account.client));
                if (capital != null) {
                    row.put(
                                    "return",
                                    account.net.dividedBy(capital, SHARE_DIGITS).toString())
                            .put(
                                    "drawdown_share",
                                    curves.drawdownShare(currency, account.client, capital)
                                            .toString());
                }
            }
        });
        return json;
    }
}
