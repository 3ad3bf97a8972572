// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.executors;

import io.github.headway4j.examples.tasks.Story;
import io.github.headway4j.tasks.WorkerPool;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A list is doubled by {@code map}, several numbers at a time. The larger ones are done sooner, and yet the results are
 * in the order of the list.
 */
public final class DoubledList {
    private static final int NUMBERS = 8;
    private static final int WORKERS = 4;

    private DoubledList() {}

    /**
     * The two orders.
     *
     * @param numbers the list
     * @param doubled the results, in the order of the list
     * @param asTheyWereDone the numbers in the order in which they were doubled
     */
    public record Result(List<Integer> numbers, List<Integer> doubled, List<Integer> asTheyWereDone) {
        /** Copies the lists. */
        public Result {
            numbers = List.copyOf(numbers);
            doubled = List.copyOf(doubled);
            asTheyWereDone = List.copyOf(asTheyWereDone);
        }
    }

    /**
     * Runs the program.
     *
     * @param args the length of a second in milliseconds; may be left out
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        Result result = run(Story.of(args));
        System.out.println("the list: " + result.numbers());
        System.out.println("doubled:  " + result.doubled());
    }

    /**
     * Doubles the numbers from 1 on.
     *
     * @param story where it is told, and how its tasks sleep
     * @return the numbers and their doubles
     * @throws InterruptedException if the caller is interrupted
     */
    public static Result run(Story story) throws InterruptedException {
        List<Integer> numbers = IntStream.rangeClosed(1, NUMBERS).boxed().toList();
        List<Integer> asTheyWereDone = Collections.synchronizedList(new ArrayList<>());
        try (WorkerPool pool = WorkerPool.fixed(WORKERS)) {
            List<Integer> doubled = pool.map(numbers, 1, number -> {
                rest(story, (double) (NUMBERS - number) / 2);
                asTheyWereDone.add(number);
                story.note(number + " is doubled");
                return 2 * number;
            });
            return new Result(numbers, doubled, asTheyWereDone);
        }
    }

    /** Sleeps where nothing checked may be thrown: a worker that is interrupted goes on at once. */
    private static void rest(Story story, double seconds) {
        try {
            story.sleep(seconds);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
