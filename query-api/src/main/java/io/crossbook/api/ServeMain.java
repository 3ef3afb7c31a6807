package io.crossbook.api;

import io.crossbook.api.live.Parent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The program behind {@code crossbook serve}: one argument, the settings file.
 *
 * <p>Says {@code ready PORT} on standard output once it answers. Standard input is held open by the caller; at its end the
 * program stops, however the caller died.
 */
public final class ServeMain {
    private static final String PASSWORD_VARIABLE = "CROSSBOOK_DB_PASSWORD";
    private static final int USAGE = 2;
    private static final int INTERNAL = 1;

    private ServeMain() {}

    public static void main(String[] args) {
        if (args.length != 1) {
            System.err.println("serve: one argument is needed, the settings file. Try: ./crossbook serve --help");
            System.exit(USAGE);
        }
        try {
            ConfigurableApplicationContext running =
                    start(ServeSettings.read(Path.of(args[0])), System.getenv(PASSWORD_VARIABLE));
            System.out.println("ready " + portOf(running));
            System.out.flush();
            stopWithParent(running);
        } catch (Throwable failed) {
            // Errors too: a library that does not fit must end in a sentence and a code.
            System.err.println("serve: " + sentence(failed));
            Runtime.getRuntime().halt(INTERNAL);
        }
    }

    /** @param password of the database, which is in no file and no argument */
    static ConfigurableApplicationContext start(ServeSettings settings, @Nullable String password) {
        SpringApplication application = new SpringApplication(ServeApplication.class);
        application.setDefaultProperties(Map.of(
                "server.address", settings.host(),
                "server.port", settings.port(),
                "logging.file.name",
                        Path.of(settings.dataDir(), "api", "api.log").toString()));
        application.addInitializers(context -> {
            context.getBeanFactory().registerSingleton("settings", settings);
            context.getBeanFactory().registerSingleton("password", new ServeApplication.Password(password));
        });
        return application.run();
    }

    static int portOf(ApplicationContext running) {
        return ((WebServerApplicationContext) running).getWebServer().getPort();
    }

    private static void stopWithParent(ConfigurableApplicationContext running) {
        Thread watch = new Thread(
                () -> {
                    try (BufferedReader heldByParent =
                            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
                        for (String line = heldByParent.readLine(); line != null; line = heldByParent.readLine()) {
                            running.getBean(Parent.class).said(line);
                        }
                    } catch (IOException closed) {
                        // A broken pipe says the same as its end.
                    }
                    SpringApplication.exit(running);
                    Runtime.getRuntime().halt(0);
                },
                "parent watch");
        watch.setDaemon(true);
        watch.start();
    }

    /** The innermost message is the one that helps. */
    private static String sentence(Throwable failed) {
        Throwable cause = failed;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
