// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.primitives;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Planted bug: a gate whose waiter looks, then enters itself, then sleeps, without looking again. A gate opened between
 * the look and the entry wakes nobody. The sleep is bounded, so that the control ends.
 */
final class ForgetfulGate {

    private volatile boolean open;
    private volatile boolean signalled;
    private volatile @Nullable Thread waiter;

    /** False if the waiter slept to the end although the gate was open. */
    boolean await(long nanos) {
        if (open) {
            return true;
        }
        waiter = Thread.currentThread();
        long deadline = System.nanoTime() + nanos;
        for (long left = nanos; left > 0 && !signalled; left = deadline - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
        return signalled;
    }

    void open() {
        open = true;
        Thread thread = waiter;
        if (thread != null) {
            signalled = true;
            LockSupport.unpark(thread);
        }
    }
}
