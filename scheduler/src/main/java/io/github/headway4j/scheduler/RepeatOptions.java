// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import io.github.headway4j.primitives.WaitQueue;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What can be chosen when {@link Timers} are to run an action again and again. Immutable: each method returns a changed
 * copy.
 *
 * <pre>{@code
 * timers.every(Duration.ofSeconds(30), this::refresh, RepeatOptions.defaults()
 *         .initialDelay(Duration.ZERO)
 *         .jitter(Duration.ofSeconds(3))
 *         .onFailure(FailurePolicy.backOff(Duration.ofMinutes(1), Duration.ofHours(1))));
 * }</pre>
 *
 * @since 0.1
 */
public final class RepeatOptions {

    private static final RepeatOptions DEFAULTS =
            new RepeatOptions(null, false, 0, 0L, MissedRuns.COALESCE, Overlap.SKIP, FailurePolicy.reportAndContinue());

    /** In nanoseconds; null for one period. */
    final @Nullable Long initialDelay;

    final boolean fixedDelay;
    final int priority;

    /** In nanoseconds. */
    final long jitter;

    final MissedRuns missed;
    final Overlap overlap;
    final FailurePolicy failures;

    private RepeatOptions(
            @Nullable Long initialDelay,
            boolean fixedDelay,
            int priority,
            long jitter,
            MissedRuns missed,
            Overlap overlap,
            FailurePolicy failures) {
        this.initialDelay = initialDelay;
        this.fixedDelay = fixedDelay;
        this.priority = priority;
        this.jitter = jitter;
        this.missed = missed;
        this.overlap = overlap;
        this.failures = failures;
    }

    /**
     * The first run one period from now and the others at multiples of it, late ones coalesced, none while another is
     * under way, failures reported.
     *
     * @return the defaults
     */
    public static RepeatOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Chooses when the first run is; it is one period from now unless chosen.
     *
     * @param delay how long from now; zero or negative means now
     * @return these options but for the first run
     */
    public RepeatOptions initialDelay(Duration delay) {
        long nanos = Math.max(0L, WaitQueue.saturatedNanos(delay));
        return new RepeatOptions(nanos, fixedDelay, priority, jitter, missed, overlap, failures);
    }

    /**
     * Counts the period from the end of each run to the beginning of the next, instead of from the first moment on; if
     * several are under way at the same time, from the end of the last. No run is missed then. Runs that are
     * {@linkplain RepeatingTimeout#runNow() asked for} before the next one is due do not put it off.
     *
     * @return these options but for what the period is counted from
     */
    public RepeatOptions fixedDelay() {
        return new RepeatOptions(initialDelay, true, priority, jitter, missed, overlap, failures);
    }

    /**
     * Chooses which of several actions at the same moment comes first.
     *
     * @param priority the smallest comes first; 0 unless chosen
     * @return these options but for the priority
     */
    public RepeatOptions priority(int priority) {
        return new RepeatOptions(initialDelay, fixedDelay, priority, jitter, missed, overlap, failures);
    }

    /**
     * Puts each run off by a random time, so that what was started together does not run together for ever. The moments
     * that are put off are multiples of the period as ever, so nothing drifts.
     *
     * @param most the longest time; must be shorter than the period
     * @return these options but for the random time
     * @throws IllegalArgumentException if it is negative
     */
    public RepeatOptions jitter(Duration most) {
        if (most.isNegative()) {
            throw new IllegalArgumentException("jitter: " + most + "; expected zero or more");
        }
        long nanos = WaitQueue.saturatedNanos(most);
        return new RepeatOptions(initialDelay, fixedDelay, priority, nanos, missed, overlap, failures);
    }

    /**
     * Chooses what becomes of runs that could not begin in time.
     *
     * @param missed the choice
     * @return these options but for missed runs
     */
    public RepeatOptions missed(MissedRuns missed) {
        Objects.requireNonNull(missed, "missed");
        return new RepeatOptions(initialDelay, fixedDelay, priority, jitter, missed, overlap, failures);
    }

    /**
     * Chooses what becomes of runs that are due while another one is under way. Where one thread runs all actions, as
     * it does unless timers have an executor, no run is due while another one is under way; it is late then.
     *
     * @param overlap the choice
     * @return these options but for runs at the same time
     */
    public RepeatOptions overlap(Overlap overlap) {
        Objects.requireNonNull(overlap, "overlap");
        return new RepeatOptions(initialDelay, fixedDelay, priority, jitter, missed, overlap, failures);
    }

    /**
     * Chooses what becomes of the series after a run that has thrown something. It is reported in any case.
     *
     * @param failures the choice
     * @return these options but for failures
     */
    public RepeatOptions onFailure(FailurePolicy failures) {
        Objects.requireNonNull(failures, "failures");
        return new RepeatOptions(initialDelay, fixedDelay, priority, jitter, missed, overlap, failures);
    }
}
