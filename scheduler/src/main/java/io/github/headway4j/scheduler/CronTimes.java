// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

/**
 * The times that a cron text means, and all that this module knows of cron: the text is read, and the times are found,
 * by a library behind this seam. The library is asked for local times only, so that what clocks put forward or back do
 * is decided here, for cron as for everything else.
 */
interface CronTimes extends WallTimes {

    /**
     * Whether the runs are told by their distance rather than by a time of the day, as those of a text that begins its
     * minutes or hours with an asterisk.
     *
     * @return true if they follow the wall clock whatever it shows; false if each stands for itself and is not to be
     *     lost or doubled when the clock is put forward or back
     */
    boolean isInterval();
}
