// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How many runs began and what has become of them. Guarded by the lock of the schedule. */
final class RunCounts {

    /** What becomes of runs that do not take place. */
    private static final List<RunOutcome> LEFT_OUT =
            List.of(RunOutcome.MISSED, RunOutcome.SKIPPED, RunOutcome.HELD_BACK);

    private final @Nullable RunCounts sums;
    private final long[] outcomes = new long[RunOutcome.values().length];
    private final long[] told = new long[RunOutcome.values().length];
    private long begun;

    /**
     * Counts from zero.
     *
     * @param sums where everything is counted too, or null
     */
    RunCounts(@Nullable RunCounts sums) {
        this.sums = sums;
    }

    void begin() {
        begun++;
        if (sums != null) {
            sums.begin();
        }
    }

    void add(RunOutcome outcome, long runs) {
        outcomes[outcome.ordinal()] += runs;
        if (sums != null) {
            sums.add(outcome, runs);
        }
    }

    long begun() {
        return begun;
    }

    long of(RunOutcome outcome) {
        return outcomes[outcome.ordinal()];
    }

    /** The runs that do not take place and of which this method has not told before. */
    Map<RunOutcome, Long> news() {
        Map<RunOutcome, Long> news = null;
        for (RunOutcome outcome : LEFT_OUT) {
            int i = outcome.ordinal();
            if (outcomes[i] != told[i]) {
                news = news == null ? new EnumMap<>(RunOutcome.class) : news;
                news.put(outcome, outcomes[i] - told[i]);
                told[i] = outcomes[i];
            }
        }
        return news == null ? Map.of() : news;
    }
}
