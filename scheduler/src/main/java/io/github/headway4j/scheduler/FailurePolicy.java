// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

/**
 * What becomes of a job that has thrown something. In each case it is reported first, to the handler of the schedule.
 *
 * @since 0.1
 */
public enum FailurePolicy {
    /** It runs again at its next time. */
    REPORT_AND_CONTINUE,

    /** It is cancelled. */
    STOP
}
