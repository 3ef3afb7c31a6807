package io.crossbook.clearing;

import io.crossbook.clearing.calendar.BusinessCalendar;
import io.crossbook.clearing.input.CorrectionLine;
import io.crossbook.clearing.input.ManualPrice;
import io.crossbook.clearing.settlement.MinorUnits;
import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import io.crossbook.model.InstrumentKind;
import io.crossbook.model.Instruments;
import io.crossbook.store.InstrumentTable;
import io.crossbook.store.clearing.ClearedInstrument;
import io.crossbook.store.clearing.ClearedInstrumentTable;
import io.crossbook.store.clearing.TradeCorrection;
import io.crossbook.store.clearing.TradeCorrectionTable;
import io.crossbook.store.clearing.TradeCorrectionTable.Place;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says up to which trade of each instrument the clearing goes: what traded before the end of its session, and of a run that
 * goes on, what its last complete checkpoint covers. Later trades belong to the next clearing. Takes the corrections, too.
 */
final class FreezeStep implements DayStep {
    /** What is sold without a word about it is paid at once, or on the day after, as in the United States since 2024. */
    private static final int SPOT_DAYS = 0;

    private static final int EQUITY_DAYS = 1;

    @Override
    public void clear(Connection connection, Day day) throws SQLException {
        Instruments described =
                new Instruments(InstrumentTable.read(connection, day.run().runId()));
        TreeSet<String> symbols = new TreeSet<>(day.terms().manualPrices().keySet());
        symbols.addAll(ClearedInstrumentTable.symbols(
                connection, day.run().runId(), day.run().previous()));
        for (String symbol : symbols) {
            ClearedInstrumentTable.freeze(connection, day.clearingNo(), clearedOrRefused(described.get(symbol), day));
        }
        List<String> faults = offTick(described, day);
        for (CorrectionLine line : day.terms().corrections()) {
            correct(connection, described, day, line).ifPresent(faults::add);
        }
        faults.addAll(nothingToDeliver(connection, day));
        if (!faults.isEmpty()) {
            throw new RefusedException(faults);
        }
        TradeCorrectionTable.take(connection, day.clearingNo());
    }

    private static ClearedInstrument clearedOrRefused(Instrument instrument, Day day) {
        try {
            return cleared(instrument, day);
        } catch (IllegalArgumentException calendarCannotSay) {
            throw new RefusedException(instrument.symbol() + ": " + calendarCannotSay.getMessage());
        }
    }

    private static ClearedInstrument cleared(Instrument instrument, Day day) {
        BusinessCalendar calendar = instrument.calendar() == null
                ? day.terms().calendar()
                : BusinessCalendar.bundled(instrument.calendar());
        LocalDate date = day.run().businessDate();
        long dayStart = calendar.session(calendar.previous(date)).close();
        long dayEnd = calendar.isBusinessDay(date) ? calendar.session(date).close() : dayStart;
        return new ClearedInstrument(
                instrument.symbol(),
                instrument.kind(),
                instrument.currency(),
                instrument.multiplier(),
                instrument.tickSize(),
                MinorUnits.digits(instrument.currency()),
                dayStart,
                dayEnd,
                calendar.plus(date, settlementDays(instrument)),
                calendar.next(date));
    }

    private static int settlementDays(Instrument instrument) {
        if (instrument.settlementDays() != null) {
            return instrument.settlementDays();
        }
        return instrument.kind() == InstrumentKind.EQUITY ? EQUITY_DAYS : SPOT_DAYS;
    }

    /** Says which short deliveries are of instruments in which nobody has any. */
    private static List<String> nothingToDeliver(Connection connection, Day day) throws SQLException {
        Set<String> delivered = ClearedInstrumentTable.busy(connection, day.clearingNo()).stream()
                .filter(instrument -> !instrument.isMargined())
                .map(ClearedInstrument::instrument)
                .collect(Collectors.toSet());
        return day.terms().shortDeliveries().stream()
                .filter(line -> !delivered.contains(line.instrument()))
                .map(line -> where(day, ClearingInputs.DELIVERIES, line.line()) + "nothing is to be delivered in "
                        + line.instrument())
                .toList();
    }

    /** Says which prices that are given cannot be. */
    private static List<String> offTick(Instruments described, Day day) {
        List<String> faults = new ArrayList<>();
        day.terms().manualPrices().values().stream()
                .sorted(Comparator.comparingLong(ManualPrice::line))
                .forEach(given -> {
                    Decimal tick = described.get(given.instrument()).tickSize();
                    if (isNoMultiple(given.price(), tick)) {
                        faults.add(where(day, ClearingInputs.SETTLEMENT_FILE, given.line()) + "the price of "
                                + given.instrument() + " must be a multiple of its tick " + tick + ", was "
                                + given.price());
                    }
                });
        return faults;
    }

    private static boolean isNoMultiple(@Nullable Decimal value, Decimal unit) {
        return value != null && value.inUnitsOf(unit) == Decimal.Units.NOT_WHOLE;
    }

    private static String where(Day day, String option, long line) {
        return day.terms().inputs().file(option).orElseThrow().name() + ':' + line + ": ";
    }

    /** Adds a correction, or says why it cannot be. */
    private static Optional<String> correct(Connection connection, Instruments described, Day day, CorrectionLine line)
            throws SQLException {
        TradeCorrection correction = line.correction();
        String runId = day.run().runId();
        String where = where(day, ClearingInputs.CORRECTIONS, line.line()) + "trade " + correction.tradeId();
        List<Place> places = TradeCorrectionTable.find(connection, runId, correction.tradeId());
        if (places.isEmpty()) {
            return Optional.of(where + " is not in run " + runId);
        }
        if (places.size() > 1) {
            return Optional.of(
                    where + " is the id of several fills of run " + runId + "; it cannot be corrected by id");
        }
        Place place = places.get(0);
        if (!TradeCorrectionTable.takes(connection, day.clearingNo(), place)) {
            return Optional.of(where
                    + TradeCorrectionTable.clearedOn(connection, runId, place)
                            .map(date -> " belongs to " + date + "; correct it there: ./crossbook clear --date " + date
                                    + " --corrections FILE --reason TEXT --cascade")
                            .orElse(
                                    " is not taken by this clearing: it was made after the day's end, or is not covered by a"
                                            + " checkpoint yet"));
        }
        Instrument instrument = described.get(place.instrument());
        if (isNoMultiple(correction.price(), instrument.tickSize())) {
            return Optional.of(where + ": price must be a multiple of the tick " + instrument.tickSize() + ", was "
                    + correction.price());
        }
        if (isNoMultiple(correction.quantity(), instrument.lotSize())) {
            return Optional.of(where + ": quantity must be a multiple of the lot " + instrument.lotSize() + ", was "
                    + correction.quantity());
        }
        Optional<TradeCorrection> known =
                TradeCorrectionTable.find(connection, day.clearingNo(), correction.tradeId(), correction.version());
        if (known.isPresent() && !known.get().equals(correction)) {
            return Optional.of(where + " has another version " + correction.version()
                    + " already; a new correction needs a higher version");
        }
        TradeCorrectionTable.insert(connection, day.run(), correction, place);
        return Optional.empty();
    }
}
