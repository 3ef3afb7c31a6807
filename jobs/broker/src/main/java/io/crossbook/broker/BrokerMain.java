package io.crossbook.broker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * The program behind the embedded broker: folder, port for clients, port for the controller.
 *
 * <p>Says {@code ready} on standard output once clients can connect. Standard input is held open by the caller and says
 * nothing; at its end the broker stops, however the caller died.
 */
public final class BrokerMain {
    static final String READY = "ready";

    private static final int USAGE = 2;
    private static final int INTERNAL = 1;

    private BrokerMain() {}

    public static void main(String[] args) {
        if (args.length != 3) {
            System.err.println("broker: three arguments are needed: folder, port, port of the controller");
            System.exit(USAGE);
        }
        System.setProperty("crossbook.log", Path.of(args[0], "broker.log").toString());
        try {
            EmbeddedBroker broker =
                    EmbeddedBroker.start(Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
            Runtime.getRuntime().addShutdownHook(new Thread(broker::stop, "stop"));
            System.out.println(READY);
            System.out.flush();
            stopWithParent(System.in);
            broker.awaitEnd();
        } catch (Throwable failed) {
            // Errors too: a library that does not fit must end in a sentence and a code.
            System.err.println("broker: " + sentence(failed));
            failed.printStackTrace();
            Runtime.getRuntime().halt(INTERNAL);
        }
    }

    private static String sentence(Throwable failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    private static void stopWithParent(InputStream heldByParent) {
        Thread watch = new Thread(
                () -> {
                    try {
                        while (heldByParent.read() >= 0) {
                            // Nothing is ever said on this stream; a stray byte means nothing.
                        }
                    } catch (IOException closed) {
                        // A broken pipe says the same as its end.
                    }
                    System.exit(0);
                },
                "parent-watch");
        watch.setDaemon(true);
        watch.start();
    }
}
