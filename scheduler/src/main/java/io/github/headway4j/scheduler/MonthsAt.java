// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;

/**
 * A time on one day of one month in so many, from a first month on. A month that has no such day has it on its last.
 *
 * @param first the first month
 * @param step the number of months from one to the next, at least 1
 * @param day the day of the month; 31 is always the last
 * @param time the time of the day
 */
record MonthsAt(YearMonth first, long step, int day, LocalTime time) implements WallTimes {

    @Override
    public LocalDateTime after(LocalDateTime now) {
        long months = ChronoUnit.MONTHS.between(first, YearMonth.from(now));
        if (months < 0L) {
            return in(first);
        }
        YearMonth month = first.plusMonths(months - months % step);
        LocalDateTime candidate = in(month);
        return candidate.isAfter(now) ? candidate : in(month.plusMonths(step));
    }

    private LocalDateTime in(YearMonth month) {
        return month.atDay(Math.min(day, month.lengthOfMonth())).atTime(time);
    }
}
