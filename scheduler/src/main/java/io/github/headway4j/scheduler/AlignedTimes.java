// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * One in so many hours or minutes, at the same place in each, such as half past every third hour. It counts elapsed
 * hours, as {@link SteadyTimes} does, but where a clock is put forward by half an hour the run stays at half past.
 *
 * <p>Each run is at the first place from half a unit before the moment counted. Only around a change by a part of the
 * unit does the distance of two runs differ, by at most one unit; that is less than the distance, which is at least
 * two.
 *
 * @param counted the moments counted, at least two units apart
 * @param places where the wall clock shows the place in each unit
 * @param unit hours or minutes
 */
record AlignedTimes(SteadyTimes counted, ZonedTimes places, ChronoUnit unit) implements RunTimes {

    @Override
    public @Nullable Instant after(Instant instant) {
        Duration half = unit.getDuration().dividedBy(2);
        Instant moment = counted.after(instant.minus(counted.period()));
        while (true) {
            Instant run = places.after(moment.minus(half).minusNanos(1));
            if (run == null || run.isAfter(instant)) {
                return run;
            }
            moment = counted.after(moment);
        }
    }
}
