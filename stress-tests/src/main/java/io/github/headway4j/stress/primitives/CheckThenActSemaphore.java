// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.primitives;

/** Planted bug: a semaphore that reads its permits and writes them back in two steps. */
final class CheckThenActSemaphore {

    private volatile int permits;
    private volatile int bound;

    CheckThenActSemaphore(int bound) {
        this.permits = bound;
        this.bound = bound;
    }

    boolean tryAcquire() {
        int p = permits;
        if (p < 1) {
            return false;
        }
        permits = p - 1;
        return true;
    }

    void acquire() {
        while (!tryAcquire()) {
            Thread.onSpinWait();
        }
    }

    /** False if the bound would be exceeded. */
    boolean release() {
        int p = permits;
        if (p >= bound) {
            return false;
        }
        permits = p + 1;
        return true;
    }

    void setBound(int newBound) {
        int delta = newBound - bound;
        bound = newBound;
        int p = permits;
        permits = p + delta;
    }

    int availablePermits() {
        return permits;
    }

    int bound() {
        return bound;
    }
}
