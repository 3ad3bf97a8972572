// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.soak;

import io.github.headway4j.primitives.BoundedSemaphore;
import io.github.headway4j.primitives.Held;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Requests of all forms and sizes, while the bound changes. */
final class SemaphoreScenario implements Scenario {

    private static final int MIN_BOUND = 3;
    private static final int MAX_BOUND = 6;
    private static final int LONGEST_WAIT_NANOS = 200_000;

    private final BoundedSemaphore semaphore;
    private final AtomicInteger inside = new AtomicInteger();

    SemaphoreScenario(boolean fair) {
        this.semaphore = fair ? BoundedSemaphore.fair(MIN_BOUND) : new BoundedSemaphore(MIN_BOUND);
    }

    @Override
    public String name() {
        return semaphore.isFair() ? "fair semaphore" : "semaphore";
    }

    @Override
    public void step(SplittableRandom random) throws InterruptedException {
        int permits = 1 + random.nextInt(MIN_BOUND);
        switch (random.nextInt(10)) {
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
                if (semaphore.tryAcquireBarging(permits)) {
                    useAndRelease(permits, random);
                }
            }
            case 4, 5 -> {
                if (semaphore.tryAcquire(permits, timeout(random))) {
                    useAndRelease(permits, random);
                }
            }
            case 6 -> {
                try (Held held = semaphore.hold(permits)) {
                    use(permits, random);
                    closeTwiceNowAndThen(held, random);
                }
            }
            case 7 -> {
                try (Held held = semaphore.holdInterruptibly(permits)) {
                    use(permits, random);
                    closeTwiceNowAndThen(held, random);
                }
            }
            case 8 -> {
                try (Held held = semaphore.tryHold(permits, timeout(random))) {
                    if (held != null) {
                        use(permits, random);
                    }
                }
            }
            default -> semaphore.setBound(MIN_BOUND + random.nextInt(MAX_BOUND - MIN_BOUND + 1));
        }
    }

    @Override
    public void check() {
        BoundedSemaphore.Stats stats = semaphore.stats();
        String who = name() + " " + semaphore;
        Scenario.expect(who + ", threads inside", 0, inside.get());
        Scenario.expect(who + ", permits available", stats.bound(), stats.available());
        Scenario.expect(who + ", permits held", 0, stats.held());
        Scenario.expect(who + ", threads waiting", 0, stats.waiting());
        try {
            semaphore.release();
        } catch (IllegalStateException expected) {
            Scenario.expect(who + ", permits after a refused release", stats.bound(), semaphore.availablePermits());
            return;
        }
        throw new AssertionError(who + " accepted a release over its bound");
    }

    private void useAndRelease(int permits, SplittableRandom random) {
        use(permits, random);
        semaphore.release(permits);
    }

    private void use(int permits, SplittableRandom random) {
        int now = inside.addAndGet(permits);
        if (now > MAX_BOUND) {
            throw new AssertionError(name() + ": " + now + " permits are out, there never were more than " + MAX_BOUND);
        }
        Pause.brief(random);
        inside.addAndGet(-permits);
    }

    private static void closeTwiceNowAndThen(Held held, SplittableRandom random) {
        if (random.nextInt(4) == 0) {
            held.close();
        }
    }

    private static Duration timeout(SplittableRandom random) {
        return Duration.ofNanos(random.nextInt(LONGEST_WAIT_NANOS));
    }
}
