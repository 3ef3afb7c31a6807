package io.crossbook.cli.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossbook.model.OrdStatus;
import io.crossbook.model.OrderType;
import io.crossbook.model.TimeInForce;
import io.crossbook.store.files.FieldText;
import io.crossbook.store.files.RunFile;
import io.crossbook.store.files.RunFileReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How orders ended, by type with time in force and by client, and how much of them was filled. */
final class OrderFigures {
    private static final int MOST_CLIENTS = 60;
    private static final FieldText REJECTED = FieldText.of(OrdStatus.REJECTED.name());
    private static final FieldText NOTHING = FieldText.of("0");

    private static final int CLIENT = RunFile.ORDERS.column("client_id");
    private static final int TYPE = RunFile.ORDERS.column("type");
    private static final int TIF = RunFile.ORDERS.column("tif");
    private static final int QUANTITY = RunFile.ORDERS.column("quantity");
    private static final int FILLED = RunFile.ORDERS.column("filled_quantity");
    private static final int STATUS = RunFile.ORDERS.column("status");

    /** Counts of one type or one client. */
    private static final class Group {
        private final String name;
        private long orders;
        private long whole;
        private long part;
        private long rejected;
        private double shares;

        Group(String name) {
            this.name = name;
        }

        void add(boolean wasRejected, double share) {
            orders++;
            if (wasRejected) {
                rejected++;
                return;
            }
            shares += share;
            if (share >= 1) {
                whole++;
            } else if (share > 0) {
                part++;
            }
        }

        void writeTo(ArrayNode list) {
            long accepted = orders - rejected;
            list.addObject()
                    .put("name", name)
                    .put("orders", orders)
                    .put("whole", whole)
                    .put("part", part)
                    .put("none", accepted - whole - part)
                    .put("rejected", rejected)
                    .put("fill_ratio", accepted == 0 ? 0 : shares / accepted);
        }
    }

    private final Map<OrderType, Map<TimeInForce, Group>> byType = new EnumMap<>(OrderType.class);
    private final Map<FieldText, Group> byClient = new HashMap<>();
    private final Group all = new Group("");

    private OrderFigures() {}

    static OrderFigures read(Path runDir) throws IOException {
        OrderFigures figures = new OrderFigures();
        try (RunFileReader orders = RunFileReader.open(runDir, RunFile.ORDERS)) {
            while (orders.next()) {
                figures.add(orders);
            }
        }
        return figures;
    }

    private void add(RunFileReader order) throws IOException {
        boolean rejected = order.field(STATUS).equals(REJECTED);
        double share = rejected ? 0 : share(order);
        all.add(rejected, share);
        group(order.word(TYPE, OrderType.class), order.word(TIF, TimeInForce.class))
                .add(rejected, share);
        Group client = byClient.get(order.field(CLIENT));
        if (client == null) {
            client = new Group(order.text(CLIENT));
            byClient.put(order.field(CLIENT).copy(), client);
        }
        client.add(rejected, share);
    }

    private static double share(RunFileReader order) {
        FieldText filled = order.field(FILLED);
        if (filled.equals(NOTHING)) {
            return 0;
        }
        return filled.equals(order.field(QUANTITY))
                ? 1
                : Double.parseDouble(order.text(FILLED)) / Double.parseDouble(order.text(QUANTITY));
    }

    private Group group(OrderType type, TimeInForce timeInForce) {
        return byType.computeIfAbsent(type, t -> new EnumMap<>(TimeInForce.class))
                .computeIfAbsent(timeInForce, t -> new Group(type + " " + t));
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        all.writeTo(json.putArray("all"));
        List<Group> types = new ArrayList<>();
        byType.values().forEach(groups -> types.addAll(groups.values()));
        write(types, Integer.MAX_VALUE, json.putArray("by_type"));
        write(byClient.values(), MOST_CLIENTS, json.putArray("by_client"));
        json.put("clients", byClient.size());
        return json;
    }

    private static void write(Collection<Group> groups, int most, ArrayNode list) {
        List<Group> sorted = new ArrayList<>(groups);
        sorted.sort(Comparator.comparingLong((Group group) -> group.orders)
                .reversed()
                .thenComparing(group -> group.name));
        sorted.stream().limit(most).forEach(group -> group.writeTo(list));
    }
}
