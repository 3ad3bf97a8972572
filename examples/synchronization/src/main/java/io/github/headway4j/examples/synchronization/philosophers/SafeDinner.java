// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.philosophers;

import io.github.headway4j.examples.synchronization.Crew;
import io.github.headway4j.primitives.Held;
import io.github.headway4j.primitives.Locks;
import io.github.headway4j.primitives.Mutex;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/**
 * The same dinner in the same bad order, left fork first, but with both forks taken in one step, as
 * {@link Locks#holdAll} does:
 * everybody eats all his meals, and neighbours never eat at the same time.
 */
public final class SafeDinner {
    /** How many meals a philosopher eats unless told otherwise. */
    public static final int MEALS = 10_000;

    /**
     * How the dinner went.
     *
     * @param meals what each philosopher ate
     * @param forkUses how many meals each fork served: those of two philosophers
     * @param clashes how often a fork was seen in two hands at once
     * @param elapsed how long the dinner took
     */
    public record Result(Map<Philosopher, Integer> meals, List<Integer> forkUses, int clashes, Duration elapsed) {
        /** Copies the collections. */
        public Result {
            meals = Collections.unmodifiableMap(new EnumMap<>(meals));
            forkUses = List.copyOf(forkUses);
        }

        /** {@return the meals of all philosophers} */
        public int totalMeals() {
            return meals.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    private final List<Fork> forks =
            Stream.generate(Fork::new).limit(Philosopher.values().length).toList();
    private final LongAdder served = new LongAdder();
    private final AtomicInteger clashes = new AtomicInteger();

    private SafeDinner() {}

    /**
     * Serves the dinner, each philosopher in a thread of his own.
     *
     * @param mealsEach how many meals each philosopher eats, at least one
     * @param progress gets the percentage done, from the calling thread
     * @return how it went
     * @throws InterruptedException if the caller is interrupted; the philosophers have left by then
     */
    public static Result serve(int mealsEach, IntConsumer progress) throws InterruptedException {
        if (mealsEach < 1) {
            throw new IllegalArgumentException("expected at least one meal each, not " + mealsEach);
        }
        return new SafeDinner().run(mealsEach, progress);
    }

    private Result run(int mealsEach, IntConsumer progress) throws InterruptedException {
        Map<Philosopher, Integer> meals = new EnumMap<>(Philosopher.class);
        long allMeals = (long) Philosopher.values().length * mealsEach;
        List<Callable<Integer>> guests = Arrays.stream(Philosopher.values())
                .<Callable<Integer>>map(philosopher -> () -> dine(philosopher, mealsEach))
                .toList();
        long start = System.nanoTime();
        List<Integer> eaten = Crew.run("guest", guests, () -> progress.accept((int) (100 * served.sum() / allMeals)));
        for (Philosopher philosopher : Philosopher.values()) {
            meals.put(philosopher, eaten.get(philosopher.ordinal()));
        }
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        progress.accept(100);
        List<Integer> forkUses = forks.stream().map(fork -> fork.uses).toList();
        return new Result(meals, forkUses, clashes.get(), elapsed);
    }

    /** Eats all meals, left fork first, and returns how many they were. */
    @SuppressWarnings("try") // the forks are only held
    private int dine(Philosopher philosopher, int mealsEach) throws InterruptedException {
        Fork left = forks.get(philosopher.leftFork());
        Fork right = forks.get(philosopher.rightFork());
        int eaten = 0;
        while (eaten < mealsEach) {
            try (Held both = Locks.holdAllInterruptibly(left.mutex, right.mutex)) {
                pickUp(left);
                pickUp(right);
                eaten++;
                served.increment();
                putDown(right);
                putDown(left);
            }
        }
        return eaten;
    }

    private void pickUp(Fork fork) {
        if (fork.hands.incrementAndGet() != 1) {
            clashes.incrementAndGet();
        }
        fork.uses++;
    }

    private void putDown(Fork fork) {
        fork.hands.decrementAndGet();
    }

    /** A fork, with what is needed to see that only one philosopher uses it at a time. */
    private static final class Fork {
        private final Mutex mutex = new Mutex();
        private final AtomicInteger hands = new AtomicInteger();

        /** Plain on purpose: the count is only right if those who use the fork do so one after another. */
        private int uses;
    }
}
