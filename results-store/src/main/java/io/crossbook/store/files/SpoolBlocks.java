package io.crossbook.store.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** Where the blocks of one spool lie: eight bytes of memory for each, by run file and instrument in byte order. */
final class SpoolBlocks implements Closeable {
    private static final int MAX_KEY_BYTES = 1 << 16;

    private final Path path;
    private final FileChannel channel;
    private final Map<RunFile, TreeMap<byte[], Offsets>> byFile = new EnumMap<>(RunFile.class);
    private final ByteBuffer header = ByteBuffer.allocate(SpoolFormat.BLOCK_HEADER_BYTES);

    /** Offsets of blocks, rising. */
    static final class Offsets {
        private long[] offsets = new long[2];
        private int count;

        void add(long offset) {
            if (count == offsets.length) {
                offsets = Arrays.copyOf(offsets, count * 2);
            }
            offsets[count++] = offset;
        }

        int count() {
            return count;
        }

        long get(int index) {
            return offsets[index];
        }
    }

    private SpoolBlocks(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
        for (RunFile file : RunFile.values()) {
            byFile.put(file, new TreeMap<>(Arrays::compareUnsigned));
        }
    }

    /**
     * Finds the blocks of a spool.
     *
     * @throws IOException if it is no spool, of another version, or ends within a block
     */
    static SpoolBlocks of(Path spool) throws IOException {
        FileChannel channel = FileChannel.open(spool, StandardOpenOption.READ);
        try {
            SpoolBlocks blocks = new SpoolBlocks(spool, channel);
            blocks.scan();
            return blocks;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** The instruments of a run file, as UTF-8, with their blocks; under an empty key for a sorted file. */
    TreeMap<byte[], Offsets> blocks(RunFile file) {
        return byFile.get(file);
    }

    /** Appends the lines of a block to another file. */
    void copyLines(long offset, MergeTarget target) throws IOException {
        readHeader(offset);
        long from = offset + SpoolFormat.BLOCK_HEADER_BYTES + header.getInt(4);
        int left = header.getInt(8);
        while (left > 0) {
            ByteBuffer room = target.reserve(left);
            int count = room.remaining();
            readFully(room, from);
            from += count;
            left -= count;
        }
    }

    /** The content of a block. */
    ByteBuffer read(long offset) throws IOException {
        readHeader(offset);
        ByteBuffer content = ByteBuffer.allocate(header.getInt(8));
        readFully(content, offset + SpoolFormat.BLOCK_HEADER_BYTES + header.getInt(4));
        return content;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void scan() throws IOException {
        ByteBuffer magic = ByteBuffer.allocate(SpoolFormat.MAGIC.length);
        if (channel.size() < magic.capacity()) {
            throw new IOException(path + " is no spool: it has only " + channel.size() + " bytes");
        }
        readFully(magic, 0);
        if (!Arrays.equals(magic.array(), SpoolFormat.MAGIC)) {
            throw new IOException(path + " is no spool of this version: it begins with "
                    + new String(magic.array(), StandardCharsets.ISO_8859_1));
        }
        long size = channel.size();
        long offset = SpoolFormat.MAGIC.length;
        while (offset < size) {
            offset = addBlock(offset, size);
        }
    }

    /** Takes in the block at an offset and returns where it ends. */
    private long addBlock(long offset, long size) throws IOException {
        readHeader(offset);
        int file = header.getInt(0);
        int keyLength = header.getInt(4);
        int length = header.getInt(8);
        long end = offset + SpoolFormat.BLOCK_HEADER_BYTES + keyLength + length;
        if (file < 0 || file >= RunFile.values().length || keyLength < 0 || keyLength > MAX_KEY_BYTES || length < 0) {
            throw new IOException(path + " is damaged: no block begins at byte " + offset);
        }
        if (end > size) {
            throw new IOException(path + " is damaged: the block at byte " + offset + " ends at byte " + end
                    + ", the file at " + size);
        }
        byte[] key = new byte[keyLength];
        readFully(ByteBuffer.wrap(key), offset + SpoolFormat.BLOCK_HEADER_BYTES);
        byFile.get(RunFile.values()[file])
                .computeIfAbsent(key, k -> new Offsets())
                .add(offset);
        return end;
    }

    private void readHeader(long offset) throws IOException {
        readFully(header.clear(), offset);
    }

    private void readFully(ByteBuffer target, long offset) throws IOException {
        long at = offset;
        while (target.hasRemaining()) {
            int count = channel.read(target, at);
            if (count < 0) {
                throw new IOException(path + " is damaged: it ends within a block, at byte " + at);
            }
            at += count;
        }
        target.flip();
    }
}
