package io.crossbook.store.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Where a server's things lie. Usually {@code DATA_DIR/postgres}; when we are root and the data directory is closed to
 * the server's user (below {@code /root}, say), a folder of {@code /var/tmp} named after the data directory.
 *
 * @param folder holds binaries, cluster, password and log
 * @param locks holds the lock files; always in the data directory
 */
record ServerHome(Path folder, Path locks, ServerUser user) {
    private static final Path FALLBACK_PARENT = Path.of("/var/tmp");
    private static final String CLUSTER = "data";
    private static final String OPEN_FOLDER = "rwxr-xr-x";

    static ServerHome in(Path dataDir) throws IOException {
        Path real = createOpen(dataDir.toAbsolutePath().normalize()).toRealPath();
        Path locks = createOpen(real.resolve("postgres"));
        ServerUser user = ServerUser.choose(locks.resolve(CLUSTER));
        if (user.canEnter(locks)) {
            return new ServerHome(locks, locks, user);
        }
        Path fallback = fallback(real);
        return new ServerHome(fallback, locks, ServerUser.choose(fallback.resolve(CLUSTER)));
    }

    private static Path fallback(Path dataDir) throws IOException {
        Path folder = createOpen(FALLBACK_PARENT.resolve("crossbook-" + shortHash(dataDir.toString())));
        // Anybody may create names in /var/tmp: a folder or link that somebody else put there is not ours to trust.
        boolean ours = Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                && Integer.valueOf(0).equals(Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS));
        if (!ours) {
            throw new IOException(folder + " exists and does not belong to root; the embedded Postgres cannot be kept"
                    + " there. Remove it, or use another --data-dir.");
        }
        return folder;
    }

    private static Path createOpen(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder.getParent());
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(OPEN_FOLDER));
        }
        return folder;
    }

    private static String shortHash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /** The cluster: what Postgres calls its data directory. */
    Path cluster() {
        return folder.resolve(CLUSTER);
    }

    Path log() {
        return folder.resolve("postgres.log");
    }

    Path passwordFile() {
        return folder.resolve("password");
    }
}
