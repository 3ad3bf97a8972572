// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import io.github.headway4j.primitives.Parker;

/**
 * How an owner on a platform thread looks again before it parks: for a bounded time, first spinning, then yielding its
 * processor. Subtasks that do next to nothing have ended by then, which spares two changes of context.
 *
 * <p>How long is learned from whether it paid, over all scopes, since most owners wait once in the life of a scope: a
 * wait that ends while looking restores the time, one that goes on takes a quarter of it, and when nothing is left only
 * some waits look, to notice when times have changed. All fields are plain and shared: a lost update costs some
 * microseconds once. Looking changes nothing else, so the argument that no wake-up is lost does without it.
 */
final class OwnerLookout {

    /** The longest look, in nanoseconds: about what it takes to park a thread and to wake it again. */
    private static final int FULL = 50_000;

    /** Of these, the part that spins. */
    private static final int SPIN = 10_000;

    /** Looks from one look at the clock to the next. */
    private static final int LOOKS_PER_CLOCK = 32;

    private static final int PROBE_OFTEN = 16;
    private static final int PROBE_SELDOM = 1_024;

    private static int budget = FULL / 2;
    private static int waits;
    private static int probeEvery = PROBE_OFTEN;

    private OwnerLookout() {}

    /** Whether fewer than the given number were seen to run. An interrupt ends the look without success. */
    static boolean sees(RunningSubtasks subtasks, int limit, boolean timed, long deadline, Parker parker) {
        if (!parker.spins() || VirtualThreads.isVirtual(Thread.currentThread())) {
            return false;
        }
        int nanos = nextBudget();
        if (nanos == 0) {
            return false;
        }
        long start = System.nanoTime();
        long most = timed ? Math.min(nanos, deadline - start) : nanos;
        for (long passed = 0L; passed < most; passed = System.nanoTime() - start) {
            if (Thread.currentThread().isInterrupted()) {
                return false;
            }
            if (passed >= SPIN) {
                Thread.yield();
            }
            for (int i = 0; i < LOOKS_PER_CLOCK; i++) {
                if (subtasks.areFewerThan(limit)) {
                    paid();
                    return true;
                }
                Thread.onSpinWait();
            }
        }
        if (most == nanos) {
            failed();
        }
        return false;
    }

    private static int nextBudget() {
        int nanos = budget;
        if (nanos == 0 && ++waits >= probeEvery) {
            waits = 0;
            return FULL;
        }
        return nanos;
    }

    private static void paid() {
        if (budget != FULL) { // writes only news, as every owner reads this
            budget = FULL;
            probeEvery = PROBE_OFTEN;
        }
    }

    private static void failed() {
        int nanos = budget;
        if (nanos > 0) {
            budget = Math.max(0, nanos - FULL / 4);
        } else {
            probeEvery = Math.min(PROBE_SELDOM, 2 * probeEvery);
        }
    }
}
