// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.tasks;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Planted bugs: a scope with one subtask, whose thread looks whether the scope was cancelled before it says that it
 * runs, is counted only from then on, and may be seen to run while it ends.
 */
final class CarelessScope {

    private final AtomicInteger running = new AtomicInteger();
    private volatile boolean cancelled;
    private volatile @Nullable Thread runner;

    /** Runs the body unless the scope was cancelled. */
    void run(Runnable body) {
        if (!cancelled) {
            runner = Thread.currentThread();
            running.incrementAndGet();
            body.run();
            runner = null;
            running.decrementAndGet();
        }
    }

    /** Interrupts the body if it runs. */
    void cancel() {
        cancelled = true;
        Thread thread = runner;
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** Cancels, and waits until nothing runs. */
    void close() {
        cancelled = true;
        while (running.get() > 0) {
            Thread.onSpinWait();
        }
    }
}
