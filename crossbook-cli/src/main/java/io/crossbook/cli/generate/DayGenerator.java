package io.crossbook.cli.generate;

import io.crossbook.model.Phase;
import io.crossbook.model.Timestamps;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Plays trading days in three instruments with people in them ({@link DayTraders}): market makers who keep quotes
 * around a wandering fair price, desks, funds and private clients who take, rest, hide, stop and change their minds.
 *
 * <p>A day lasts 8 h 30: an opening call of 15 minutes, continuous trading, a halt of the share with an auction behind
 * it, marks every five minutes, the close. There is more to do at both ends of the day than at noon. A few mistakes,
 * repeats and unreadable lines are in it on purpose ({@link DayIncidents}).
 */
public final class DayGenerator {
    /** Accounts of a day unless more are asked for. */
    public static final int DEFAULT_CLIENTS = 28;

    static final long MINUTE = 60 * Timestamps.NANOS_PER_SECOND;

    private static final long DAY_LENGTH = 510 * MINUTE;
    private static final long OPENING = 15 * MINUTE;
    private static final long MARK_EVERY = 5 * MINUTE;
    private static final long HALT = 245 * MINUTE;
    /** How much busier the ends of the day are: the time between commands varies by this share. */
    private static final double MORE_AT_THE_ENDS = 0.6;
    /** Steps between two incidents. */
    private static final int INCIDENT_EVERY = 2_500;

    /** A change of phase, or a mark where there is no phase. */
    private record Appointment(
            long time, DayMarket market, @Nullable Phase phase) {}

    private final FlowSettings settings;
    private final FlowRandom random;
    private final DayCsv csv;
    private final DayTraders traders;
    private final DayIncidents incidents;
    private final List<DayMarket> markets = new ArrayList<>();

    private DayGenerator(FlowSettings settings, OutputStream out) throws IOException {
        DayPeople people = new DayPeople(settings.clients());
        this.settings = settings;
        this.random = new FlowRandom(settings.seed());
        this.csv = new DayCsv(out, people);
        for (DayInstrument instrument : DayInstrument.ALL) {
            markets.add(new DayMarket(instrument, settings.clients()));
        }
        this.traders = new DayTraders(csv, people, random, markets.size());
        this.incidents = new DayIncidents(csv, people, random, traders);
    }

    /**
     * Writes the days of the settings; their shape and rate are not used, the instruments are always the same three.
     *
     * @return number of lines behind the header, which is close to the number of commands asked for
     */
    public static long run(FlowSettings settings, OutputStream out) throws IOException {
        DayGenerator generator = new DayGenerator(settings, out);
        for (int day = 0; day < settings.days(); day++) {
            generator.play(settings.startNanos() + day * Timestamps.NANOS_PER_DAY);
        }
        return generator.csv.lines();
    }

    /** The instruments file that belongs to every generated day. */
    static void writeInstruments(OutputStream out) throws IOException {
        StringBuilder text = new StringBuilder(DayInstrument.HEADER).append('\n');
        DayInstrument.ALL.forEach(
                instrument -> text.append(instrument.described()).append('\n'));
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void play(long start) throws IOException {
        List<Appointment> appointments = appointments(start);
        int next = 0;
        long steps = Math.max(1, settings.commands() / settings.days() - appointments.size());
        for (long step = 0; step < steps; step++) {
            long now = start + (long) (DAY_LENGTH * timeOfDay((step + random.unit()) / steps));
            while (next < appointments.size() && appointments.get(next).time <= now) {
                keep(appointments.get(next++));
            }
            step(drawMarket(), now, step, steps);
        }
        while (next < appointments.size()) {
            keep(appointments.get(next++));
        }
        for (DayMarket market : markets) {
            incidents.afterTheClose(start + DAY_LENGTH + MINUTE, market);
        }
    }

    private void step(int number, long now, long step, long steps) throws IOException {
        DayMarket market = markets.get(number);
        DayInstrument instrument = market.instrument;
        market.fair += random.normal() * instrument.dayMove() / Math.sqrt(steps * instrument.shareOfFlow());
        market.expire(now);
        if (step % INCIDENT_EVERY == INCIDENT_EVERY - 1 && market.phase == Phase.CONTINUOUS) {
            incidents.next(now, market);
        } else {
            traders.act(number, market, now);
        }
    }

    /** Maps the share of the day's commands to the share of its time: slower at noon than at either end. */
    private static double timeOfDay(double share) {
        return share - MORE_AT_THE_ENDS * StrictMath.sin(2 * StrictMath.PI * share) / (2 * StrictMath.PI);
    }

    private List<Appointment> appointments(long start) {
        List<Appointment> appointments = new ArrayList<>();
        for (long time = OPENING + MARK_EVERY; time <= DAY_LENGTH; time += MARK_EVERY) {
            for (DayMarket market : markets) {
                appointments.add(new Appointment(start + time, market, null));
            }
        }
        for (int i = 0; i < markets.size(); i++) {
            DayMarket market = markets.get(i);
            appointments.add(new Appointment(start, market, Phase.CALL));
            appointments.add(
                    new Appointment(start + OPENING + i * Timestamps.NANOS_PER_SECOND, market, Phase.CONTINUOUS));
            appointments.add(new Appointment(start + DAY_LENGTH, market, Phase.CLOSED));
        }
        DayMarket halted = markets.get(1);
        appointments.add(new Appointment(start + HALT, halted, Phase.HALTED));
        appointments.add(new Appointment(start + HALT + 5 * MINUTE, halted, Phase.CALL));
        appointments.add(new Appointment(start + HALT + 7 * MINUTE, halted, Phase.CONTINUOUS));
        // The sort is stable: the settlement mark of the day comes before its close.
        appointments.sort(Comparator.comparingLong(Appointment::time));
        return appointments;
    }

    private void keep(Appointment appointment) throws IOException {
        DayMarket market = appointment.market;
        market.expire(appointment.time);
        if (appointment.phase == null) {
            csv.mark(appointment.time, market.instrument, (int) StrictMath.round(market.fair));
            return;
        }
        if (appointment.phase == Phase.CLOSED) {
            traders.makersLeave(market, appointment.time);
        }
        csv.phase(appointment.time, market.instrument, appointment.phase);
        market.change(appointment.phase);
        if (appointment.phase == Phase.HALTED) {
            incidents.duringTheHalt(appointment.time, market);
        }
    }

    private int drawMarket() {
        double draw = random.unit();
        for (int i = 0; i < markets.size() - 1; i++) {
            draw -= markets.get(i).instrument.shareOfFlow();
            if (draw < 0) {
                return i;
            }
        }
        return markets.size() - 1;
    }
}
