package io.crossbook.clearing.calendar;

import java.util.Optional;

/** A date that the weekly schedule does not describe: closed without hours, otherwise open at these hours. */
record SpecialDay(String name, Optional<SessionHours> hours) {}
