// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A run on its way from the look that has found a job due to the thread that is to make it. */
final class HandedRun implements Runnable {

    private final Job job;

    /** All that may not have ended; this one takes itself out. */
    private final Set<HandedRun> all;

    private final CountDownLatch end = new CountDownLatch(1);

    /** Written once, by the look, maybe after the run has begun. */
    private volatile @Nullable Timeout timeout;

    /** Written by itself, or before by the thread that is going to run it. */
    private volatile @Nullable Thread thread;

    /** Whether it waits for others in a call that closes the schedule. */
    private volatile boolean closing;

    HandedRun(Job job, Set<HandedRun> all) {
        this.job = job;
        this.all = all;
    }

    void sentBy(Timeout sender) {
        timeout = sender;
    }

    /** Nobody takes it: the calling thread is going to run it. */
    void keptByThisThread() {
        thread = Thread.currentThread();
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        Pass pass = new Pass();
        try {
            pass.call(() -> job.runHanded(this, pass));
        } finally {
            end.countDown();
            all.remove(this);
        }
        pass.endInBackground();
    }

    /** Whether it will not arrive any more, asked before it has: those who should have run it have refused to. */
    boolean isLost() {
        Timeout sender = timeout;
        return sender != null && sender.isDone();
    }

    /** Whether it has ended or got lost. */
    boolean isOver() {
        return end.getCount() == 0L || isLost();
    }

    boolean isInThisThread() {
        return thread == Thread.currentThread();
    }

    /** The calling thread, in which it runs, is going to wait for others, or has done so. */
    void closes(boolean closing) {
        this.closing = closing;
    }

    /**
     * Sees to it that it does not begin, or waits for its end; not if it runs in the calling thread. Of two runs that
     * wait for others one at least sees that the other does, since each says so before it looks.
     *
     * @param nanos how long to wait at most
     * @param inside whether a run that waits for others too is not waited for
     * @return whether it is over, or not waited for
     */
    boolean cancelOrAwait(long nanos, boolean inside) throws InterruptedException {
        Timeout sender = timeout;
        if (isInThisThread() || (inside && closing)) {
            return true;
        }
        if (sender != null && sender.cancel() != Timeout.Cancellation.RUNNING) {
            return true;
        }
        return end.await(nanos, TimeUnit.NANOSECONDS);
    }
}
