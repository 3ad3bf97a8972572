// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A run on its way from the look that has found a job due to the thread that is to make it. */
final class HandedRun implements Runnable {

    private final Job job;
    private final CountDownLatch end = new CountDownLatch(1);

    /** Written once, by the look, maybe after the run has begun. */
    private volatile @Nullable Timeout timeout;

    /** Written by itself, or before by the thread that is going to run it. */
    private volatile @Nullable Thread thread;

    HandedRun(Job job) {
        this.job = job;
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
            job.runHanded(this, pass);
        } finally {
            end.countDown();
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

    /**
     * Sees to it that it does not begin, or waits for its end; not if it runs in the calling thread.
     *
     * @param nanos how long to wait at most
     * @return whether it is over
     */
    boolean cancelOrAwait(long nanos) throws InterruptedException {
        Timeout sender = timeout;
        if (thread == Thread.currentThread()) {
            return true;
        }
        if (sender != null && sender.cancel() != Timeout.Cancellation.RUNNING) {
            return true;
        }
        return end.await(nanos, TimeUnit.NANOSECONDS);
    }
}
