package io.crossbook.replay;

import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Writes the classes of this process down as the virtual machine laid them out, for later ones to start from (command
 * {@code VM.cds} of the JDK's diagnostics). Asked for by whoever started the process, with a system property that names
 * the file and {@code -XX:+RecordDynamicDumpInfo}.
 *
 * <p>Asked of a run that came to its end and not of the virtual machine at its exit: it would do so at any exit, and keep
 * who stops a run waiting.
 */
final class ClassDump {
    private static final String FILE_PROPERTY = "crossbook.class-archive";

    private ClassDump() {}

    static void writeIfAsked() {
        String file = System.getProperty(FILE_PROPERTY);
        if (file == null) {
            return;
        }
        PrintStream out = System.out;
        // The JDK says on standard output that it does so, which is nothing to whoever waits for a run.
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        try {
            ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "vmCds",
                            new Object[] {new String[] {"dynamic_dump", file}},
                            new String[] {String[].class.getName()});
        } catch (JMException | RuntimeException without) {
            // Later processes start as this one did.
        } finally {
            System.setOut(out);
        }
    }
}
