// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.time.LocalTime;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what users write into {@code at(...)}. What is allowed depends on the unit. */
final class AtText {

    private static final Pattern DAY = Pattern.compile("(\\d\\d):(\\d\\d)(?::(\\d\\d))?");
    private static final Pattern HOUR = Pattern.compile("(\\d\\d)?:(\\d\\d)");
    private static final Pattern MINUTE = Pattern.compile(":(\\d\\d)");

    private AtText() {}

    /**
     * Reads a time.
     *
     * @param text what the user wrote
     * @param unit hours or minutes, or what is longer
     * @return the time; what is coarser than the unit is zero
     * @throws IllegalArgumentException if it is no such time
     */
    static LocalTime parse(String text, JobUnit unit) {
        Objects.requireNonNull(text, "text");
        switch (unit) {
            case MONTH:
            case WEEK:
            case DAY:
                return ofDay(text);
            case HOUR:
                return ofHour(text);
            case MINUTE:
                return ofMinute(text);
            default:
                throw noTime(unit);
        }
    }

    /** What to throw if there can be no time in the given unit. */
    static IllegalArgumentException noTime(JobUnit unit) {
        return new IllegalArgumentException("at(...) does not go with " + unit.several()
                + ": it tells the time of a day or weekday, the minute of an hour or the second of a minute, for"
                + " example every().monday().at(\"10:30\"), every(2).weeks().on(DayOfWeek.MONDAY).at(\"10:30\") or"
                + " every().hour().at(\":30\")");
    }

    private static LocalTime ofDay(String text) {
        Matcher parts = DAY.matcher(text);
        if (!parts.matches()) {
            throw unreadable(text, "a time of the day", "HH:MM or HH:MM:SS", "every().day().at(\"10:30\")");
        }
        int hour = number(parts, 1, 23, "hour", text);
        int minute = number(parts, 2, 59, "minute", text);
        int second = parts.group(3) == null ? 0 : number(parts, 3, 59, "second", text);
        return LocalTime.of(hour, minute, second);
    }

    private static LocalTime ofHour(String text) {
        Matcher parts = HOUR.matcher(text);
        if (!parts.matches()) {
            throw unreadable(
                    text, "a time in an hour", ":MM or MM:SS", "every().hour().at(\":30\"), half past each hour,");
        }
        if (parts.group(1) == null) {
            return LocalTime.of(0, number(parts, 2, 59, "minute", text));
        }
        int minute = number(parts, 1, 59, "minute", text);
        return LocalTime.of(0, minute, number(parts, 2, 59, "second", text));
    }

    private static LocalTime ofMinute(String text) {
        Matcher parts = MINUTE.matcher(text);
        if (!parts.matches()) {
            throw unreadable(text, "a time in a minute", ":SS", "every().minute().at(\":17\")");
        }
        return LocalTime.of(0, 0, number(parts, 1, 59, "second", text));
    }

    private static int number(Matcher parts, int group, int most, String what, String text) {
        String digits = Objects.requireNonNull(parts.group(group));
        int number = Integer.parseInt(digits);
        if (number > most) {
            throw new IllegalArgumentException("the " + what + " of at(\"" + text + "\") is " + digits
                    + ", expected 00 to " + most + ", for example at(\"" + text.replace(digits, "15") + "\")");
        }
        return number;
    }

    private static IllegalArgumentException unreadable(String text, String what, String forms, String example) {
        return new IllegalArgumentException("at(\"" + text + "\") is not " + what + ": expected " + forms
                + " with two digits each, for example " + example);
    }
}
