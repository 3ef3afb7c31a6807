/**
 * Business days and sessions of exchanges, read from the files in {@code calendars}.
 *
 * <p>{@link io.crossbook.clearing.calendar.BusinessCalendar} answers which dates are business days, when they open and
 * close, and to which business day a trade belongs. A calendar file holds local hours, holidays, half days and extra
 * sessions; {@code CalendarFile} says its form.
 */
@NullMarked
package io.crossbook.clearing.calendar;

import org.jspecify.annotations.NullMarked;
