package io.crossbook.pnl;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * 128 bits that stand for a list of texts: the first half of its SHA-256. A strong hash, since ids come from outside and
 * nobody should be able to make two that look the same.
 */
record Fingerprint(long high, long low) {
    /** Texts hold no control characters, so this one keeps them apart. */
    private static final byte SEPARATOR = 0x1F;

    static Fingerprint of(String... texts) {
        MessageDigest digest = sha256();
        for (String text : texts) {
            digest.update(text.getBytes(StandardCharsets.UTF_8));
            digest.update(SEPARATOR);
        }
        ByteBuffer hash = ByteBuffer.wrap(digest.digest());
        return new Fingerprint(hash.getLong(), hash.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
