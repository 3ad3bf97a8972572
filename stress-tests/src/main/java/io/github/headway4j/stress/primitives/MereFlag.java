// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.primitives;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Planted bug: an event that is a flag and nothing else. A waiter that looks again after it has been woken may find the
 * flag cleared, and waits on. The wait is bounded, so that the control ends.
 */
final class MereFlag {

    private volatile boolean set;
    private volatile @Nullable Thread waiter;

    boolean await(long nanos) {
        waiter = Thread.currentThread();
        long deadline = System.nanoTime() + nanos;
        for (long left = nanos; left > 0 && !set; left = deadline - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
        return set;
    }

    boolean hasWaiter() {
        return waiter != null;
    }

    void set() {
        set = true;
        LockSupport.unpark(waiter);
    }

    void clear() {
        set = false;
    }
}
