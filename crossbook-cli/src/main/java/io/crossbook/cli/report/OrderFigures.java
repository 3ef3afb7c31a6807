package io.crossbook.cli.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossbook.store.files.RunFile;
import io.crossbook.store.files.RunFileReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How orders ended, by type with time in force and by client, and how much of them was filled. */
final class OrderFigures {
    private static final int MOST_CLIENTS = 60;

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

    private final Map<String, Group> byType = new HashMap<>();
    private final Map<String, Group> byClient = new HashMap<>();
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

    private void add(RunFileReader order) {
        boolean rejected = order.text(STATUS).equals("REJECTED");
        double share = 0;
        if (!rejected) {
            String filled = order.text(FILLED);
            String quantity = order.text(QUANTITY);
            share = filled.equals("0")
                    ? 0
                    : filled.equals(quantity) ? 1 : Double.parseDouble(filled) / Double.parseDouble(quantity);
        }
        all.add(rejected, share);
        byType.computeIfAbsent(order.text(TYPE) + ' ' + order.text(TIF), Group::new)
                .add(rejected, share);
        byClient.computeIfAbsent(order.text(CLIENT), Group::new).add(rejected, share);
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        all.writeTo(json.putArray("all"));
        write(byType, Integer.MAX_VALUE, json.putArray("by_type"));
        write(byClient, MOST_CLIENTS, json.putArray("by_client"));
        json.put("clients", byClient.size());
        return json;
    }

    private static void write(Map<String, Group> groups, int most, ArrayNode list) {
        List<Group> sorted = new ArrayList<>(groups.values());
        sorted.sort(Comparator.comparingLong((Group group) -> group.orders)
                .reversed()
                .thenComparing(group -> group.name));
        sorted.stream().limit(most).forEach(group -> group.writeTo(list));
    }
}
