// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.queues.fifo;

import io.github.headway4j.examples.queues.Subscribers;
import io.github.headway4j.examples.threads.life.Nap;
import io.github.headway4j.queues.FifoTaskQueue;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** The supermarket: four subscribers take ten items from a {@link FifoTaskQueue}, first in, first out. */
public final class Supermarket {
    /** How many items there are. */
    public static final int ITEMS = 10;

    /** How many threads take them. */
    public static final int SUBSCRIBERS = 4;

    private Supermarket() {}

    /**
     * Runs the program.
     *
     * @param args the length of a second in milliseconds; may be left out
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        run(ITEMS, SUBSCRIBERS, Nap.of(args), System.out::println);
        System.out.println("queue is empty");
    }

    /**
     * Lets subscribers take the numbers from 0 on.
     *
     * @param items how many numbers
     * @param subscribers how many threads
     * @param nap how they work
     * @param out told who takes what
     * @return how it went
     * @throws InterruptedException if the caller is interrupted; the threads have ended by then
     */
    public static Subscribers.Result<Integer> run(
            int items, int subscribers, Nap nap, Consumer<Subscribers.Call<Integer>> out) throws InterruptedException {
        List<Integer> numbers = IntStream.range(0, items).boxed().toList();
        return Subscribers.serve(FifoTaskQueue.unbounded(), numbers, subscribers, nap, out);
    }
}
