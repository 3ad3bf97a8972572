// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

/** What a {@link Timeout} has come to once none of its runs will begin any more. */
enum TimerPhase {
    /** The last run is under way. */
    RUNNING,

    /** It ran to its end, or its failures ended it. */
    DONE,

    /** It was cancelled in time. */
    CANCELLED,

    /** The timers were closed before it began, or the executor refused it. */
    DROPPED
}
