package io.crossbook.replay.input;

import io.crossbook.model.MarketInput;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The files side by side as one sequence of records: by time, equal times in the order the files were named, each file
 * in the order of its lines.
 *
 * <p>The files' next records stand in a heap; whoever is at its top hands one over. The same files give the same
 * sequence always, and {@link #position()} says where in it the reader stands.
 */
public final class MergedReader implements Closeable {
    private static final long NEVER = Long.MIN_VALUE;

    private final @Nullable Long from;
    private final @Nullable Long to;
    private final long totalBytes;
    /** In the order the files were named. */
    private final FileCursor[] cursors;
    /** A binary heap of those that have a record, the next one first. */
    private final FileCursor[] heap;

    private int heapSize;
    private final Set<String> ended;
    private long ordinal;
    private long firstTime;
    private long lastTime;

    private long unreadable;

    private MergedReader(InputPlan plan, @Nullable ReaderPosition position) throws IOException {
        from = plan.settings().from();
        to = plan.settings().to();
        totalBytes = plan.files().stream().mapToLong(PlannedFile::size).sum();
        cursors = new FileCursor[plan.files().size()];
        heap = new FileCursor[cursors.length];
        ended = position == null ? new HashSet<>() : new HashSet<>(position.ended());
        ordinal = position == null ? 0 : position.ordinal();
        firstTime = position == null ? Long.MAX_VALUE : position.firstTime();
        lastTime = position == null ? NEVER : position.lastTime();
    }

    /**
     * @param position where to go on, {@code null} for the start
     * @throws IOException if a file cannot be opened, or is shorter than what was read of it before
     */
    public static MergedReader open(InputPlan plan, @Nullable ReaderPosition position) throws IOException {
        MergedReader reader = new MergedReader(plan, position);
        try {
            reader.openFiles(plan, position);
            return reader;
        } catch (IOException | RuntimeException failed) {
            reader.close();
            throw failed;
        }
    }

    private void openFiles(InputPlan plan, @Nullable ReaderPosition position) throws IOException {
        for (int i = 0; i < cursors.length; i++) {
            PlannedFile file = plan.files().get(i);
            FilePosition start =
                    position == null ? file.start() : position.files().get(i);
            FileCursor cursor = file.format() == InputFormat.LOBSTER
                    ? new LobsterCursor(i, file, start)
                    : new CsvCursor(i, file, start);
            cursors[i] = cursor;
            unreadable += start.unreadable();
            if (cursor.advance()) {
                heap[heapSize++] = cursor;
            }
        }
        for (int i = heapSize / 2 - 1; i >= 0; i--) {
            siftDown(i);
        }
    }

    /** The next record, {@code null} at the end. */
    public @Nullable MarketInput next() throws IOException {
        while (heapSize > 0) {
            FileCursor head = heap[0];
            MarketInput input = isWanted(head) ? take(head) : null;
            if (!head.advance()) {
                heap[0] = heap[--heapSize];
            }
            siftDown(0);
            if (input != null) {
                return input;
            }
        }
        return null;
    }

    /** Whether the record lies between start and end. A break is told whatever its time, unless the end was reached. */
    private boolean isWanted(FileCursor head) {
        long time = head.time();
        if (to != null) {
            if (ended.contains(head.instrument())) {
                return false;
            }
            if (time > to) {
                if (!head.instrument().isEmpty()) {
                    ended.add(head.instrument());
                }
                return false;
            }
        }
        return from == null || time >= from || head.isBreak();
    }

    private MarketInput take(FileCursor head) {
        MarketInput input = head.take(++ordinal);
        if (input instanceof MarketInput.Unreadable) {
            unreadable++;
        } else {
            firstTime = Math.min(firstTime, input.transactTime());
            lastTime = Math.max(lastTime, input.transactTime());
        }
        return input;
    }

    private void siftDown(int from) {
        FileCursor moving = heap[from];
        int hole = from;
        for (int child = 2 * hole + 1; child < heapSize; child = 2 * hole + 1) {
            if (child + 1 < heapSize && isBefore(heap[child + 1], heap[child])) {
                child++;
            }
            if (!isBefore(heap[child], moving)) {
                break;
            }
            heap[hole] = heap[child];
            hole = child;
        }
        heap[hole] = moving;
    }

    private static boolean isBefore(FileCursor a, FileCursor b) {
        return a.time() != b.time() ? a.time() < b.time() : a.source() < b.source();
    }

    /** Where the reader stands: behind the record handed over last. */
    public ReaderPosition position() {
        List<FilePosition> files = new ArrayList<>(cursors.length);
        for (FileCursor cursor : cursors) {
            files.add(cursor.position());
        }
        return new ReaderPosition(ordinal, files, List.copyOf(new TreeSet<>(ended)), firstTime, lastTime);
    }

    public InputCounts counts() throws IOException {
        long rows = 0;
        long timeStepsBack = 0;
        long openingOrders = 0;
        long bytesRead = 0;
        for (FileCursor cursor : cursors) {
            rows += cursor.rows();
            timeStepsBack += cursor.timeStepsBack();
            openingOrders += cursor.openingOrders();
            bytesRead += cursor.bytesRead();
        }
        boolean any = lastTime != NEVER;
        return new InputCounts(
                rows,
                unreadable,
                timeStepsBack,
                openingOrders,
                bytesRead,
                totalBytes,
                any ? firstTime : null,
                any ? lastTime : null);
    }

    /** Input rows of each file, in the order the files were named. */
    public List<Long> rowsPerFile() {
        List<Long> perFile = new ArrayList<>(cursors.length);
        for (FileCursor cursor : cursors) {
            perFile.add(cursor.rows());
        }
        return perFile;
    }

    /** Lines that are no command so far; cheap enough to ask after every record. */
    public long unreadable() {
        return unreadable;
    }

    /** Whether a file was found broken off, and that was handed over. */
    public boolean brokenOff() {
        for (FileCursor cursor : cursors) {
            if (cursor.brokenOff()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        for (FileCursor cursor : cursors) {
            if (cursor != null) {
                cursor.close();
            }
        }
    }
}
