// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;

/**
 * The same place in each hour or minute, such as half past each hour.
 *
 * @param unit hours or minutes
 * @param secondInUnit the place, in seconds from the beginning of the unit
 */
record EachUnitAt(ChronoUnit unit, int secondInUnit) implements WallTimes {

    @Override
    public LocalDateTime after(LocalDateTime now) {
        LocalDateTime candidate = in(now);
        return candidate.isAfter(now) ? candidate : candidate.plus(1, unit);
    }

    /** The time meant in the hour or minute of the given one. */
    LocalDateTime in(LocalDateTime now) {
        return now.truncatedTo(unit).plusSeconds(secondInUnit);
    }
}
