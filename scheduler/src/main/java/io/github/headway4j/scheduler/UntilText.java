// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what users write into {@code until(...)}, and says which moment a local time means there. */
final class UntilText {

    private static final Pattern FORM =
            Pattern.compile("(?:(\\d{4})-(\\d\\d)-(\\d\\d))?(?:(?:^|(?<=\\d) )(\\d\\d):(\\d\\d)(?::(\\d\\d))?)?");

    /** Some date, where only the form matters. */
    private static final LocalDate ANY = LocalDate.EPOCH;

    private UntilText() {}

    /**
     * Looks whether it is a local time.
     *
     * @param text what the user wrote
     * @throws IllegalArgumentException if it is none
     */
    static void check(String text) {
        Objects.requireNonNull(parse(text, ANY));
    }

    /**
     * Reads a local time.
     *
     * @param text what the user wrote
     * @param today the date that a time without one means
     * @return the time; a date alone means its beginning
     * @throws IllegalArgumentException if it is none
     */
    static LocalDateTime parse(String text, LocalDate today) {
        Objects.requireNonNull(text, "text");
        Matcher parts = FORM.matcher(text);
        if (text.isEmpty() || !parts.matches()) {
            throw unreadable(text, null);
        }
        try {
            LocalDate date =
                    parts.group(1) == null ? today : LocalDate.of(number(parts, 1), number(parts, 2), number(parts, 3));
            LocalTime time = parts.group(4) == null
                    ? LocalTime.MIDNIGHT
                    : LocalTime.of(number(parts, 4), number(parts, 5), parts.group(6) == null ? 0 : number(parts, 6));
            return date.atTime(time);
        } catch (DateTimeException e) {
            throw unreadable(text, e);
        }
    }

    /**
     * The moment until which a job runs that runs until a local time: that of the second pass if the clock shows it
     * twice, and if it never shows it the end of the gap.
     *
     * @param time the local time
     * @param zone whose
     * @return the moment
     */
    static Instant instant(LocalDateTime time, ZoneId zone) {
        ZoneOffsetTransition transition = zone.getRules().getTransition(time);
        if (transition == null) {
            return time.atZone(zone).toInstant();
        }
        return transition.isGap() ? transition.getInstant() : time.toInstant(transition.getOffsetAfter());
    }

    private static int number(Matcher parts, int group) {
        return Integer.parseInt(Objects.requireNonNull(parts.group(group)));
    }

    private static IllegalArgumentException unreadable(String text, @Nullable DateTimeException cause) {
        return new IllegalArgumentException(
                "until(\"" + text + "\") is not a time" + (cause == null ? "" : ", " + cause.getMessage())
                        + ": expected YYYY-MM-DD HH:MM, YYYY-MM-DD or HH:MM today, each time with :SS or without, for"
                        + " example until(\"2030-12-31 18:30\") or until(\"18:30\")",
                cause);
    }
}
