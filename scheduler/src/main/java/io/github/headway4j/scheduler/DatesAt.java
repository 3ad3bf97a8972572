// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.NavigableSet;
import org.jspecify.annotations.Nullable;

/**
 * A time of the day on certain dates.
 *
 * @param dates the dates; nobody changes them
 * @param time the time of the day
 */
record DatesAt(NavigableSet<LocalDate> dates, LocalTime time) implements WallTimes {

    @Override
    public @Nullable LocalDateTime after(LocalDateTime now) {
        LocalDate today = now.toLocalDate();
        LocalDate date = time.isAfter(now.toLocalTime()) ? dates.ceiling(today) : dates.higher(today);
        return date == null ? null : date.atTime(time);
    }
}
