// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import io.github.headway4j.examples.synchronization.philosophers.Philosopher;
import io.github.headway4j.examples.synchronization.philosophers.PredictedDeadlock;
import io.github.headway4j.examples.synchronization.philosophers.RealDeadlock;
import io.github.headway4j.examples.synchronization.philosophers.SafeDinner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The deadlock of the philosophers, predicted and real, and the same dinner with both forks taken at once. */
final class PhilosophersStop implements Stop {
    private static final int PHILOSOPHERS = Philosopher.values().length;

    @Override
    public String name() {
        return "philosophers";
    }

    @Override
    public String title() {
        return "Dining philosophers";
    }

    @Override
    public String explanation() {
        return "Five philosophers take the left fork first and then the right one, which ends in a deadlock;"
                + " taken by one holdAll, the same forks in the same order are safe.";
    }

    @Override
    public Outcome run(StopContext context) throws InterruptedException {
        PredictedDeadlock.Result predicted;
        RealDeadlock.Result real;
        try (Progress bar = context.progress("Getting stuck, and out again")) {
            predicted = PredictedDeadlock.find();
            bar.accept(50);
            real = RealDeadlock.provoke();
            bar.accept(100);
        }
        int meals = context.size(100_000, SafeDinner.MEALS);
        SafeDinner.Result dinner;
        try (Progress bar = context.progress("Eating " + Words.count(meals) + " meals each")) {
            dinner = SafeDinner.serve(meals, bar);
        }
        return judge(predicted, real, dinner, meals);
    }

    private static Outcome judge(
            PredictedDeadlock.Result predicted, RealDeadlock.Result real, SafeDinner.Result dinner, int meals) {
        String total = Words.count(dinner.totalMeals());
        return Outcome.showing("a deadlock named, then " + total + " meals under holdAll")
                .grid(
                        "Who waits for whom, read from the threads",
                        List.of("Philosopher", "waits for", "held by"),
                        waits(real))
                .grid(
                        "The same order under holdAll, over in " + Words.time(dinner.elapsed()),
                        List.of("Philosopher", "Meals", "Left fork", "Meals served by it"),
                        meals(dinner))
                .note("Before anybody is stuck, Guava's CycleDetectingLockFactory refuses " + predicted.refused()
                        + " the second fork and names the circle: "
                        + String.join(", ", predicted.circle()).replace("fork ", "") + ".")
                .naive("One fork after the other: all " + real.waits().size()
                        + " wait for ever, until an interrupt sends " + names(real.gaveUp()) + " away hungry.")
                .check(
                        "the circle is found before anybody is stuck",
                        predicted.refused() == Philosopher.RUSSELL
                                && predicted.ate().size() == PHILOSOPHERS - 1,
                        predicted.refused() + " would close it")
                .check(
                        "the deadlock is a circle of all five",
                        isCircle(real.waits()),
                        real.waits().size() + " wait")
                .check(
                        "one interrupt ends it, and no fork is left taken",
                        real.gaveUp().size() == 1 && real.ate().size() == PHILOSOPHERS - 1 && real.forksLeft() == 0,
                        names(real.gaveUp()) + " gave up, " + real.ate().size() + " could eat")
                .check(
                        "under holdAll, everybody eats all meals",
                        dinner.meals().size() == PHILOSOPHERS
                                && dinner.meals().values().stream().allMatch(eaten -> eaten == meals),
                        total + " meals")
                .check(
                        "no fork was in two hands at once",
                        dinner.clashes() == 0 && dinner.forkUses().stream().allMatch(uses -> uses == 2 * meals),
                        Words.count(2L * meals) + " uses of each fork")
                .build();
    }

    private static List<List<String>> waits(RealDeadlock.Result real) {
        return real.waits().stream()
                .map(wait -> List.of(
                        wait.who().toString(),
                        "fork " + wait.fork(),
                        wait.holder().toString()))
                .toList();
    }

    private static List<List<String>> meals(SafeDinner.Result dinner) {
        List<List<String>> rows = new ArrayList<>();
        dinner.meals()
                .forEach((philosopher, eaten) -> rows.add(List.of(
                        philosopher.toString(),
                        Words.count(eaten),
                        "fork " + philosopher.leftFork(),
                        Words.count(dinner.forkUses().get(philosopher.leftFork())))));
        return rows;
    }

    private static boolean isCircle(List<RealDeadlock.Wait> waits) {
        boolean linked = waits.size() == PHILOSOPHERS;
        for (int index = 0; index < waits.size(); index++) {
            linked &= waits.get(index).holder()
                    == waits.get((index + 1) % waits.size()).who();
        }
        return linked && waits.stream().map(RealDeadlock.Wait::who).distinct().count() == PHILOSOPHERS;
    }

    private static String names(Set<Philosopher> philosophers) {
        return philosophers.stream().map(Philosopher::toString).collect(Collectors.joining(", "));
    }
}
