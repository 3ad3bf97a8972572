// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An action that {@link Timers} run again and again, until it is cancelled, its {@link FailurePolicy} ends it or the
 * timers are closed. It tells how it has fared.
 *
 * <p><b>When it runs.</b> At its first moment and at multiples of the period after that, however late single runs
 * begin: nothing drifts. Unless {@link RepeatOptions#fixedDelay()} was chosen: then each run is one period after the
 * end of the one before.
 *
 * <p><b>What does not run.</b> A run that could not begin in time is <i>missed</i> if {@link MissedRuns} leaves it out,
 * and so is one that falls into a pause after a failure. One that is due while too many are under way is
 * <i>skipped</i>, or waits for their end if {@link Overlap#QUEUE} was chosen. What {@link #pause} leaves out is not
 * counted.
 *
 * <p><b>Memory consistency.</b> Besides what {@link Timeout} says: a run that ends before another one begins
 * happens-before it.
 *
 * @since 0.1
 */
public final class RepeatingTimeout extends Timeout {
    /*
     * Invariants. All fields that change are guarded by the lock of the timers.
     *   (I1) A live series is in the store, or among those that are to be placed again. Its time there is that of the
     *        next run, NEVER if it is paused or if the run that is under way decides.
     *   (I2) The next run is planned in the section of the lock in which one is taken from the store, from the moment
     *        that it was planned for, not from when that happens.
     *   (I3) Unless the delay is fixed, planned is nominal as the jitter puts it off, where nominal is the first moment
     *        plus a multiple of the period. What is beyond the end of time is NEVER.
     *   (I4) handed + underWay is at most what the overlap allows.
     *   (I5) If the delay is fixed and no run is planned, one is handed, under way or waits, and the end of the last
     *        of these plans the next one; unless that would be beyond the end of time.
     */

    private final Jitter jitter;
    private final long period;
    private final boolean fixedDelay;
    private final MissedRuns missedRuns;
    private final Overlap overlap;
    private final FailurePolicy failurePolicy;

    private long nominal;
    private long planned;

    /** The end of the last pause after a failure; of use with a fixed delay, where no run may be planned as yet. */
    private long heldUntil = Long.MIN_VALUE;

    /** Whether a run was asked for beside those planned. */
    private boolean extra;

    /** When it was asked for. */
    private long asked;

    private boolean paused;

    /** Runs that the executor has got and that have not begun. */
    private int handed;

    private int underWay;

    /** Runs that begin when those under way have ended. */
    private long waiting;

    private long runs;
    private long missed;
    private long skipped;
    private long failures;
    private long failuresInARow;
    private @Nullable Throwable lastFailure;

    /** Another one that is to be placed again; of use only while this one is. */
    @Nullable
    RepeatingTimeout nextMisplaced;

    boolean isMisplaced;

    RepeatingTimeout(TimerCore core, long first, Jitter jitter, long period, Runnable action, RepeatOptions options) {
        super(core, jitter.putOff(first), options.priority, action);
        this.nominal = first;
        this.planned = time;
        this.jitter = jitter;
        this.period = period;
        this.fixedDelay = options.fixedDelay;
        this.missedRuns = options.missed;
        this.overlap = options.overlap;
        this.failurePolicy = options.failures;
    }

    // ---- control ----

    /**
     * Plans no run until {@link #resume}. What it leaves out meanwhile is not counted as missed. A run that is under
     * way goes on; those that were due before, which the executor has got or which wait for the end of others, take
     * place. No effect if it is paused already or over.
     */
    public void pause() {
        core.change(this, now -> {
            boolean changes = !paused && isLive();
            paused |= changes;
            return changes;
        });
    }

    /**
     * Ends a {@link #pause}. The next run is the first one from now on of those that would have been anyway; with a
     * {@linkplain RepeatOptions#fixedDelay() fixed delay} the one that was planned, now if its moment has passed. No
     * effect if it is not paused or is over.
     */
    public void resume() {
        core.change(this, now -> {
            boolean changes = paused && isLive();
            if (changes) {
                paused = false;
                leaveOut(now);
            }
            return changes;
        });
    }

    /**
     * Asks for a run now, where its runs take place, also if it is paused. A run that is due is thereby done; otherwise
     * what is planned stays as it is, with a {@linkplain RepeatOptions#fixedDelay() fixed delay} too. What becomes due
     * while such a run is under way is late, is skipped or waits, as while any other one is.
     *
     * @return whether it will run; false if it is over, if as many runs as are allowed at the same time are under way,
     *     or if such a run was asked for already and has not begun
     */
    public boolean runNow() {
        return core.change(this, now -> {
            boolean changes = isLive() && !extra && !isFull();
            if (changes) {
                extra = true;
                asked = now;
            }
            return changes;
        });
    }

    // ---- queries ----

    /**
     * How long it is until the next run is due.
     *
     * @return the time, zero if it is due already; nothing if none is planned: it is over, paused, or planned from the
     *     end of the run that is under way
     */
    public Optional<Duration> untilNextRun() {
        long now = core.now();
        long next = core.readLong(this::nextTime);
        return next == Agenda.NEVER ? Optional.empty() : Optional.of(Duration.ofNanos(Math.max(0L, next - now)));
    }

    /**
     * The number of runs that have begun.
     *
     * @return the number of runs
     */
    public long runs() {
        return core.readLong(() -> runs);
    }

    /**
     * The number of runs that did not take place because they would have begun too late, or within the pause after a
     * failure; these are counted when the pause begins.
     *
     * @return the number of runs that were missed
     */
    public long missed() {
        return core.readLong(() -> missed);
    }

    /**
     * The number of runs that did not take place because others were under way.
     *
     * @return the number of runs that were skipped
     */
    public long skipped() {
        return core.readLong(() -> skipped);
    }

    /**
     * The number of runs that have thrown something.
     *
     * @return the number of runs that failed
     */
    public long failures() {
        return core.readLong(() -> failures);
    }

    /**
     * What the last run threw that did.
     *
     * @return the exception or error, or nothing if there was none
     */
    public Optional<Throwable> lastFailure() {
        core.lock.lock();
        try {
            return Optional.ofNullable(lastFailure);
        } finally {
            core.unlock();
        }
    }

    /**
     * Whether it has been paused.
     *
     * @return true from {@link #pause} to {@link #resume}, unless it is over
     */
    public boolean isPaused() {
        return core.readBoolean(() -> paused && isLive());
    }

    // ---- plans, under the lock of the timers ----

    /** When the next run is due; NEVER if none is planned. */
    long nextTime() {
        if (!isLive()) {
            return Agenda.NEVER;
        }
        long next = paused ? Agenda.NEVER : planned;
        return extra ? Math.min(next, asked) : next;
    }

    /** Decides about what is due now, and plans what comes next. Whether a run is to begin, if no others prevent it. */
    boolean claim(long now) {
        if (extra) {
            extra = false;
            if (!paused && planned <= now) {
                plan(now, MissedRuns.COALESCE);
            }
            return true;
        }
        return !paused && planned <= now && plan(now, missedRuns);
    }

    /** Plans the run after those that are due. Whether there is to be a run for these. */
    private boolean plan(long now, MissedRuns policy) {
        if (fixedDelay) {
            planned = Agenda.NEVER;
            return true;
        }
        long overtaken = goOn(policy == MissedRuns.BURST ? Long.MIN_VALUE : Moments.plus(now, 1L));
        missed += overtaken;
        if (policy == MissedRuns.SKIP && overtaken > 0L) {
            missed++;
            return false;
        }
        return true;
    }

    /** Leaves out what is planned before the given moment. How many runs. */
    private long leaveOut(long moment) {
        if (planned >= moment) {
            return 0L;
        }
        if (fixedDelay) {
            planned = moment;
            return 0L;
        }
        return 1L + goOn(moment);
    }

    /**
     * Plans the run that follows the one that is planned, or the first of those that follow which is not before the
     * given moment. How many are left out in between.
     */
    private long goOn(long moment) {
        long latest = Moments.plus(Moments.plus(nominal, period), jitter.most); // at which that run may be
        long others = latest >= moment ? 0L : (moment - latest - 1L) / period + 1L;
        plan(others);
        if (planned >= moment) {
            return others;
        }
        plan(0L); // a period later is later than any jitter can be
        return others + 1L;
    }

    /** Plans the run that follows the one that is planned, after so many others. */
    private void plan(long others) {
        nominal = Moments.plus(Moments.plus(nominal, period), others * period);
        planned = jitter.putOff(nominal);
    }

    // ---- runs, under the lock of the timers ----

    /** Whether another run would be one too many. */
    boolean isFull() {
        return handed + underWay >= overlap.most();
    }

    /** A run is due and one too many: it waits or is skipped. Whether it is skipped. */
    boolean turnAway() {
        if (overlap.queues()) {
            waiting++;
            return false;
        }
        skipped++;
        return true;
    }

    /** Takes one of the runs that wait. Whether there was one and it may begin. */
    boolean takeWaiting() {
        boolean takes = waiting > 0L && isLive();
        if (takes) {
            waiting--;
        }
        return takes;
    }

    void hand() {
        handed++;
    }

    /** A run that was handed over will not begin. */
    void takeBack(long now) {
        handed--;
        planFromEnd(now);
    }

    /** A run that was handed over, or that waited, begins. */
    void begin(boolean wasHanded) {
        handed -= wasHanded ? 1 : 0;
        underWay++;
        runs++;
    }

    /** A run has ended. Whether its failure ends the series, if it goes on otherwise. */
    boolean end(@Nullable Throwable failure, long now) {
        underWay--;
        if (failure == null) {
            failuresInARow = 0L;
            planFromEnd(now);
            return false;
        }
        lastFailure = failure;
        failures++;
        failuresInARow++;
        long pause = failurePolicy.pauseNanosAfter(failuresInARow);
        if (pause > 0L && isLive()) {
            long left = waiting;
            waiting = 0L;
            heldUntil = Math.max(heldUntil, Moments.plus(now, pause));
            planFromEnd(now);
            left += leaveOut(heldUntil);
            missed += paused ? 0L : left;
        } else {
            planFromEnd(now);
        }
        return failurePolicy.endsAfter(failuresInARow);
    }

    /** With a fixed delay, plans the next run, unless one is planned, or will be when another one has ended. */
    private void planFromEnd(long now) {
        if (fixedDelay && planned == Agenda.NEVER && handed + underWay == 0 && waiting == 0L) {
            planned = Math.max(heldUntil, jitter.putOff(Moments.plus(now, period)));
        }
    }

    boolean hasRunUnderWay() {
        return underWay > 0;
    }

    long missedSoFar() {
        return missed;
    }
}
