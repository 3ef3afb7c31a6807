package io.crossbook.store.files;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Copies short texts in whole words: most are one word, and a call of the general copy takes longer than that. */
final class WordCopy {
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private WordCopy() {}

    /** A length rounded up to whole words. */
    static int room(int length) {
        return length + Long.BYTES - 1 & -Long.BYTES;
    }

    /**
     * Copies a text and returns where it ends. Source and target must have {@link #room}; what comes behind the text in the
     * target is of no meaning.
     */
    static int copy(byte[] source, int from, int length, byte[] target, int at) {
        for (int i = 0; i < length; i += Long.BYTES) {
            WORD.set(target, at + i, (long) WORD.get(source, from + i));
        }
        return at + length;
    }
}
