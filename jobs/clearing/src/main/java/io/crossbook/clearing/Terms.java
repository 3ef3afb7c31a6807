package io.crossbook.clearing;

import io.crossbook.clearing.calendar.BusinessCalendar;
import io.crossbook.clearing.input.Collateral;
import io.crossbook.clearing.input.CorrectionLine;
import io.crossbook.clearing.input.FeeFile;
import io.crossbook.clearing.input.InputText;
import io.crossbook.clearing.input.ManualPrice;
import io.crossbook.clearing.input.MarginFile;
import io.crossbook.clearing.input.ShortDelivery;
import io.crossbook.clearing.margin.MarginKind;
import io.crossbook.clearing.margin.MarginModel;
import io.crossbook.clearing.margin.MarginSettings;
import io.crossbook.clearing.settlement.FeeSchedule;
import io.crossbook.clearing.settlement.SettlementMethod;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What a clearing is told, read and found to be right. */
record Terms(
        ClearingInputs inputs,
        BusinessCalendar calendar,
        Map<String, ManualPrice> manualPrices,
        List<CorrectionLine> corrections,
        List<ShortDelivery> shortDeliveries,
        Collateral collateral,
        MarginModel margin,
        FeeSchedule fees,
        SettlementMethod firstMethod) {
    /** @throws RefusedException naming every fault of every file with its place */
    static Terms read(ClearingInputs inputs) {
        Reading reading = new Reading(inputs);
        Terms terms = new Terms(
                inputs,
                reading.calendar(inputs.calendar()),
                reading.of(ClearingInputs.SETTLEMENT_FILE, ManualPrice::read, Map.of()),
                reading.of(ClearingInputs.CORRECTIONS, CorrectionLine::read, List.of()),
                reading.of(ClearingInputs.DELIVERIES, ShortDelivery::read, List.of()),
                reading.of(ClearingInputs.COLLATERAL, Collateral::read, Collateral.NONE),
                reading.margin(),
                reading.of(ClearingInputs.FEES, FeeFile::read, FeeSchedule.NONE),
                inputs.settlementMethod() == null
                        ? SettlementMethod.MANUAL
                        : SettlementMethod.valueOf(inputs.settlementMethod()));
        if (!reading.faults.isEmpty()) {
            throw new RefusedException(reading.faults);
        }
        return terms;
    }

    long closingWindowNanos() {
        return inputs.closingWindowNanos();
    }

    /** Reads one thing after the other and keeps what is wrong. */
    private static final class Reading {
        private final ClearingInputs inputs;
        private final List<String> faults = new ArrayList<>();

        private Reading(ClearingInputs inputs) {
            this.inputs = inputs;
        }

        private <T> T of(String option, Function<InputText, T> reader, T none) {
            try {
                return inputs.file(option).map(reader).orElse(none);
            } catch (IllegalArgumentException wrong) {
                faults.addAll(wrong.getMessage().lines().toList());
                return none;
            }
        }

        private BusinessCalendar calendar(String name) {
            try {
                return inputs.file(ClearingInputs.CALENDAR)
                        .map(file -> BusinessCalendar.read(file.name(), new StringReader(file.text())))
                        .orElseGet(() -> BusinessCalendar.bundled(name));
            } catch (IllegalArgumentException wrong) {
                wrong.getMessage().lines().forEach(fault -> faults.add("--calendar: " + fault));
                return BusinessCalendar.bundled("24-7");
            }
        }

        private MarginModel margin() {
            MarginSettings settings = of(
                    ClearingInputs.MARGIN,
                    file -> MarginFile.read(file, name -> inputs.file(ClearingInputs.MARGIN + ':' + name)
                            .orElseThrow(() -> new IllegalArgumentException(name + ": no such file"))),
                    MarginSettings.DEFAULT);
            return inputs.marginModel() == null
                    ? settings.model()
                    : settings.with(MarginKind.of(inputs.marginModel()).orElseThrow())
                            .model();
        }
    }
}
