// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Completes the futures of a pool's tasks, in threads of its own: to read a result and to complete a future runs code
 * of users, which may take its time or wait for another result of the same pool.
 */
final class Delivery {
    /*
     * Model. Outcomes are delivered one after the other, by one thread, as long as it gets on. While it is at it and
     * others are waiting, a second thread looks on; if nothing has been taken for PATIENCE_NANOS, it delivers itself,
     * and the next one looks on.
     *
     * The first thread begins with the pool, and the last one that idles stays until the pool's end. So there always is
     * one, also when the system has no more to give: then a callback that is stuck may hold up others, which is better
     * than that nobody delivers.
     *
     * Invariant: when the lock is free and something is ready, a thread that runs no code of users is in the loop, and
     * does not wait longer than PATIENCE_NANOS. So no callback that never returns keeps others from being delivered,
     * and there are at most two threads more than there are callbacks that are stuck.
     *
     * Lost wake-ups. All waiting is on one condition under the lock. add wakes a thread that is idle, or makes one if
     * none looks on; one that looks on comes back by itself.
     */

    private static final long PATIENCE_NANOS = 5_000_000L;
    private static final long IDLE_NANOS = 5_000_000_000L;
    private static final long NAP_NANOS = 200_000L;

    private final String name;
    private final Function<Runnable, Thread> factory;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();

    /* Guarded by the lock. */
    private final ArrayDeque<SubmittedTask<?>> ready = new ArrayDeque<>();
    private final Set<SubmittedTask<?>> underWay = new HashSet<>();
    private int idle;
    private boolean watched;
    private long taken;
    private int threads;

    /** Whether the last thread that was wanted could not be had, which was told. */
    private boolean failing;

    private boolean closed;

    /** How many steps of the pool have outcomes that they have not told. */
    private final AtomicInteger expected = new AtomicInteger();

    Delivery(String name) {
        this(name, Thread::new);
    }

    /** For tests, which say what threads can be had. */
    Delivery(String name, Function<Runnable, Thread> factory) {
        this.name = name;
        this.factory = factory;
    }

    /** Begins, with a first thread; throws what that throws if there is none to be had. */
    void start() {
        lock.lock();
        try {
            addThread();
        } finally {
            lock.unlock();
        }
    }

    /** Under the pool's lock: outcomes are known from now on, and will be told when that lock is free. */
    void expectSome() {
        expected.incrementAndGet();
    }

    /** They have been told. */
    void haveSome() {
        expected.decrementAndGet();
    }

    /** Has a task's outcome delivered soon. */
    void add(SubmittedTask<?> task) {
        lock.lock();
        try {
            ready.add(task);
            callThread();
        } finally {
            lock.unlock();
        }
    }

    /** Sees to it that a thread is there that delivers, or looks on. */
    private void callThread() {
        if (idle > 0) {
            arrived.signal();
        } else if (threads == underWay.size()) {
            try {
                addThread();
                failing = false;
            } catch (Throwable none) { // the next outcome tries again, and who waits for all of them
                if (!failing) {
                    failing = true;
                    Uncaught.report(none);
                }
            }
        }
    }

    private void addThread() {
        boolean started = false;
        threads++;
        try {
            Thread thread = factory.apply(this::deliver);
            thread.setName(this + "-" + threads);
            thread.setDaemon(true);
            thread.start();
            started = true;
        } finally {
            threads -= started ? 0 : 1;
        }
    }

    private void deliver() {
        lock.lock();
        try {
            while (awaitTurn()) {
                SubmittedTask<?> task = ready.poll();
                if (task == null) {
                    continue;
                }
                taken++;
                underWay.add(task);
                if (!ready.isEmpty()) {
                    callThread();
                }
                lock.unlock();
                try {
                    task.deliver();
                } finally {
                    lock.lock();
                    underWay.remove(task);
                }
            }
        } finally {
            threads--;
            lock.unlock();
        }
    }

    /** Waits until there is something to deliver for this thread; false if it is to end. */
    private boolean awaitTurn() {
        while (ready.isEmpty() || !underWay.isEmpty()) {
            if (ready.isEmpty()) {
                if (closed || idle > 0 || (!awaitArrival() && threads > underWay.size() + 1)) {
                    return !ready.isEmpty();
                }
            } else {
                if (watched) {
                    return false;
                }
                watched = true;
                long before = taken;
                await(PATIENCE_NANOS);
                watched = false;
                if (before == taken && !ready.isEmpty()) {
                    return true;
                }
            }
        }
        return true;
    }

    /** Idles; false if nothing came for long. */
    private boolean awaitArrival() {
        idle++;
        try {
            return await(IDLE_NANOS) || !ready.isEmpty();
        } finally {
            idle--;
        }
    }

    /** False if the time is over. Interrupts, which callbacks may have left behind, are of no interest here. */
    @SuppressWarnings("WaitNotInLoop") // who calls this looks again
    private boolean await(long nanos) {
        Thread.interrupted();
        try {
            return arrived.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    /** Nothing more is to be added: lets the threads end. */
    void close() {
        lock.lock();
        try {
            closed = true;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether all futures whose outcome is known are complete. */
    boolean isQuiet() {
        if (expected.get() > 0) { // looked at first: they are ready before they are not expected any more
            return false;
        }
        lock.lock();
        try {
            return ready.isEmpty() && underWay.stream().allMatch(SubmittedTask::isDelivered);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until all futures whose outcome is known are complete; not for callbacks. False if the time runs out. */
    boolean awaitQuiet(long deadlineNanos) throws InterruptedException {
        while (!isQuiet()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (System.nanoTime() - deadlineNanos >= 0L) {
                return false;
            }
            callAgain();
            LockSupport.parkNanos(this, NAP_NANOS);
        }
        return true;
    }

    /** If there was no thread to be had when the last outcome came, nobody else would ask for one. */
    private void callAgain() {
        lock.lock();
        try {
            if (failing && !ready.isEmpty()) {
                callThread();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return name + "-delivery";
    }
}
