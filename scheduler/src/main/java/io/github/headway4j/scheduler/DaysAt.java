// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;

/**
 * A time of the day on one day in so many, from a first day on.
 *
 * @param first the first day
 * @param step the number of days from one to the next, at least 1
 * @param time the time of the day
 */
record DaysAt(LocalDate first, long step, LocalTime time) implements WallTimes {

    @Override
    public LocalDateTime after(LocalDateTime now) {
        long days = ChronoUnit.DAYS.between(first, now.toLocalDate());
        if (days < 0) {
            return first.atTime(time);
        }
        LocalDateTime candidate = first.plusDays(days - days % step).atTime(time);
        return candidate.isAfter(now) ? candidate : candidate.plusDays(step);
    }
}
