// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.queues.priority;

import io.github.headway4j.examples.queues.Subscribers;
import io.github.headway4j.examples.threads.life.Nap;
import io.github.headway4j.queues.PriorityTaskQueue;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The airport: two subscribers take five passengers with random priorities from a {@link PriorityTaskQueue}, the most
 * urgent first, and who came first among equals.
 */
public final class Airport {
    /** How many passengers there are. */
    public static final int PASSENGERS = 5;

    /** How many threads take them. */
    public static final int SUBSCRIBERS = 2;

    /** The largest priority. */
    public static final int LEAST_URGENT = 10;

    private Airport() {}

    /**
     * Somebody who waits.
     *
     * @param number how many came before, from 0
     * @param priority from 1, the most urgent, to 10
     */
    public record Passenger(int number, int priority) {
        @Override
        public String toString() {
            return "passenger " + number + " of priority " + priority;
        }
    }

    /**
     * Runs the program.
     *
     * @param args the length of a second in milliseconds; may be left out
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        List<Passenger> passengers = passengers(PASSENGERS, new Random());
        passengers.forEach(passenger -> System.out.println("here comes " + passenger));
        run(passengers, SUBSCRIBERS, Nap.of(args), System.out::println);
        System.out.println("queue is empty");
    }

    /**
     * Makes passengers.
     *
     * @param passengers how many
     * @param random draws their priorities
     * @return the passengers in the order of their coming
     */
    public static List<Passenger> passengers(int passengers, Random random) {
        return IntStream.range(0, passengers)
                .mapToObj(number -> new Passenger(number, 1 + random.nextInt(LEAST_URGENT)))
                .toList();
    }

    /**
     * Lets subscribers take passengers.
     *
     * @param passengers the passengers in the order of their coming
     * @param subscribers how many threads
     * @param nap how they work
     * @param out told who takes whom
     * @return how it went
     * @throws InterruptedException if the caller is interrupted; the threads have ended by then
     */
    public static Subscribers.Result<Passenger> run(
            List<Passenger> passengers, int subscribers, Nap nap, Consumer<Subscribers.Call<Passenger>> out)
            throws InterruptedException {
        return Subscribers.serve(
                PriorityTaskQueue.bySmallestKey(Passenger::priority), passengers, subscribers, nap, out);
    }
}
