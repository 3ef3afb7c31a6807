package io.crossbook.replay;

import java.io.IOException;
import java.io.InputStream;

/**
 * Ends this process when the one that started it is gone. The parent holds the other end of standard input and never
 * writes; the end of the stream is its death, however it died, so no run is left without an owner.
 */
final class ParentWatch {
    private ParentWatch() {}

    static void start(InputStream heldByParent) {
        Thread watch = new Thread(() -> waitForEnd(heldByParent), "parent-watch");
        watch.setDaemon(true);
        watch.start();
    }

    private static void waitForEnd(InputStream heldByParent) {
        try {
            while (heldByParent.read() >= 0) {
                // Nothing is ever said on this stream; a stray byte means nothing.
            }
        } catch (IOException closed) {
            // A broken pipe says the same as its end.
        }
        Runtime.getRuntime().halt(ExitCode.STOPPED);
    }
}
