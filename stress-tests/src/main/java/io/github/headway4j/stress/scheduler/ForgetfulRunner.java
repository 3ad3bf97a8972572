// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.scheduler;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Planted bug: who waits for the next event looks, then enters itself, then sleeps, without looking again. A change
 * between the look and the entry wakes nobody. The sleep is bounded, so that the control ends.
 */
final class ForgetfulRunner {

    private volatile boolean changed;
    private volatile boolean signalled;
    private volatile @Nullable Thread runner;

    /** False if the runner slept to the end although something had changed. */
    boolean run(long nanos) {
        if (changed) {
            return true;
        }
        runner = Thread.currentThread();
        long deadline = System.nanoTime() + nanos;
        for (long left = nanos; left > 0 && !signalled; left = deadline - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
        return signalled;
    }

    /** An event is entered or cancelled. */
    void change() {
        changed = true;
        Thread thread = runner;
        if (thread != null) {
            signalled = true;
            LockSupport.unpark(thread);
        }
    }
}
