// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.philosophers;

import io.github.headway4j.examples.synchronization.Crew;
import io.github.headway4j.primitives.Held;
import io.github.headway4j.primitives.Mutex;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The deadlock itself. Each philosopher takes the fork on the left, and once all five have done so, each waits for the
 * fork on the right. What a thread dump would show is then read from the threads: who waits for which fork, and who
 * holds it. One interrupt ends it: that philosopher puts his fork down again, and the other four can eat.
 */
public final class RealDeadlock {
    /**
     * One waiting philosopher.
     *
     * @param who the philosopher who waits
     * @param fork the number of the fork that he waits for
     * @param holder the philosopher who holds that fork
     */
    public record Wait(Philosopher who, int fork, Philosopher holder) {
        @Override
        public String toString() {
            return who + " waits for fork " + fork + ", which " + holder + " holds";
        }
    }

    /**
     * What was seen.
     *
     * @param waits who waits for whom, as read from the threads and the forks; a circle that begins with Kant
     * @param foundByJvm the philosophers whom the deadlock detector of the virtual machine named
     * @param gaveUp the philosophers who left hungry because they were interrupted
     * @param ate the philosophers who could eat once the circle was broken
     * @param forksLeft how many forks were still taken in the end
     */
    public record Result(
            List<Wait> waits,
            Set<Philosopher> foundByJvm,
            Set<Philosopher> gaveUp,
            Set<Philosopher> ate,
            long forksLeft) {
        /** Copies the collections. */
        public Result {
            waits = List.copyOf(waits);
            foundByJvm = Collections.unmodifiableSet(new TreeSet<>(foundByJvm));
            gaveUp = Collections.unmodifiableSet(new TreeSet<>(gaveUp));
            ate = Collections.unmodifiableSet(new TreeSet<>(ate));
        }
    }

    private final List<Mutex> forks =
            Stream.generate(Mutex::new).limit(Philosopher.values().length).toList();
    private final CountDownLatch leftForksTaken = new CountDownLatch(Philosopher.values().length);
    private final List<Guest> guests =
            Arrays.stream(Philosopher.values()).map(Guest::new).toList();

    private RealDeadlock() {}

    /**
     * Brings the deadlock about, looks at it and ends it.
     *
     * @return what was seen
     * @throws InterruptedException if the caller is interrupted
     * @throws IllegalStateException if the deadlock does not come about
     */
    public static Result provoke() throws InterruptedException {
        return new RealDeadlock().run();
    }

    private Result run() throws InterruptedException {
        guests.forEach(guest -> guest.thread.start());
        try {
            List<Wait> waits = awaitCircle();
            Set<Philosopher> foundByJvm = askJvm();

            guests.get(0).thread.interrupt();
            Set<Philosopher> gaveUp = EnumSet.noneOf(Philosopher.class);
            Set<Philosopher> ate = EnumSet.noneOf(Philosopher.class);
            for (Guest guest : guests) {
                (guest.hasEaten() ? ate : gaveUp).add(guest.philosopher);
            }
            long forksLeft = forks.stream().filter(Mutex::isLocked).count();
            return new Result(waits, foundByJvm, gaveUp, ate, forksLeft);
        } finally {
            Crew.sendHome(guests.stream().map(guest -> guest.thread).toList());
        }
    }

    /** Left, then right: the order that leads into the deadlock. Returns whether the philosopher could eat. */
    @SuppressWarnings("try") // a fork is only held
    private boolean eat(Philosopher philosopher) {
        try (Held left = forks.get(philosopher.leftFork()).holdInterruptibly()) {
            leftForksTaken.countDown();
            leftForksTaken.await();
            try (Held right = forks.get(philosopher.rightFork()).holdInterruptibly()) {
                return true;
            }
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** Looks at the threads until all of them wait for a fork. */
    private List<Wait> awaitCircle() throws InterruptedException {
        AtomicReference<List<Wait>> seen = new AtomicReference<>(List.of());
        Crew.until("five philosophers who wait", () -> {
            seen.set(waits());
            return seen.get().size() == guests.size();
        });
        return seen.get();
    }

    /** Follows the circle, starting with Kant: from a thread to the fork it waits for, and on to the holder's thread. */
    private List<Wait> waits() {
        List<Wait> waits = new ArrayList<>();
        Guest waiting = guests.get(0);
        while (waits.size() < guests.size()) {
            int fork = forks.indexOf(LockSupport.getBlocker(waiting.thread));
            Thread holder = fork < 0 ? null : forks.get(fork).owner();
            if (holder == null) {
                break; // not asleep yet
            }
            Guest holding = guestOf(holder);
            waits.add(new Wait(waiting.philosopher, fork, holding.philosopher));
            waiting = holding;
        }
        return waits;
    }

    private Guest guestOf(Thread thread) {
        return guests.stream()
                .filter(guest -> guest.thread == thread)
                .findAny()
                .orElseThrow(() -> new IllegalStateException("expected a philosopher, not " + thread));
    }

    private Set<Philosopher> askJvm() {
        Set<Philosopher> found = EnumSet.noneOf(Philosopher.class);
        long[] deadlocked = ManagementFactory.getThreadMXBean().findDeadlockedThreads();
        if (deadlocked != null) {
            for (Guest guest : guests) {
                if (Arrays.stream(deadlocked).anyMatch(id -> id == guest.thread.getId())) {
                    found.add(guest.philosopher);
                }
            }
        }
        return found;
    }

    /** A philosopher with his thread. */
    private final class Guest {
        private final Philosopher philosopher;
        private final FutureTask<Boolean> meal;
        private final Thread thread;

        Guest(Philosopher philosopher) {
            this.philosopher = philosopher;
            this.meal = new FutureTask<>(() -> eat(philosopher));
            this.thread = new Thread(meal, philosopher.toString());
        }

        boolean hasEaten() throws InterruptedException {
            try {
                return meal.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("expected " + philosopher + " to eat or to give up", e.getCause());
            }
        }
    }
}
