package io.crossbook.cli.doctor;

import java.util.Locale;

/**
 * What one look at the machine found.
 *
 * @param found in a few words
 * @param wayOut what to do about it; empty where nothing is to be done
 */
record Finding(String name, Status status, String found, String wayOut) {
    /** How it stands. */
    enum Status {
        OK,
        /** It will work, though not as it could. */
        WARN,
        /** Something will not work. */
        FAIL;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding ok(String name, String found) {
        return new Finding(name, Status.OK, found, "");
    }

    static Finding warn(String name, String found, String wayOut) {
        return new Finding(name, Status.WARN, found, wayOut);
    }

    static Finding fail(String name, String found, String wayOut) {
        return new Finding(name, Status.FAIL, found, wayOut);
    }
}
