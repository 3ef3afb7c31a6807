package io.crossbook.replay;

import io.crossbook.store.files.RunManifest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Names the bytes that went into a run: size and SHA-256 of each file. */
final class InputDigest {
    private static final int BUFFER_BYTES = 1 << 16;

    private InputDigest() {}

    static List<RunManifest.InputFile> of(List<BacktestSettings.InputFile> files) throws IOException {
        List<RunManifest.InputFile> digests = new ArrayList<>();
        for (BacktestSettings.InputFile file : files) {
            Path path = Path.of(file.path());
            digests.add(new RunManifest.InputFile(file.name(), sha256(path), Files.size(path)));
        }
        return digests;
    }

    private static String sha256(Path path) throws IOException {
        MessageDigest digest = newDigest();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(path)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }
}
