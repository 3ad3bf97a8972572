// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.tasks;

import io.github.headway4j.stress.actors.Bounds;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Planted bug: who waits looks, then says that it waits, then sleeps, without looking again. A change between the look
 * and the word wakes nobody. The sleep is bounded, so that the control ends.
 */
final class ForgetfulSleeper {

    private volatile boolean changed;
    private volatile boolean signalled;
    private volatile @Nullable Thread sleeper;

    /** 1 if a change was noticed, 0 if this thread slept to the end. */
    int await() {
        if (changed) {
            return 1;
        }
        sleeper = Thread.currentThread();
        long deadline = System.nanoTime() + Bounds.CONTROL_NANOS;
        for (long left = Bounds.CONTROL_NANOS; left > 0 && !signalled; left = deadline - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
        return signalled ? 1 : 0;
    }

    /** A subtask ends, a task comes, a scope is cancelled. */
    void change() {
        changed = true;
        Thread thread = sleeper;
        if (thread != null) {
            signalled = true;
            LockSupport.unpark(thread);
        }
    }
}
