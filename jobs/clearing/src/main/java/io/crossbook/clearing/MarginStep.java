package io.crossbook.clearing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.crossbook.clearing.margin.MarginCall;
import io.crossbook.clearing.margin.MarginLine;
import io.crossbook.clearing.margin.MarginPosition;
import io.crossbook.clearing.margin.MarginRequirement;
import io.crossbook.clearing.settlement.Accounts;
import io.crossbook.clearing.settlement.MinorUnits;
import io.crossbook.model.Decimal;
import io.crossbook.store.CopyRows;
import io.crossbook.store.clearing.ClearingChecks;
import io.crossbook.store.clearing.MarginTable;
import io.crossbook.store.clearing.MarginTable.Requirement;
import io.crossbook.store.clearing.PositionTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What each member must leave with the house against tomorrow's prices, and what it is called for: requirement and unpaid
 * variation less collateral. Unpaid is what the member owes of the day's variation margin, in minor units as it is posted.
 */
final class MarginStep implements DayStep {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public void clear(Connection connection, Day day) throws SQLException {
        ClearingChecks.analyzeHoldings(connection);
        MarginTable.delete(connection, day.clearingNo());
        Map<String, Map<String, Decimal>> variation = new TreeMap<>();
        PositionTable.eachVariation(connection, day.clearingNo(), row -> {
            if (!row.member().equals(Accounts.EXTERNAL)) {
                variation
                        .computeIfAbsent(row.member(), member -> new TreeMap<>())
                        .merge(row.currency(), MinorUnits.rounded(row.amount(), row.currency()), Decimal::plus);
            }
        });
        Map<String, List<MarginPosition>> positions = new TreeMap<>();
        MarginTable.eachExposure(connection, day.clearingNo(), exposure -> positions
                .computeIfAbsent(exposure.member(), member -> new ArrayList<>())
                .add(new MarginPosition(
                        exposure.instrument(),
                        exposure.currency(),
                        exposure.multiplier(),
                        exposure.quantity(),
                        exposure.price())));
        try (CopyRows rows = MarginTable.rows(connection)) {
            Set<String> members = new TreeSet<>(variation.keySet());
            members.addAll(positions.keySet());
            for (String member : members) {
                write(
                        rows,
                        day,
                        member,
                        positions.getOrDefault(member, List.of()),
                        variation.getOrDefault(member, Map.of()));
            }
        }
    }

    private static void write(
            CopyRows rows, Day day, String member, List<MarginPosition> positions, Map<String, Decimal> variation)
            throws SQLException {
        Map<String, MarginRequirement> required = new HashMap<>();
        try {
            for (MarginRequirement each : day.terms().margin().requirements(positions)) {
                required.put(each.currency(), each);
            }
        } catch (IllegalArgumentException unknown) {
            throw new RefusedException(List.of(unknown.getMessage().split("\n")));
        }
        Set<String> currencies = new TreeSet<>(required.keySet());
        currencies.addAll(variation.keySet());
        for (String currency : currencies) {
            MarginRequirement requirement =
                    required.getOrDefault(currency, new MarginRequirement(currency, Decimal.ZERO, List.of()));
            Decimal owed = variation.getOrDefault(currency, Decimal.ZERO).negate();
            Decimal unpaid = owed.signum() > 0 ? owed : Decimal.ZERO;
            Decimal rounded = MinorUnits.rounded(requirement.requirement(), currency);
            Decimal collateral = day.terms().collateral().of(member, currency);
            Decimal call = new MarginCall(member, currency, rounded, unpaid, collateral).amount();
            MarginTable.write(
                    rows,
                    day.clearingNo(),
                    new Requirement(
                            member,
                            currency,
                            day.terms().margin().kind().word(),
                            requirement.requirement(),
                            unpaid,
                            collateral,
                            call,
                            lines(requirement.lines())));
        }
    }

    private static String lines(List<MarginLine> lines) {
        ArrayNode array = JSON.createArrayNode();
        for (MarginLine line : lines) {
            ArrayNode fields = array.addArray();
            line.fields().forEach(fields::add);
        }
        return array.toString();
    }
}
