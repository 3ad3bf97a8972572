// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.soak;

import io.github.headway4j.primitives.Held;
import io.github.headway4j.processes.SharedSemaphore;
import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Requests of all forms and sizes for permits in shared memory. */
final class SharedSemaphoreScenario implements Scenario {

    private static final int BOUND = 4;
    private static final int LONGEST_WAIT_NANOS = 200_000;

    private final SharedSemaphore semaphore = SharedSemaphore.create(BOUND);
    private final AtomicInteger inside = new AtomicInteger();

    SharedSemaphoreScenario() throws IOException {}

    @Override
    public String name() {
        return "shared semaphore";
    }

    @Override
    public void step(SplittableRandom random) throws InterruptedException {
        int permits = 1 + random.nextInt(BOUND - 1);
        switch (random.nextInt(6)) {
            case 0 -> {
                semaphore.acquire(permits);
                useAndRelease(permits, random);
            }
            case 1 -> {
                semaphore.acquireUninterruptibly(permits);
                useAndRelease(permits, random);
            }
            case 2 -> {
                if (semaphore.tryAcquire(permits)) {
                    useAndRelease(permits, random);
                }
            }
            case 3 -> {
                if (semaphore.tryAcquire(permits, timeout(random))) {
                    useAndRelease(permits, random);
                }
            }
            case 4 -> {
                try (Held held = semaphore.holdInterruptibly(permits)) {
                    use(permits, random);
                    if (random.nextInt(4) == 0) {
                        held.close();
                    }
                }
            }
            default -> {
                try (Held held = semaphore.tryHold(permits, timeout(random))) {
                    if (held != null) {
                        use(permits, random);
                    }
                }
            }
        }
    }

    @Override
    public void check() {
        Scenario.expect(name() + ", threads inside", 0, inside.get());
        Scenario.expect(name() + ", permits available", BOUND, semaphore.availablePermits());
    }

    private void useAndRelease(int permits, SplittableRandom random) {
        use(permits, random);
        semaphore.release(permits);
    }

    private void use(int permits, SplittableRandom random) {
        int now = inside.addAndGet(permits);
        if (now > BOUND) {
            throw new AssertionError(name() + ": " + now + " permits are out, there are but " + BOUND);
        }
        Pause.brief(random);
        inside.addAndGet(-permits);
    }

    private static Duration timeout(SplittableRandom random) {
        return Duration.ofNanos(random.nextInt(LONGEST_WAIT_NANOS));
    }
}
