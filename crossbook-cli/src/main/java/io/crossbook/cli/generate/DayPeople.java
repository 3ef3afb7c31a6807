package io.crossbook.cli.generate;

/** The accounts of a generated day: four market makers, four proprietary desks, six funds, the rest private. */
final class DayPeople {
    static final int MAKERS = 4;
    static final int LEAST = 20;

    private static final int DESKS = 4;
    private static final int FUNDS = 6;

    private final int number;

    DayPeople(int number) {
        if (number < LEAST) {
            throw new IllegalArgumentException("A day needs at least " + LEAST + " clients, was " + number);
        }
        this.number = number;
    }

    boolean isMaker(int client) {
        return client < MAKERS;
    }

    int desk(FlowRandom random) {
        return MAKERS + random.below(DESKS);
    }

    int fund(FlowRandom random) {
        return MAKERS + DESKS + random.below(FUNDS);
    }

    int anyTaker(FlowRandom random) {
        return MAKERS + random.below(number - MAKERS);
    }

    int retail(FlowRandom random) {
        int before = MAKERS + DESKS + FUNDS;
        return before + random.below(number - before);
    }

    String name(int client) {
        if (client < MAKERS) {
            return "maker-" + (client + 1);
        }
        if (client < MAKERS + DESKS) {
            return "desk-" + (client - MAKERS + 1);
        }
        if (client < MAKERS + DESKS + FUNDS) {
            return "fund-" + (client - MAKERS - DESKS + 1);
        }
        return "retail-" + (client - MAKERS - DESKS - FUNDS + 1);
    }

    /** Order ids begin with the account's initial and number, as systems of members do. */
    String orderId(int client, long id) {
        String name = name(client);
        return name.charAt(0) + name.substring(name.indexOf('-') + 1) + "-" + id;
    }
}
