package io.crossbook.store.embedded;

import java.nio.file.Path;

/** A process that uses the embedded server until its standard input ends: the other side of {@link EmbeddedPostgresIT}. */
final class ServerUserProcess {
    private ServerUserProcess() {}

    public static void main(String[] args) throws Exception {
        long begin = System.nanoTime();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(Path.of(args[0]), Integer.parseInt(args[1]))) {
            System.out.println("port " + postgres.port() + " after " + (System.nanoTime() - begin) / 1_000_000 + " ms");
            while (System.in.read() >= 0) {
                // Whoever started us ends us by closing the pipe.
            }
        }
        System.out.println("closed after " + (System.nanoTime() - begin) / 1_000_000 + " ms");
    }
}
