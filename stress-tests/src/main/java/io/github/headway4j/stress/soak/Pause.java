// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.soak;

import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/** What a thread does inside a critical section. */
final class Pause {

    private static final int MOST_SPINS = 100;

    private static final int LONGEST_REST_NANOS = 100_000;

    private Pause() {}

    /** Now and then sleeps for so long that those who wait stop spinning and sleep, too. */
    static void rest(SplittableRandom random) {
        if (random.nextBoolean()) {
            LockSupport.parkNanos(random.nextInt(LONGEST_REST_NANOS));
        }
    }

    /** Mostly nothing, sometimes a little work, now and then giving up the processor at the worst moment. */
    static void brief(SplittableRandom random) {
        int dice = random.nextInt(16);
        if (dice == 0) {
            Thread.yield();
        } else if (dice < 4) {
            for (int i = random.nextInt(MOST_SPINS); i > 0; i--) {
                Thread.onSpinWait();
            }
        }
    }
}
