// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Which of the times that a clock on the wall can show are meant: the half of a schedule that knows nothing of zones.
 * Its other half, {@link ZonedTimes}, says when the clock of a zone shows them. Immutable.
 */
@FunctionalInterface
interface WallTimes {

    /**
     * The first of the times after a given one.
     *
     * @param time some local time
     * @return the next, strictly later, or null if there is none
     */
    @Nullable
    LocalDateTime after(LocalDateTime time);
}
