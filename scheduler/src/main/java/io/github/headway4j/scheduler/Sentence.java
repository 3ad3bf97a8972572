// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a {@link JobBuilder} has been told of the times of a job, but for their zone. For one thread. */
abstract class Sentence {

    private final List<LocalTime> times = new ArrayList<>();

    /** The times of {@code at} and {@code and}, in the order in which they were told. */
    final List<LocalTime> times() {
        return List.copyOf(times);
    }

    /** Takes a time instead of those that were told, or besides them. */
    final void time(String text, boolean besides) {
        Objects.requireNonNull(text, "text");
        take(AtText.parse(text, unitOfTimes()), besides);
    }

    /** Takes a time of the day instead of those that were told, or besides them. */
    final void time(LocalTime time, boolean besides) {
        Objects.requireNonNull(time, "time");
        if (!unitOfTimes().isDate()) {
            throw new IllegalArgumentException("at(" + time + ") is a time of the day: expected days or a weekday, for"
                    + " example every().day().at(LocalTime.of(10, 30)), or a text, for example"
                    + " every().hour().at(\":30\")");
        }
        take(time, besides);
    }

    private void take(LocalTime time, boolean besides) {
        if (!besides) {
            times.clear();
        } else if (times.isEmpty()) {
            throw new IllegalStateException("and(" + time + ") without a time before it: expected at(...) first, for"
                    + " example every().day().at(\"10:30\").and(\"18:00\")");
        } else {
            checkSeveral();
        }
        times.add(time);
    }

    /** Takes the day of the week of weeks. */
    void on(DayOfWeek weekday) {
        throw new IllegalArgumentException("on(" + weekday + ") does not go with " + this
                + ": expected weeks, for example every(2).weeks().on(DayOfWeek.MONDAY), or"
                + " every().on(DayOfWeek.MONDAY)");
    }

    /** Takes the day of the month of months. */
    void onDay(int day) {
        throw new IllegalArgumentException("a day of the month does not go with " + this
                + ": expected months, for example every().month().onDay(15) or every(3).months().onLastDay()");
    }

    /**
     * In which unit a time is told.
     *
     * @throws IllegalArgumentException if no time goes with what was told before
     */
    abstract JobUnit unitOfTimes();

    /**
     * Looks whether several times go with what was told before.
     *
     * @throws IllegalArgumentException if not
     */
    void checkSeveral() {}

    /** All that was told. */
    abstract Recurrence rule(ZoneId zone, @Nullable DstGap gap, @Nullable DstOverlap overlap);
}
