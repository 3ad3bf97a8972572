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

    /** Interleavings that the checker tries for each scenario. Enough for the bugs that docs/promises.md names. */
    static final int INVOCATIONS = Integer.getInteger("headway.lincheck.invocations", 150);

    /** Scenarios that the checker makes up where it is given operations. */
    static final int ITERATIONS = Integer.getInteger("headway.lincheck.iterations", 5);

    private Model() {}

    /** A body that may be interrupted where the scenario does not mean it to be. */
    interface Body {
        void run() throws InterruptedException;
    }

    static void check(Body scenario) {
        Lincheck.runConcurrentTest(INVOCATIONS, () -> unchecked(scenario));
    }

    static Thread start(Body body) {
        Thread thread = new Helper(body);
        thread.start();
        return thread;
    }

    /** Waits for threads that {@link #start} started, and fails if one of them has failed: the checker would not see it. */
    static void join(Thread... threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
        for (Thread thread : threads) {
            Throwable failure = ((Helper) thread).failure;
            if (failure != null) {
                throw new AssertionError(failure.getMessage(), failure);
            }
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

    private static final class Helper extends Thread {
        private final Body body;
        private Throwable failure; // read after the thread has ended

        Helper(Body body) {
            this.body = body;
        }

        @Override
        public void run() {
            try {
                unchecked(body);
            } catch (RuntimeException | Error e) {
                failure = e;
                throw e;
            }
        }
    }
}
