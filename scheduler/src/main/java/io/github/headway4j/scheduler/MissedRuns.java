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

    /**
     * A run for each, one after the other. Of a job 10 000 at a time at most. What becomes due while another thread
     * makes these is not late but overlaps: for a run for each of them too, choose {@link Overlap#QUEUE}.
     */
    BURST,

    /** None, if another one has become due meanwhile: all that are due are left out. One that is late alone runs. */
    SKIP
}
