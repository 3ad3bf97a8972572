// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A sentence that begins with {@code on}. */
final class DatesSentence extends Sentence {

    private final TreeSet<LocalDate> dates;

    DatesSentence(TreeSet<LocalDate> dates) {
        this.dates = dates;
    }

    @Override
    JobUnit unitOfTimes() {
        return JobUnit.DAY;
    }

    @Override
    Recurrence rule(ZoneId zone, @Nullable DstGap gap, @Nullable DstOverlap overlap) {
        return new DatesRule(dates, times(), zone, gap, overlap);
    }

    /** What the user wrote, but for the times. */
    @Override
    public String toString() {
        return "on(" + dates.first() + (dates.size() > 1 ? ", ...)" : ")");
    }
}
