// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.philosophers;

import com.google.common.util.concurrent.CycleDetectingLockFactory;
import com.google.common.util.concurrent.CycleDetectingLockFactory.Policies;
import com.google.common.util.concurrent.CycleDetectingLockFactory.PotentialDeadlockException;
import io.github.headway4j.primitives.Held;
import io.github.headway4j.primitives.Holdable;
import io.github.headway4j.primitives.Locks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.stream.IntStream;

/**
 * The deadlock found before it happens. The philosophers eat one after another, so nobody can get stuck; but Guava's
 * {@link CycleDetectingLockFactory} remembers the order in which the forks were taken, and refuses the lock that would
 * close a circle.
 */
public final class PredictedDeadlock {
    /**
     * What the lock factory had to say.
     *
     * @param ate the philosophers who ate, in order
     * @param refused the philosopher whose second fork was refused
     * @param circle the pairs of forks that form the circle, each "first -> second"; the last pair is the refused one
     */
    public record Result(List<Philosopher> ate, Philosopher refused, List<String> circle) {
        /** Copies the lists. */
        public Result {
            ate = List.copyOf(ate);
            circle = List.copyOf(circle);
        }
    }

    private PredictedDeadlock() {}

    /**
     * Lets the philosophers eat one after another, each with the left fork first.
     *
     * @return who ate, who was refused, and the circle
     * @throws IllegalStateException if no circle was found
     */
    @SuppressWarnings("try") // the forks are only held
    public static Result find() {
        CycleDetectingLockFactory factory = CycleDetectingLockFactory.newInstance(Policies.THROW);
        List<Lock> forks = IntStream.range(0, Philosopher.values().length)
                .<Lock>mapToObj(number -> factory.newReentrantLock("fork " + number))
                .toList();
        List<Philosopher> ate = new ArrayList<>();
        for (Philosopher philosopher : Philosopher.values()) {
            Holdable leftFork = Locks.of(forks.get(philosopher.leftFork()));
            Holdable rightFork = Locks.of(forks.get(philosopher.rightFork()));
            try (Held left = leftFork.hold();
                    Held right = rightFork.hold()) {
                ate.add(philosopher);
            } catch (PotentialDeadlockException e) {
                return new Result(ate, philosopher, circle(e));
            }
        }
        throw new IllegalStateException("expected a circle of forks to be found");
    }

    /** The message of the exception tells the pairs, the refused one first and the others backwards. */
    private static List<String> circle(PotentialDeadlockException e) {
        List<String> pairs = Arrays.asList(e.getMessage().split(", "));
        Collections.reverse(pairs);
        return pairs;
    }
}
