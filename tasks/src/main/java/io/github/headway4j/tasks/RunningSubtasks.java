// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import io.github.headway4j.primitives.Parker;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The subtasks of one scope that have not ended: how many there are, which they are, and how the owner waits for them.
 */
final class RunningSubtasks {
    /*
     * Model. The owner alone adds and waits, so there is at most one waiter.
     *
     *   add:     list the subtask; running + 1
     *   ended:   running - 1; if less than wanted: unpark the owner
     *   wait(n): wanted = n; until running < n: park; wanted = 0
     *
     * Invariants. (I1) running is the number of subtasks that were added and have not called ended. (I2) A subtask that
     * has not ended is reachable from newest. Only the owner changes links. One that is swept away keeps its link, and
     * what it leads to is swept away only when it has ended too, so whoever walks the list while the owner sweeps it
     * comes by every older subtask that runs. When none runs any more, all links are cut.
     *
     * Why not simpler. A concurrent set of threads, as executors have, costs two updates of a table for each subtask;
     * a latch cannot count up again; a semaphore for the limit is another count of the same.
     *
     * Linearization points. The end of a subtask, as far as the owner is concerned: the decrement.
     *
     * Lost-wakeup argument. Decrement and read of wanted by the subtask, write of wanted and read of running by the
     * owner are volatile, hence in one total order. If the decrement that takes running below n comes before the
     * owner's last read before it parks, the owner does not park. Otherwise it comes after the write of wanted, and the
     * subtask reads it and unparks; a later decrement finds running below n too. An owner that waits for less than all
     * also leaves when the scope is cancelled, and whoever cancels writes that, then reads wanted, likewise.
     *
     * Access modes. running: volatile reads, getAndAdd. wanted, newest, and next of the subtasks: volatile. The rest is
     * the owner's.
     */

    /** Subtasks listed beyond twice as many as run: what a sweep pays for. */
    private static final int SWEEP_AT_LEAST = 64;

    /** Looks at a thread that is about to end, before the owner gives its processor away between looks. */
    private static final int LOOKS = 128;

    /** Looks after which it sleeps between them. */
    private static final int YIELDS = 256;

    /** How long it sleeps at first, and at most. */
    private static final long NAP_NANOS = 20_000L;

    private static final long LONGEST_NAP_NANOS = 1_000_000L;

    private static final VarHandle RUNNING;

    static {
        try {
            RUNNING = MethodHandles.lookup().findVarHandle(RunningSubtasks.class, "running", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final ScopeCore scope;
    private final Parker parker;

    private volatile int running;

    /** The owner waits for fewer than these to run; 0 if it does not wait. */
    private volatile int wanted;

    private volatile @Nullable ForkedTask<?> newest;
    private int listed;
    private int sweepAt = SWEEP_AT_LEAST;

    RunningSubtasks(ScopeCore scope, Parker parker) {
        this.scope = scope;
        this.parker = parker;
    }

    /** How many run. */
    int count() {
        return running;
    }

    // ---- by the owner ----

    /** Before its thread is started. */
    void add(ForkedTask<?> subtask) {
        if (listed >= sweepAt) {
            sweep();
        }
        listed++;
        subtask.next = newest;
        newest = subtask;
        RUNNING.getAndAdd(this, 1);
    }

    /** Takes from the list who is gone. */
    private void sweep() {
        int kept = 0;
        ForkedTask<?> last = null;
        for (ForkedTask<?> s = newest; s != null; s = s.next) {
            if (!s.isGone()) {
                if (last == null) {
                    newest = s;
                } else if (last.next != s) {
                    last.next = s;
                }
                last = s;
                kept++;
            } else {
                s.thread = null; // who keeps the subtask does not keep the thread
            }
        }
        if (last == null) {
            newest = null;
        } else {
            last.next = null;
        }
        listed = kept;
        sweepAt = 2 * kept + SWEEP_AT_LEAST;
    }

    /** Whether fewer than the given number run, looking once. */
    boolean areFewerThan(int limit) {
        return running < limit;
    }

    /** Waits until fewer than the given number run, or the scope is cancelled; false if the time runs out first. */
    boolean awaitFewerThan(int limit, boolean timed, long deadline) throws InterruptedException {
        return OwnerLookout.sees(this, limit, timed, deadline, parker) || park(limit, true, true, timed, deadline);
    }

    /** Waits until none runs, and no thread is left that ends with a subtask. */
    void awaitNone() throws InterruptedException {
        if (running > 0 && !OwnerLookout.sees(this, 1, false, 0L, parker)) {
            park(1, false, true, false, 0L);
        }
        awaitThreads();
    }

    /** As {@link #awaitNone}; an interrupt stays pending. */
    void awaitNoneUninterruptibly() {
        try {
            if (running > 0 && !OwnerLookout.sees(this, 1, false, 0L, parker)) {
                park(1, false, false, false, 0L);
            }
        } catch (InterruptedException impossible) {
            throw new AssertionError("an uninterruptible wait was interrupted", impossible);
        }
        awaitThreads();
    }

    /** The one place where the owner waits for subtasks. */
    private boolean park(int limit, boolean orCancelled, boolean interruptible, boolean timed, long deadline)
            throws InterruptedException {
        boolean interrupted = false;
        boolean success = false;
        Object recorded = ScopeEvents.beginWait(scope);
        wanted = limit;
        try {
            for (; ; ) {
                if (Thread.interrupted()) {
                    if (interruptible) {
                        throw new InterruptedException();
                    }
                    interrupted = true;
                }
                if (running < limit || (orCancelled && scope.isCancelled())) {
                    success = true;
                    return true;
                }
                if (!timed) {
                    parker.park(scope.blocker());
                } else {
                    long left = deadline - System.nanoTime();
                    if (left <= 0L) {
                        return false;
                    }
                    parker.parkNanos(scope.blocker(), left);
                }
            }
        } finally {
            wanted = 0;
            ScopeEvents.endWait(recorded, success);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Waits for the threads that end with their subtasks. They have nothing left to do but to end, so the owner looks
     * again and again: {@link Thread#join} would make a virtual thread pin its carrier if the other is not virtual.
     */
    private void awaitThreads() {
        boolean interrupted = false;
        boolean spins = parker.spins() && !VirtualThreads.isVirtual(Thread.currentThread());
        long nap = NAP_NANOS;
        for (ForkedTask<?> s = newest; s != null; s = s.unlink()) {
            for (int looks = spins ? 0 : LOOKS; !s.isGone(); looks++) {
                if (looks < LOOKS) {
                    Thread.onSpinWait();
                } else if (looks < YIELDS) {
                    Thread.yield();
                } else {
                    interrupted |= Thread.interrupted(); // with it, a nap would be none
                    parker.parkNanos(scope.blocker(), nap);
                    nap = Math.min(2L * nap, LONGEST_NAP_NANOS);
                }
            }
        }
        newest = null;
        listed = 0;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    // ---- by a subtask ----

    /** The last thing that a subtask does, but for what its thread does to end. */
    void ended() {
        int left = (int) RUNNING.getAndAdd(this, -1) - 1;
        if (left < wanted) {
            parker.unpark(scope.owner());
        }
    }

    // ---- by any thread, once the scope is cancelled ----

    /** Interrupts those that run, and wakes the owner if it waits, as it may be for a subtask that will not begin. */
    void interruptAll() {
        for (ForkedTask<?> s = newest; s != null; s = s.next) {
            s.interrupt();
        }
        if (wanted != 0) {
            parker.unpark(scope.owner());
        }
    }
}
