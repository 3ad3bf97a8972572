// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * Takes several {@linkplain Holdable holdables} at once without deadlock, and makes the JDK's locks holdable.
 *
 * <pre>{@code
 * try (var both = Locks.holdAll(from, to)) { // while others run holdAll(to, from)
 *     from.withdraw(amount);
 *     to.deposit(amount);
 * }
 * }</pre>
 *
 * <p><b>All or nothing, in any order.</b> A thread never waits for one of the given holdables while it holds another of
 * them. So no two calls can deadlock with each other, whatever the order of their arguments, and a single hold of one of
 * them cannot deadlock with a call either. What a thread held before the call it keeps holding: nested holds, for
 * instance one {@code holdAll} inside another, can still deadlock with each other, as any nested locks.
 *
 * <p><b>Blocking and interruption.</b> As the {@linkplain io.github.headway4j.primitives contract of everything that
 * blocks} says. A thread sleeps until the one that was in its way is free, then tries the others; no busy spinning.
 * After several vain rounds it pauses for a random time of up to a millisecond between rounds, so that two threads that
 * keep getting in each other's way drift apart. Calls are not fair to each other: one that asks for many busy things may
 * be overtaken often.
 *
 * <p><b>Progress.</b> Deadlock-free; free of livelock with probability one.
 *
 * <p><b>Duplicates.</b> Something given twice is held once. <b>Nulls</b> are refused with {@code NullPointerException}
 * before anything is held. With no argument at all the hold is empty.
 *
 * <p><b>The hold</b> gives back in the reverse order of taking, everything even if one of them throws: the first
 * exception reaches the caller of {@code close}, with the others as suppressed. The same holds for what an argument
 * throws while the others are being taken. If one of them belongs to the thread that took it, a {@link Guarded}, a
 * {@link LockedSet} or a {@code ReentrantLock}, then another thread's {@code close} throws what that one's would, and
 * gives back nothing; of other locks this can be known only when they refuse.
 *
 * @since 0.1
 */
public final class Locks {
    /*
     * Hold one, try the others, and if one of them is busy, give all back and start over by waiting for that one: the
     * algorithm of C++'s std::lock as Howard Hinnant described it ("smart and polite", in "Dining Philosophers
     * Rebooted"). Waiting for the busy one means that the thread sleeps exactly as long as it must.
     */

    /** Rounds without a pause. Two threads that collide by chance are through after one or two. */
    private static final int POLITE_ROUNDS = 4;

    /** The longest pause between rounds, in nanoseconds. */
    private static final long LONGEST_PAUSE = 1_000_000L;

    private Locks() {}

    /**
     * A holdable view of a lock of the JDK: holding it locks the lock, and closing the hold unlocks it, once. If the
     * lock insists on its owner, the thread that got the hold must close it; another thread's attempt throws what the
     * lock throws and leaves the hold open. {@code tryHold()}, and therefore {@link #holdAll} for all but one of its
     * locks, calls the lock's {@code tryLock()}, which even in a fair {@code ReentrantLock} is barging: it overtakes
     * those who wait. {@code tryHold(Duration.ZERO)} is as fair as the lock.
     *
     * @param lock the lock
     * @return a view of it; all views of one lock count as the same thing in {@link #holdAll}
     */
    public static Holdable of(Lock lock) {
        return lock instanceof Mutex ? (Mutex) lock : new LockView(Objects.requireNonNull(lock, "lock"));
    }

    /**
     * Waits, however long it takes, until all of the given things can be held, and holds them all. An interrupt stays
     * pending.
     *
     * @param all the things to hold, in any order
     * @return one hold on all of them
     */
    public static Held holdAll(Holdable... all) {
        try {
            return Objects.requireNonNull(new HoldAll(all).hold(HoldAll.Form.UNINTERRUPTIBLE, 0L));
        } catch (InterruptedException impossible) {
            throw new AssertionError("an uninterruptible wait was interrupted", impossible);
        }
    }

    /**
     * Waits until all of the given things can be held or the thread is interrupted, and holds them all.
     *
     * @param all the things to hold, in any order
     * @return one hold on all of them
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; nothing is held
     */
    public static Held holdAllInterruptibly(Holdable... all) throws InterruptedException {
        return Objects.requireNonNull(new HoldAll(all).hold(HoldAll.Form.INTERRUPTIBLE, 0L));
    }

    /**
     * Holds all of the given things if that is possible without waiting. Does not look at the interrupt status.
     *
     * @param all the things to hold, in any order
     * @return one hold on all of them, or null if one of them was busy; nothing is held then
     */
    public static @Nullable Held tryHoldAll(Holdable... all) {
        return new HoldAll(all).tryHold();
    }

    /**
     * Waits at most the given time, in all, until all of the given things can be held, and holds them all.
     *
     * @param timeout the longest wait; zero or negative means to try once
     * @param all the things to hold, in any order
     * @return one hold on all of them, or null if the time ran out; nothing is held then
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; nothing is held
     */
    public static @Nullable Held tryHoldAll(Duration timeout, Holdable... all) throws InterruptedException {
        HoldAll holdAll = new HoldAll(all);
        long nanos = WaitQueue.saturatedNanos(timeout);
        if (nanos <= 0L) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return holdAll.tryHold();
        }
        return holdAll.hold(HoldAll.Form.TIMED, nanos);
    }

    /** A random pause after a vain round, none in the first ones. Counted in nanoseconds. */
    static long pauseAfter(int round) {
        if (round < POLITE_ROUNDS) {
            return 0L;
        }
        long limit = Math.min(LONGEST_PAUSE, 1_000L << Math.min(10, round - POLITE_ROUNDS));
        return ThreadLocalRandom.current().nextLong(limit) + 1L;
    }
}
