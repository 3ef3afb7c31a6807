package io.crossbook.matching;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Small numbers for the clients of one book, so that the book compares ints. Clients without a live order are forgotten
 * now and then; a number therefore means a client only while it has one.
 */
final class ClientNumbers {
    private static final int SMALLEST_LIMIT = 1024;

    private final OrderSlab orders;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final List<Integer> free = new ArrayList<>();
    private int limit = SMALLEST_LIMIT;

    ClientNumbers(OrderSlab orders) {
        this.orders = orders;
    }

    /** All numbers lie below. */
    int count() {
        return names.size();
    }

    String name(int client) {
        return names.get(client);
    }

    /** The number of a client, {@link OrderBook#UNKNOWN_CLIENT} if it has no order here. */
    int find(String name) {
        Integer number = numbers.get(name);
        return number == null ? OrderBook.UNKNOWN_CLIENT : number;
    }

    int numberOf(String name) {
        Integer number = numbers.get(name);
        return number != null ? number : add(name);
    }

    private int add(String name) {
        if (numbers.size() >= limit) {
            forgetThoseWithoutOrders();
        }
        int number;
        if (free.isEmpty()) {
            number = names.size();
            names.add(name);
        } else {
            number = free.remove(free.size() - 1);
            names.set(number, name);
        }
        numbers.put(name, number);
        return number;
    }

    private void forgetThoseWithoutOrders() {
        boolean[] used = new boolean[names.size()];
        for (int order = 0; order < orders.highest(); order++) {
            if (orders.state(order) != OrderSlab.FREE) {
                used[orders.client(order)] = true;
            }
        }
        free.clear();
        for (int number = 0; number < used.length; number++) {
            if (!used[number]) {
                numbers.remove(names.get(number), number);
                names.set(number, "");
                free.add(number);
            }
        }
        limit = Math.max(SMALLEST_LIMIT, 2 * numbers.size());
    }
}
