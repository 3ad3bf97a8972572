// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import io.github.headway4j.primitives.WaitQueue;
import java.time.Duration;

/**
 * What becomes of a series of runs, one of which has thrown something. In each case it is reported, to the
 * handler of the {@link JobSchedule} or of the timers.
 *
 * <p>Failures count in a row: a run that ends well begins the count anew. Immutable.
 *
 * @since 0.1
 */
public final class FailurePolicy {

    private static final int NEVER = Integer.MAX_VALUE;

    private static final FailurePolicy REPORT_AND_CONTINUE = new FailurePolicy(NEVER, 0L, 0L);
    private static final FailurePolicy STOP = new FailurePolicy(1, 0L, 0L);

    /** So many failures in a row end the series, unless it is NEVER. */
    private final int limit;

    /** The pause after the first failure in a row, zero for none; and what no pause is longer than. */
    private final long firstNanos;

    private final long mostNanos;

    private FailurePolicy(int limit, long firstNanos, long mostNanos) {
        this.limit = limit;
        this.firstNanos = firstNanos;
        this.mostNanos = mostNanos;
    }

    /**
     * It runs again at its next time. The default.
     *
     * @return the policy
     */
    public static FailurePolicy reportAndContinue() {
        return REPORT_AND_CONTINUE;
    }

    /**
     * It ends.
     *
     * @return the policy
     */
    public static FailurePolicy stop() {
        return STOP;
    }

    /**
     * It ends after so many failures in a row; after fewer it runs again at its next time.
     *
     * @param failures the number of failures
     * @return the policy
     * @throws IllegalArgumentException if it is not positive
     */
    public static FailurePolicy stopAfter(int failures) {
        if (failures < 1) {
            throw new IllegalArgumentException(
                    "stopAfter(" + failures + "): expected at least 1, for example stopAfter(3)");
        }
        return new FailurePolicy(failures, 0L, 0L);
    }

    /**
     * It pauses after each failure, twice as long after each one in a row. Runs that are planned for a time within the
     * pause do not take place, those after it do as they would have anyway.
     *
     * @param first how long it pauses after the first failure in a row
     * @param most what no pause is longer than
     * @return the policy
     * @throws IllegalArgumentException if the first is not positive, or longer than the other
     */
    public static FailurePolicy backOff(Duration first, Duration most) {
        if (first.isNegative() || first.isZero() || most.compareTo(first) < 0) {
            throw new IllegalArgumentException("backOff(" + first + ", " + most + "): expected a pause longer than"
                    + " zero, and one that is not shorter, for example"
                    + " backOff(Duration.ofSeconds(1), Duration.ofHours(1))");
        }
        return new FailurePolicy(NEVER, WaitQueue.saturatedNanos(first), WaitQueue.saturatedNanos(most));
    }

    /** Whether so many failures in a row end the series. */
    boolean endsAfter(long failuresInARow) {
        return limit != NEVER && failuresInARow >= limit;
    }

    /** For how many nanoseconds no run begins after so many failures in a row (at least one); zero for no pause. */
    long pauseNanosAfter(long failuresInARow) {
        int doublings = (int) Math.min(failuresInARow - 1L, Long.SIZE - 2);
        return firstNanos > (mostNanos >> doublings) ? mostNanos : firstNanos << doublings;
    }

    /** As it was made. */
    @Override
    public String toString() {
        if (firstNanos > 0L) {
            return "backOff(" + Duration.ofNanos(firstNanos) + ", " + Duration.ofNanos(mostNanos) + ")";
        }
        return limit == NEVER ? "reportAndContinue()" : limit == 1 ? "stop()" : "stopAfter(" + limit + ")";
    }
}
