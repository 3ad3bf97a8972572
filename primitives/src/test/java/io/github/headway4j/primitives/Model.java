// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import io.github.headway4j.testing.SemaphoreParker;
import org.jetbrains.lincheck.Lincheck;

/**
 * What the tests with the model checker share. A lost wake-up shows as a hang there, since {@link SemaphoreParker} never
 * wakes for no reason. Plain code, because the checker instruments libraries too.
 */
final class Model {

    /** Interleavings that the checker tries for each scenario. */
    static final int INVOCATIONS = Integer.getInteger("headway.lincheck.invocations", 250);

    private Model() {}

    /** A body that may be interrupted where the scenario does not mean it to be. */
    interface Body {
        void run() throws InterruptedException;
    }

    static void check(Body scenario) {
        Lincheck.runConcurrentTest(INVOCATIONS, () -> unchecked(scenario));
    }

    static Thread start(Body body) {
        Thread thread = new Thread(() -> unchecked(body));
        thread.start();
        return thread;
    }

    static void join(Thread... threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }

    static void expect(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }

    private static void unchecked(Body body) {
        try {
            body.run();
        } catch (InterruptedException e) {
            throw new AssertionError("not to be interrupted here", e);
        }
    }
}
