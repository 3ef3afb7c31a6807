package io.crossbook.cli.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The two streams of a command: results on {@code out}, progress, remarks and errors on {@code err}.
 *
 * @param colourOut whether results may carry colour
 * @param progressBar whether a bar may be drawn on {@code err}
 */
public record Console(PrintStream out, PrintStream err, boolean colourOut, boolean progressBar) {
    /** Set by the launcher to {@code 1} when standard error is a terminal; Java itself cannot tell the streams apart. */
    public static final String ERR_IS_TERMINAL = "CROSSBOOK_TTY";

    /** Set by the launcher to {@code 1} when standard output is a terminal. */
    public static final String OUT_IS_TERMINAL = "CROSSBOOK_TTY_OUT";

    /** The streams of this process, in UTF-8 whatever the locale says. */
    public static Console ofProcess(Map<String, String> environment) {
        boolean plain = !environment.getOrDefault("NO_COLOR", "").isEmpty() || "dumb".equals(environment.get("TERM"));
        return new Console(
                utf8(FileDescriptor.out),
                utf8(FileDescriptor.err),
                !plain && "1".equals(environment.get(OUT_IS_TERMINAL)),
                !plain && "1".equals(environment.get(ERR_IS_TERMINAL)));
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /** A remark for the person in front of the screen; never part of the result. */
    public void say(String remark) {
        err.println(remark);
    }

    public String good(String text) {
        return coloured("32", text);
    }

    public String bad(String text) {
        return coloured("31;1", text);
    }

    public String strong(String text) {
        return coloured("1", text);
    }

    private String coloured(String code, String text) {
        return colourOut ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
