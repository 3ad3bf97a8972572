// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.soak;

import io.github.headway4j.primitives.Held;
import io.github.headway4j.processes.LongArray;
import io.github.headway4j.processes.SharedCondition;
import io.github.headway4j.processes.SharedLock;
import io.github.headway4j.processes.SharedMemory;
import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;

/** Tokens in shared memory, waited for in all forms of a condition; each that is put back is worth one signal. */
final class SharedTokensScenario implements Scenario {

    private static final long TOKENS = 2L;
    private static final int LONGEST_WAIT_NANOS = 200_000;

    private final SharedLock lock = SharedLock.create();
    private final SharedCondition returned = lock.newCondition();
    private final LongArray tokens = SharedMemory.create(Long.BYTES).longs();

    SharedTokensScenario() throws IOException {
        tokens.setVolatile(0, TOKENS);
    }

    @Override
    public String name() {
        return "shared lock and condition";
    }

    @Override
    public void step(SplittableRandom random) throws InterruptedException {
        if (take(random)) {
            Pause.brief(random);
            try (Held held = lock.hold()) {
                tokens.set(0, tokens.get(0) + 1L);
                returned.signal();
            }
        }
    }

    private boolean take(SplittableRandom random) throws InterruptedException {
        Duration timeout = Duration.ofNanos(random.nextInt(LONGEST_WAIT_NANOS));
        try (Held held = random.nextBoolean() ? lock.hold() : lock.holdInterruptibly()) {
            switch (random.nextInt(3)) {
                case 0 -> returned.awaitUntil(this::isThere);
                case 1 -> returned.awaitUntilUninterruptibly(this::isThere);
                default -> {
                    if (!returned.awaitUntil(this::isThere, timeout)) {
                        return false;
                    }
                }
            }
            tokens.set(0, tokens.get(0) - 1L);
            return true;
        }
    }

    private boolean isThere() {
        return tokens.get(0) > 0L;
    }

    @Override
    public void check() {
        Scenario.expect(name() + ", tokens", TOKENS, tokens.getVolatile(0));
        Scenario.expect(name() + ", threads waiting for a token", 0, returned.waiting());
        Scenario.expect(name() + ", lock held", 0, lock.isLocked() ? 1 : 0);
    }
}
