// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What the last party of a cycle runs; knows who is running it. */
final class BarrierAction {

    private final Runnable action;

    /** The threads that run it: several if cycles were reset meanwhile. */
    private final Set<Thread> acting = ConcurrentHashMap.newKeySet();

    BarrierAction(Runnable action) {
        this.action = action;
    }

    void run() {
        Thread current = Thread.currentThread();
        acting.add(current);
        try {
            action.run();
        } finally {
            acting.remove(current);
        }
    }

    /** Whether the calling thread runs it now. */
    boolean isMine() {
        return acting.contains(Thread.currentThread());
    }
}
