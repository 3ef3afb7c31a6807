package io.crossbook.store.checks;

import io.crossbook.model.Utf8Order;
import io.crossbook.store.files.RunFile;
import io.crossbook.store.files.RunFileReader;
import io.crossbook.store.files.RunHash;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the first difference of two runs in the files that the hash covers, reading both side by side. */
public final class RunDiff {
    private RunDiff() {}

    /**
     * The first difference of two runs' folders, or empty if all rows are the same.
     *
     * @throws IOException if a file is missing or cannot be read as what it should be
     */
    public static Optional<RunDifference> first(Path left, Path right) throws IOException {
        for (RunFile file : RunHash.FILES) {
            Optional<RunDifference> difference = first(file, left, right);
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    private static Optional<RunDifference> first(RunFile file, Path left, Path right) throws IOException {
        try (RunFileReader one = RunFileReader.open(left, file);
                RunFileReader other = RunFileReader.open(right, file)) {
            while (true) {
                boolean oneHas = one.next();
                boolean otherHas = other.next();
                if (!oneHas && !otherHas) {
                    return Optional.empty();
                }
                if (!oneHas || !otherHas || !one.sameLine(other)) {
                    return Optional.of(difference(file, oneHas ? one : null, otherHas ? other : null));
                }
            }
        }
    }

    private static RunDifference difference(RunFile file, @Nullable RunFileReader left, @Nullable RunFileReader right)
            throws IOException {
        RunFileReader earlier = earlier(file, left, right);
        int sequence = file.columns().indexOf("sequence");
        return new RunDifference(
                file.fileName(),
                earlier.row(),
                earlier.text(file.column("instrument")),
                sequence < 0 ? null : earlier.number(sequence),
                left == null || right == null ? null : firstColumn(file.columns(), left, right),
                left == null ? null : left.line(),
                right == null ? null : right.line());
    }

    /** The row that the other run lacks or has otherwise: the one of the smaller instrument, then sequence. */
    private static RunFileReader earlier(RunFile file, @Nullable RunFileReader left, @Nullable RunFileReader right)
            throws IOException {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        int instrument = file.column("instrument");
        int sequence = file.columns().indexOf("sequence");
        int order = Utf8Order.INSTANCE.compare(left.text(instrument), right.text(instrument));
        if (order == 0 && sequence >= 0) {
            order = Long.compare(left.number(sequence), right.number(sequence));
        }
        return order <= 0 ? left : right;
    }

    private static @Nullable String firstColumn(List<String> columns, RunFileReader left, RunFileReader right) {
        for (int column = 0; column < columns.size(); column++) {
            if (!left.text(column).equals(right.text(column))) {
                return columns.get(column);
            }
        }
        return null;
    }
}
