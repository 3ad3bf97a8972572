// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

/**
 * What becomes of a local time that the clock on the wall leaves out, because it is put forward: on the last Sunday of
 * March 02:30 does not exist in Berlin, since 01:59:59 is followed by 03:00.
 *
 * @since 0.1
 */
public enum DstGap {
    /**
     * Runs as soon as the clock shows a later time than the one that is missing, at 03:00 in the example. Several
     * missing times of one job are one run, also together with a run that is due at that time anyway.
     */
    RUN_AT_END,

    /** Does not run that time. */
    SKIP
}
