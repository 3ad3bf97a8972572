// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

/**
 * What becomes of runs that are late because nobody could run them in time: the computer slept, its clock was put
 * forward, or an earlier job took long. However it is chosen, {@link Job#missed} counts the runs that did not take
 * place, and the runs that follow are at the times at which they would have been anyway.
 *
 * @since 0.1
 */
public enum MissedRuns {
    /** One run for all that are due. */
    COALESCE,

    /** A run for each, one after the other. */
    BURST,

    /** None, once the next run is due too. A run that is late by less than that takes place. */
    SKIP
}
