// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import org.jspecify.annotations.Nullable;

/** Runs in elapsed time, but for those in one of the two passes when the clocks of a zone are put back. */
final class OnePassTimes implements RunTimes {

    private final RunTimes all;
    private final ZoneRules rules;
    private final boolean first;

    /**
     * Leaves out one pass.
     *
     * @param all the runs
     * @param zone whose clock it is
     * @param first whether the first pass is kept; else it is the second
     */
    OnePassTimes(RunTimes all, ZoneId zone, boolean first) {
        this.all = all;
        this.rules = zone.getRules();
        this.first = first;
    }

    @Override
    public @Nullable Instant after(Instant instant) {
        Instant run = all.after(instant);
        while (run != null) {
            Instant end = endOfOtherPass(run);
            if (end == null) {
                return run;
            }
            run = all.after(end.minusNanos(1));
        }
        return null;
    }

    /** When the pass ends that is to be left out, or null if the given moment is not in one. */
    private @Nullable Instant endOfOtherPass(Instant run) {
        ZoneOffsetTransition back = first ? rules.previousTransition(run.plusNanos(1)) : rules.nextTransition(run);
        if (back == null || !back.isOverlap()) {
            return null;
        }
        if (first) {
            Instant end = back.getInstant().minus(back.getDuration());
            return run.isBefore(end) ? end : null;
        }
        Instant begin = back.getInstant().plus(back.getDuration());
        return run.isBefore(begin) ? null : back.getInstant();
    }
}
