// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.soak;

import io.github.headway4j.primitives.Parker;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Puts threads to sleep at once, and now and then lets one that was woken doze on, so that others fall asleep before it
 * does what it was woken for.
 */
final class DrowsyParker implements Parker {

    private static final int LONGEST_NAP_NANOS = 50_000;

    @Override
    public void park(Object blocker) {
        LockSupport.park(blocker);
        nap();
    }

    @Override
    public void parkNanos(Object blocker, long nanos) {
        LockSupport.parkNanos(blocker, nanos);
        nap();
    }

    /** May consume a token, as the sleep before it: the caller looks at what it waits for after both. */
    private static void nap() {
        int dice = ThreadLocalRandom.current().nextInt(4 * LONGEST_NAP_NANOS);
        if (dice < LONGEST_NAP_NANOS) {
            LockSupport.parkNanos(dice);
        }
    }

    @Override
    public void unpark(Thread thread) {
        LockSupport.unpark(thread);
    }

    @Override
    public boolean spins() {
        return false;
    }
}
