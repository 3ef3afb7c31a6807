package io.crossbook.store.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * Makes the files of a run out of its spools: strings blocks together by instrument, and sorts what is in another order.
 *
 * <p>The spools stay as they are. All files appear at the end together, or none.
 */
public final class SpoolMerger {
    private SpoolMerger() {}

    /**
     * Writes the files of a run.
     *
     * @param spools of all sink subtasks; an instrument's rows lie in one of them
     * @param folder the run's folder
     * @param internal folder for what feeds the report and the checks: {@code pnl_snapshots.csv}, {@code fills.csv}
     * @param executions whether to write {@code executions.csv}
     * @return the hash of the run, of the bytes on their way from the spools: what {@link RunHash#of} must find in the files
     * @throws IOException if a spool is damaged or a file cannot be written
     */
    public static String merge(List<Path> spools, Path folder, Path internal, boolean executions) throws IOException {
        List<SpoolBlocks> all = new ArrayList<>();
        try (PendingFiles pending = new PendingFiles();
                MergeTarget target = new MergeTarget()) {
            for (Path spool : spools) {
                all.add(SpoolBlocks.of(spool));
            }
            for (RunFile file : RunHash.FILES) {
                target.begin(pending.begin(file, folder), PendingFiles.headerLine(file));
                write(file, all, target, folder);
            }
            for (RunFile file : RunFile.ofFolder(executions)) {
                if (!RunHash.FILES.contains(file)) {
                    target.begin(pending.begin(file, folder), null);
                    write(file, all, target, folder);
                }
            }
            for (RunFile file : RunFile.INTERNAL) {
                target.begin(pending.begin(file, internal), null);
                write(file, all, target, internal);
            }
            String hash = target.finish();
            pending.commit();
            return hash;
        } finally {
            for (SpoolBlocks blocks : all) {
                blocks.close();
            }
        }
    }

    private static void write(RunFile file, List<SpoolBlocks> spools, MergeTarget target, Path folder)
            throws IOException {
        if (SpoolFormat.isSorted(file)) {
            sort(file, spools, target, folder);
        } else {
            stringTogether(file, spools, target);
        }
    }

    private static void stringTogether(RunFile file, List<SpoolBlocks> spools, MergeTarget target) throws IOException {
        TreeSet<byte[]> instruments = new TreeSet<>(Arrays::compareUnsigned);
        spools.forEach(spool -> instruments.addAll(spool.blocks(file).keySet()));
        for (byte[] instrument : instruments) {
            for (SpoolBlocks spool : spools) {
                SpoolBlocks.Offsets offsets = spool.blocks(file).get(instrument);
                for (int i = 0; offsets != null && i < offsets.count(); i++) {
                    spool.copyLines(offsets.get(i), target);
                }
            }
        }
    }

    private static void sort(RunFile file, List<SpoolBlocks> spools, MergeTarget target, Path folder)
            throws IOException {
        try (ExternalSort sort = new ExternalSort(folder.resolve(file.fileName() + ".runs"))) {
            for (SpoolBlocks spool : spools) {
                for (SpoolBlocks.Offsets offsets : spool.blocks(file).values()) {
                    for (int i = 0; i < offsets.count(); i++) {
                        addRecords(spool.read(offsets.get(i)), sort);
                    }
                }
            }
            sort.writeTo(target);
        }
    }

    private static void addRecords(ByteBuffer block, ExternalSort sort) throws IOException {
        while (block.hasRemaining()) {
            byte[] key = new byte[block.getInt()];
            byte[] line = new byte[block.getInt()];
            block.get(key).get(line);
            sort.add(key, line);
        }
    }
}
