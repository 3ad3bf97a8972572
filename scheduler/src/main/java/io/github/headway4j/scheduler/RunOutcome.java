// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

/** What has become of a run that was planned, or was asked for by hand. */
enum RunOutcome {
    /** It took place and ended well. */
    SUCCEEDED(""),

    /** It took place and threw something. */
    FAILED(""),

    /** It did not take place: nobody could begin it in time, or its job had ended before. */
    MISSED("missed"),

    /** It did not take place: too many runs of the same job were under way. */
    SKIPPED("overlap"),

    /** It did not take place: it was planned for the pause after a failure. */
    HELD_BACK("back-off");

    /** Why it did not take place, as recordings say it. */
    final String reason;

    RunOutcome(String reason) {
        this.reason = reason;
    }
}
