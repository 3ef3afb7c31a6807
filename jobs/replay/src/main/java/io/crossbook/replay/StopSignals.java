package io.crossbook.replay;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ctrl-C and SIGTERM as a call, and not as the end of the virtual machine: its shutdown hooks run side by side, and Flink's own would
 * take the ground away from under a savepoint that is being written.
 */
final class StopSignals {
    private static final List<String> SIGNALS = List.of("INT", "TERM");
    /** One Ctrl-C is two signals: the terminal's own to everybody, and that of the command that started us. */
    private static final int PATIENCE = 2;

    private static final AtomicInteger RECEIVED = new AtomicInteger();

    private StopSignals() {}

    /** Has the first signal call somebody, on a thread of its own; who insists ends the process at once. */
    static void handle(Runnable stop) {
        try {
            // By name: the compiler warns of every mention of the class, and the warning cannot be turned off.
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object calling = Proxy.newProxyInstance(
                    StopSignals.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            received(stop);
                        }
                        return null;
                    });
            for (String name : SIGNALS) {
                signal.getMethod("handle", signal, handler)
                        .invoke(null, signal.getConstructor(String.class).newInstance(name), calling);
            }
        } catch (ReflectiveOperationException unknown) {
            throw new IllegalStateException("this Java knows no signals", unknown);
        }
    }

    private static void received(Runnable stop) {
        int received = RECEIVED.incrementAndGet();
        if (received == 1) {
            new Thread(stop, "stop").start();
        } else if (received > PATIENCE) {
            Runtime.getRuntime().halt(ExitCode.STOPPED);
        }
    }

    /** Waits for the one who was called, who ends the process. */
    static void await() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
