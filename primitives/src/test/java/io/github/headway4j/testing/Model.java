// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.testing;

import org.jetbrains.lincheck.Lincheck;

/**
 * What the tests with the model checker share. A lost wake-up shows as a hang there, since {@link SemaphoreParker} never
 * wakes for no reason. Plain code, because the checker instruments libraries too.
 */
public final class Model {

    /** Interleavings that the checker tries for each scenario. Enough for the bugs that docs/promises.md names. */
    public static final int INVOCATIONS = Integer.getInteger("headway.lincheck.invocations", 150);

    /** Scenarios that the checker makes up where it is given operations. */
    public static final int ITERATIONS = Integer.getInteger("headway.lincheck.iterations", 5);

    private Model() {}

    /** A body that may be interrupted where the scenario does not mean it to be. */
    @FunctionalInterface
    public interface Body {

        /**
         * Runs the body.
         *
         * @throws InterruptedException if it is interrupted, which fails the scenario
         */
        void run() throws InterruptedException;
    }

    /**
     * Runs a scenario under the interleavings that the checker tries, and fails if one of them fails or hangs.
     *
     * @param scenario what the first thread does
     */
    public static void check(Body scenario) {
        check(INVOCATIONS, scenario);
    }

    /**
     * Runs a scenario under so many interleavings, and fails if one of them fails or hangs.
     *
     * @param invocations how many
     * @param scenario what the first thread does
     */
    public static void check(int invocations, Body scenario) {
        Lincheck.runConcurrentTest(invocations, () -> unchecked(scenario));
    }

    /**
     * Starts a further thread of a scenario.
     *
     * @param body what it does
     * @return the thread, for {@link #join}
     */
    public static Thread start(Body body) {
        Thread thread = new Helper(body);
        thread.start();
        return thread;
    }

    /**
     * Waits for threads that {@link #start} started, and fails if one of them has failed: the checker would not see it.
     *
     * @param threads the threads
     * @throws InterruptedException if the calling thread is interrupted
     */
    public static void join(Thread... threads) throws InterruptedException {
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

    /**
     * Fails unless the condition holds.
     *
     * @param condition what is expected
     * @param otherwise what to say if it is not so
     */
    public static void expect(boolean condition, String otherwise) {
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
