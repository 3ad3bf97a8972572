// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

/**
 * Which of two runs takes place at a local time that the clock on the wall shows twice, because it is put back: on the
 * last Sunday of October 02:30 comes two times in Berlin, one hour apart.
 *
 * @since 0.1
 */
public enum DstOverlap {
    /** The first time only. */
    FIRST,

    /** The second time only. */
    SECOND,

    /** Both times. */
    BOTH
}
