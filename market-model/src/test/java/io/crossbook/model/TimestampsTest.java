package io.crossbook.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Times as text beside those of {@code java.time}. */
class TimestampsTest {
    private static final DateTimeFormatter NANOS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'");

    @Test
    void everyDayThatALongHolds() {
        byte[] text = new byte[20];
        long first = Math.floorDiv(Long.MIN_VALUE, Timestamps.NANOS_PER_DAY);
        long last = Math.floorDiv(Long.MAX_VALUE, Timestamps.NANOS_PER_DAY);
        for (long day = first; day <= last; day++) {
            int end = Timestamps.writeSecond(day * 86_400 + 86_399, text, 0);

            assertThat(end).isEqualTo(20);
            assertThat(new String(text, StandardCharsets.US_ASCII)).isEqualTo(LocalDate.ofEpochDay(day) + "T23:59:59.");
        }
    }

    @Test
    void everySecondOfADay() {
        byte[] text = new byte[20];
        for (int second = 0; second < 86_400; second++) {
            Timestamps.writeSecond(second, text, 0);

            assertThat(new String(text, 11, 9, StandardCharsets.US_ASCII))
                    .isEqualTo(LocalTime.ofSecondOfDay(second).format(DateTimeFormatter.ofPattern("HH:mm:ss.")));
        }
    }

    @Test
    void anyNanosecond() {
        Random random = new Random(5);
        for (int i = 0; i < 10_000; i++) {
            long nanos = i == 0 ? Long.MIN_VALUE : i == 1 ? Long.MAX_VALUE : random.nextLong();

            assertThat(Timestamps.format(nanos))
                    .isEqualTo(Instant.ofEpochSecond(0, nanos)
                            .atZone(ZoneOffset.UTC)
                            .format(NANOS));
        }
    }
}
