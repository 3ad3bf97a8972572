// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A sentence that begins with {@code every}. */
final class EverySentence extends Sentence {

    private static final int LAST_DAY = 31;

    private final int least;
    private final int most;
    private final JobUnit unit;
    private @Nullable DayOfWeek weekday;
    private int dayOfMonth = EveryRule.NO_DAY;

    EverySentence(int least, int most, JobUnit unit, @Nullable DayOfWeek weekday) {
        this.least = least;
        this.most = most;
        this.unit = unit;
        this.weekday = weekday;
    }

    @Override
    JobUnit unitOfTimes() {
        if ((unit == JobUnit.WEEK && weekday == null) || unit == JobUnit.SECOND) {
            throw AtText.noTime(unit);
        }
        return unit;
    }

    @Override
    void checkSeveral() {
        if (least != most) {
            throw new IllegalArgumentException("several times do not go with " + this + ", since the distance is drawn"
                    + " anew after each run: expected a fixed number, for example"
                    + " every(2).days().at(\"10:30\").and(\"18:00\")");
        }
    }

    @Override
    void on(DayOfWeek day) {
        Objects.requireNonNull(day, "weekday");
        if (unit != JobUnit.WEEK || weekday != null) {
            super.on(day);
        }
        weekday = day;
    }

    @Override
    void onDay(int day) {
        if (unit != JobUnit.MONTH) {
            super.onDay(day);
        }
        if (day < 1 || day > LAST_DAY) {
            throw new IllegalArgumentException("onDay(" + day + "): expected 1 to 31, for example"
                    + " every().month().onDay(15); a month that is shorter has it on its last day");
        }
        dayOfMonth = day;
    }

    @Override
    Recurrence rule(ZoneId zone, @Nullable DstGap gap, @Nullable DstOverlap overlap) {
        return new EveryRule(least, most, unit, weekday, dayOfMonth, times(), zone, gap, overlap);
    }

    /** What the user wrote, but for the times. */
    @Override
    public String toString() {
        String day = weekday == null ? "" : ".on(" + weekday + ")";
        return Every.text(least, most) + "." + unit.several() + "()" + day;
    }
}
