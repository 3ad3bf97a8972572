// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.philosophers;

/**
 * Dining philosophers: five thinkers, five forks, and each takes the left fork first. How the deadlock is found, and
 * how the same order becomes safe.
 *
 * <ol>
 *   <li>{@link PredictedDeadlock}: Guava names the circle of forks although nobody is stuck yet;
 *   <li>{@link RealDeadlock}: all five are stuck, the threads tell who waits for whom, and one interrupt ends it;
 *   <li>{@link SafeDinner}: the same order with both forks taken at once, 10 000 meals each.
 * </ol>
 */
public final class PhilosophersExample {
    private PhilosophersExample() {}

    /**
     * Runs the three parts and prints what they show.
     *
     * @param args not used
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        PredictedDeadlock.Result predicted = PredictedDeadlock.find();
        System.out.printf("One after another, left fork first, forks by CycleDetectingLockFactory:%n");
        System.out.printf("%s ate; %s was refused, because of the circle%n", predicted.ate(), predicted.refused());
        predicted.circle().forEach(pair -> System.out.println("    " + pair));

        RealDeadlock.Result stuck = RealDeadlock.provoke();
        System.out.printf("%nAll at once, left fork first:%n");
        stuck.waits().forEach(wait -> System.out.println("    " + wait));
        System.out.printf("The virtual machine names as deadlocked: %s%n", stuck.foundByJvm());
        System.out.printf(
                "Interrupted, %s gave up; then %s could eat. Forks still taken: %d%n",
                stuck.gaveUp(), stuck.ate(), stuck.forksLeft());

        SafeDinner.Result dinner = SafeDinner.serve(SafeDinner.MEALS, percent -> {});
        System.out.printf("%nAll at once, left fork first, both by Locks.holdAll:%n");
        dinner.meals().forEach((who, meals) -> System.out.printf("    %-9s %,7d meals%n", who, meals));
        System.out.printf(
                "%,d meals in %d ms; a fork in two hands at once: %d times%n",
                dinner.totalMeals(), dinner.elapsed().toMillis(), dinner.clashes());
    }
}
