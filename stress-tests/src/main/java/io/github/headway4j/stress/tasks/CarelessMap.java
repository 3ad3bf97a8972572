// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.tasks;

/** Planted bug: a map of two items whose worker is told of its close, but is not waited for. */
final class CarelessMap {

    private volatile boolean closed;
    private volatile int begun;
    private volatile int ended;

    /** By the worker. */
    void run() {
        for (int i = 1; i <= 2 && !closed; i++) {
            begun = i;
            Thread.onSpinWait();
            ended = i;
        }
    }

    void close() {
        closed = true;
    }

    int begun() {
        return begun;
    }

    int ended() {
        return ended;
    }
}
