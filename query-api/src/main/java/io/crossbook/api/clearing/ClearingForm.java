package io.crossbook.api.clearing;

import io.crossbook.api.form.Form;
import io.crossbook.api.orders.Keys;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What {@code POST /clearing/{date}/run} takes. Files with prices, corrections or margin models are for the command line alone:
 * a caller from elsewhere names no file of this machine.
 *
 * @param run the trading run; as {@code crossbook clear} chooses it if absent
 * @param reason why a date is cleared again
 * @param cascade whether the days behind it are cleared again, too
 * @param calendar name of a bundled calendar
 */
@Schema(name = "ClearingRequest")
record ClearingForm(
        @Nullable String run,
        @Nullable String reason,
        @Nullable Boolean cascade,
        @Nullable String calendar,
        @Nullable String idempotencyKey) {
    private static final Pattern CALENDAR = Pattern.compile("[a-z0-9-]{1,16}");

    /** @throws io.crossbook.api.problem.Problem 400 naming every field that is wrong */
    static ClearingForm read(@Nullable JsonNode body, @Nullable String keyOfHeader) {
        Form form = body == null ? Form.none() : Form.of(body);
        ClearingForm read = new ClearingForm(
                form.text("run"),
                form.text("reason"),
                form.flag("cascade"),
                calendar(form),
                Keys.read(form, keyOfHeader));
        form.refuseOthers();
        form.check();
        return read;
    }

    private static @Nullable String calendar(Form form) {
        String name = form.text("calendar");
        if (name != null && !CALENDAR.matcher(name).matches()) {
            form.fault("calendar", "must be the name of a bundled calendar like 24-7 or xnys");
        }
        return name;
    }

    /** The options of {@code crossbook clear}, each one word, so that no text of a caller is taken for another option. */
    List<String> options(LocalDate date) {
        List<String> options = new ArrayList<>(List.of("--date=" + date));
        if (run != null) {
            options.add("--run=" + run);
        }
        if (reason != null) {
            options.add("--reason=" + reason);
        }
        if (calendar != null) {
            options.add("--calendar=" + calendar);
        }
        if (Boolean.TRUE.equals(cascade)) {
            options.add("--cascade");
        }
        return options;
    }
}
