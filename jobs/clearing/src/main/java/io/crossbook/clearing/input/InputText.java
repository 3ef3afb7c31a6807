package io.crossbook.clearing.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * An input file as it was given. It is kept with the clearing, which reads it again when it goes on after a crash.
 *
 * @param name as typed, for messages
 * @param sha256 of its bytes
 * @param text without a byte order mark
 */
public record InputText(String name, String sha256, String text) {
    static final int MOST_BYTES = 16 * 1024 * 1024;

    private static final String BYTE_ORDER_MARK = "\ufeff";

    /**
     * Reads a file of at most 16 MiB of UTF-8.
     *
     * @throws IllegalArgumentException naming the file and what is wrong with it
     */
    public static InputText read(String name, Path path) {
        if (Files.isDirectory(path)) {
            throw new IllegalArgumentException(name + ": is a directory, not a file");
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IllegalArgumentException(name + ": has more than " + MOST_BYTES + " bytes");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new InputText(name, sha256(bytes), text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
        } catch (NoSuchFileException missing) {
            throw new IllegalArgumentException(name + ": no such file", missing);
        } catch (CharacterCodingException notUtf8) {
            throw new IllegalArgumentException(name + ": must be UTF-8", notUtf8);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(name + ": cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
