// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.soak;

import io.github.headway4j.primitives.Held;
import io.github.headway4j.primitives.KeyedLocks;
import io.github.headway4j.primitives.Locks;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLongArray;

/** Few keys for many threads, so that locks come and go while others wait for them. */
@SuppressWarnings("try") // holds are for their scope, and some are closed twice on purpose
final class KeyedScenario implements Scenario {

    private static final int KEYS = 5;
    private static final int LONGEST_WAIT_NANOS = 200_000;

    private final KeyedLocks<Integer> locks = new KeyedLocks<>();

    /** Each guarded by the lock of its key, and plain, so that a hole in it shows. */
    private final long[] counts = new long[KEYS];

    private final AtomicLongArray expected = new AtomicLongArray(KEYS);

    @Override
    public String name() {
        return "keyed locks";
    }

    @Override
    public void step(SplittableRandom random) throws InterruptedException {
        int key = random.nextInt(KEYS);
        switch (random.nextInt(5)) {
            case 0 -> {
                try (Held held = locks.hold(key)) {
                    increment(key, random);
                    held.close();
                }
            }
            case 1 -> {
                try (Held held = locks.holdInterruptibly(key)) {
                    increment(key, random);
                    held.close();
                }
            }
            case 2 -> {
                try (Held held = locks.tryHold(key)) {
                    if (held != null) {
                        increment(key, random);
                    }
                }
            }
            case 3 -> {
                try (Held held = locks.tryHold(key, Duration.ofNanos(random.nextInt(LONGEST_WAIT_NANOS)))) {
                    if (held != null) {
                        increment(key, random);
                    }
                }
            }
            default -> {
                int other = (key + 1 + random.nextInt(KEYS - 1)) % KEYS;
                try (Held held = Locks.holdAll(locks.at(key), locks.at(other))) {
                    increment(key, random);
                    increment(other, random);
                    held.close();
                }
            }
        }
    }

    @Override
    public void check() {
        Scenario.expect("keyed locks, entries", 0, locks.size());
        for (int key = 0; key < KEYS; key++) {
            Scenario.expect("keyed locks, increments of key " + key, expected.get(key), counts[key]);
        }
    }

    private void increment(int key, SplittableRandom random) {
        long read = counts[key];
        Pause.brief(random);
        counts[key] = read + 1;
        expected.incrementAndGet(key);
    }
}
