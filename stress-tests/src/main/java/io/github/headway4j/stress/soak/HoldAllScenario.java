// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.soak;

import io.github.headway4j.primitives.BoundedSemaphore;
import io.github.headway4j.primitives.Held;
import io.github.headway4j.primitives.Holdable;
import io.github.headway4j.primitives.Locks;
import io.github.headway4j.primitives.Mutex;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.ReentrantLock;

/** Transfers between accounts under two or three locks of different kinds, taken in any order. */
@SuppressWarnings("try") // holds are for their scope, and some are closed twice on purpose
final class HoldAllScenario implements Scenario {

    private static final int OPENING_BALANCE = 1_000;
    private static final int LARGEST_TRANSFER = 100;
    private static final int LONGEST_WAIT_NANOS = 200_000;

    private final Mutex mutex = new Mutex();
    private final Mutex otherMutex = new Mutex();
    private final BoundedSemaphore semaphore = new BoundedSemaphore(1);
    private final BoundedSemaphore fairSemaphore = BoundedSemaphore.fair(1);
    private final ReentrantLock lock = new ReentrantLock();
    private final Holdable[] guards = {mutex, otherMutex, semaphore, fairSemaphore, Locks.of(lock)};

    /** Each guarded by the guard with its number. */
    private final long[] balances = new long[guards.length];

    HoldAllScenario() {
        Arrays.fill(balances, OPENING_BALANCE);
    }

    @Override
    public String name() {
        return "holdAll";
    }

    @Override
    public void step(SplittableRandom random) throws InterruptedException {
        int[] accounts = twoOrThree(random);
        Holdable[] needed = Arrays.stream(accounts).mapToObj(i -> guards[i]).toArray(Holdable[]::new);
        switch (random.nextInt(4)) {
            case 0 -> {
                try (Held held = Locks.holdAll(needed)) {
                    transfer(accounts, random);
                    held.close();
                }
            }
            case 1 -> {
                try (Held held = Locks.holdAllInterruptibly(needed)) {
                    transfer(accounts, random);
                    held.close();
                }
            }
            case 2 -> {
                try (Held held = Locks.tryHoldAll(needed)) {
                    if (held != null) {
                        transfer(accounts, random);
                    }
                }
            }
            default -> {
                Duration timeout = Duration.ofNanos(random.nextInt(LONGEST_WAIT_NANOS));
                try (Held held = Locks.tryHoldAll(timeout, needed)) {
                    if (held != null) {
                        transfer(accounts, random);
                    }
                }
            }
        }
    }

    @Override
    public List<Ring> rings() {
        Loner.Turn turn = random -> {
            int[] accounts = twoOrThree(random);
            Holdable[] needed = Arrays.stream(accounts).mapToObj(i -> guards[i]).toArray(Holdable[]::new);
            try (Held held = Locks.holdAllInterruptibly(needed)) {
                transfer(accounts, random);
            }
        };
        return List.of(new Loner(name(), turn), new Loner(name(), turn));
    }

    @Override
    public void check() {
        Scenario.expect(
                "holdAll, sum of the balances",
                (long) OPENING_BALANCE * balances.length,
                Arrays.stream(balances).sum());
        Scenario.expect("holdAll, locked mutexes", 0, (mutex.isLocked() ? 1 : 0) + (otherMutex.isLocked() ? 1 : 0));
        Scenario.expect("holdAll, permits", 2, semaphore.availablePermits() + fairSemaphore.availablePermits());
        Scenario.expect("holdAll, JDK lock held", 0, lock.isLocked() ? 1 : 0);
        Scenario.expect(
                "holdAll, threads waiting",
                0,
                mutex.waiting() + otherMutex.waiting() + semaphore.waiting() + fairSemaphore.waiting());
    }

    private void transfer(int[] accounts, SplittableRandom random) {
        long amount = random.nextInt(LARGEST_TRANSFER);
        long from = balances[accounts[0]];
        long to = balances[accounts[1]];
        Pause.brief(random);
        balances[accounts[0]] = from - amount;
        balances[accounts[1]] = to + amount;
    }

    private int[] twoOrThree(SplittableRandom random) {
        int[] all = new int[guards.length];
        for (int i = 0; i < all.length; i++) {
            int j = random.nextInt(i + 1);
            all[i] = all[j];
            all[j] = i;
        }
        return Arrays.copyOf(all, 2 + random.nextInt(2));
    }
}
