package io.crossbook.clearing.input;

import io.crossbook.clearing.settlement.FeeSchedule;
import io.crossbook.clearing.settlement.FeeTier;
import io.crossbook.model.Decimal;
import java.util.List;

/** Reads the lines {@code tier_volume,maker_bps,taker_bps} of {@code --fees}, volumes ascending. */
public final class FeeFile {
    private static final List<String> COLUMNS = List.of("tier_volume", "maker_bps", "taker_bps");

    private FeeFile() {}

    /**
     * The schedule; {@link FeeSchedule#NONE} if the file has a header alone.
     *
     * @throws IllegalArgumentException naming every fault with its place, one on a line
     */
    public static FeeSchedule read(InputText file) {
        Decimal[] before = {null};
        return new FeeSchedule(CsvTable.read(file, COLUMNS, line -> {
            Decimal volume = line.number("tier_volume");
            Decimal makerBps = line.number("maker_bps");
            Decimal takerBps = line.number("taker_bps");
            if (volume == null || makerBps == null || takerBps == null) {
                return null;
            }
            if (volume.signum() < 0) {
                line.fault("tier_volume must be zero or more, was \"" + volume + '"');
                return null;
            }
            if (before[0] != null && volume.compareTo(before[0]) <= 0) {
                line.fault("tier_volume must be above " + before[0] + " of the tier before, was \"" + volume + '"');
                return null;
            }
            before[0] = volume;
            return new FeeTier(volume, makerBps, takerBps);
        }));
    }
}
