package io.crossbook.store.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The hash of a run: what {@code cat trades.csv orders.csv realized.csv lots.csv positions.csv | sha256sum} prints, so that
 * anyone can compute it again.
 */
public final class RunHash {
    /** The files that the hash covers, in order. */
    public static final List<RunFile> FILES =
            List.of(RunFile.TRADES, RunFile.ORDERS, RunFile.REALIZED, RunFile.LOTS, RunFile.POSITIONS);

    private RunHash() {}

    /** The hash of the run in a folder, as 64 hexadecimal digits. */
    public static String of(Path folder) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[1 << 16];
        for (RunFile file : FILES) {
            try (InputStream in = Files.newInputStream(folder.resolve(file.fileName()))) {
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    digest.update(buffer, 0, count);
                }
            }
        }
        return text(digest);
    }

    /** The hash as 64 hexadecimal digits, once everything is in it. */
    public static String text(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** A digest that the files of {@link #FILES} go into, headers and all, whoever has them. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
