// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.primitives;

import io.github.headway4j.primitives.Held;

/** Planted bug: a lock that looks and takes in two steps, so that two threads can get in at once. */
final class TestThenSetLock {

    private volatile boolean locked;

    boolean tryLock() {
        if (locked) {
            return false;
        }
        locked = true;
        return true;
    }

    void lock() {
        while (!tryLock()) {
            Thread.onSpinWait();
        }
    }

    /** False if the lock was free. Looks and frees in two steps as well. */
    boolean unlock() {
        if (!locked) {
            return false;
        }
        locked = false;
        return true;
    }

    boolean isLocked() {
        return locked;
    }

    /** A hold whose second close is noticed too late or not at all. */
    Held hold() {
        lock();
        return new CarelessHeld();
    }

    private final class CarelessHeld implements Held {

        private volatile boolean closed;

        @Override
        public void close() {
            if (!closed) {
                unlock();
                closed = true;
            }
        }
    }
}
