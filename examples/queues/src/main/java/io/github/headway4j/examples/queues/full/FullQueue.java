// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.queues.full;

import io.github.headway4j.examples.synchronization.Crew;
import io.github.headway4j.examples.threads.life.Nap;
import io.github.headway4j.queues.FifoTaskQueue;
import io.github.headway4j.queues.QueueFullException;
import io.github.headway4j.queues.TaskQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * A queue for five items: four threads fill it and stop when it is full, and then it is emptied.
 *
 * <p>None of them asks {@code full()} first and puts then: another thread may have taken the last place in between, and
 * the put would wait for ever. {@code offer} asks and puts in one step, and {@code poll} asks and takes.
 */
public final class FullQueue {
    /** How many items there is room for. */
    public static final int CAPACITY = 5;

    /** How many threads fill the queue. */
    public static final int THREADS = 4;

    private static final Duration NOT_LONG = Duration.ofMillis(1);

    private final TaskQueue<Integer> queue;
    private final Nap nap;
    private final Consumer<String> out;

    /**
     * How it went.
     *
     * @param put how many items each thread put
     * @param full what {@code add}, {@code offer} and the {@code offer} that waits for a moment did when it was full
     * @param taken the items that were taken, in this order
     * @param empty what {@code remove}, {@code poll} and the {@code poll} that waits for a moment did when it was empty
     */
    public record Result(List<Integer> put, List<String> full, List<Integer> taken, List<String> empty) {
        /** Copies the lists. */
        public Result {
            put = List.copyOf(put);
            full = List.copyOf(full);
            taken = List.copyOf(taken);
            empty = List.copyOf(empty);
        }
    }

    private FullQueue(int capacity, Nap nap, Consumer<String> out) {
        this.queue = FifoTaskQueue.bounded(capacity);
        this.nap = nap;
        this.out = out;
    }

    /**
     * Runs the program.
     *
     * @param args the length of a second in milliseconds; may be left out
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        Result result = run(CAPACITY, THREADS, Nap.of(args), System.out::println);
        System.out.println("when it was full:  " + String.join(", ", result.full()));
        System.out.println("taken: " + result.taken());
        System.out.println("when it was empty: " + String.join(", ", result.empty()));
    }

    /**
     * Fills a queue by several threads, and empties it.
     *
     * @param capacity how many items there is room for
     * @param threads how many threads fill it, each with its own number
     * @param nap how each rests for a second after a put
     * @param out told what happens, by the thread that does it
     * @return how it went
     * @throws InterruptedException if the caller is interrupted; the threads have ended by then
     */
    public static Result run(int capacity, int threads, Nap nap, Consumer<String> out) throws InterruptedException {
        return new FullQueue(capacity, nap, out).run(threads);
    }

    private Result run(int threads) throws InterruptedException {
        List<Callable<Integer>> fillers = new ArrayList<>();
        for (int number = 0; number < threads; number++) {
            int self = number;
            fillers.add(() -> fill(self));
        }
        List<Integer> put = Crew.run("filler", fillers, () -> {});
        List<String> full = List.of(
                "add throws " + thrownBy(QueueFullException.class, () -> queue.add(-1)),
                "offer gives " + queue.offer(-1),
                "offer that waits gives " + queue.offer(-1, NOT_LONG));
        List<Integer> taken = new ArrayList<>();
        for (Integer item = queue.poll(); item != null; item = queue.poll()) {
            taken.add(item);
        }
        List<String> empty = List.of(
                "remove throws " + thrownBy(NoSuchElementException.class, queue::remove),
                "poll gives " + queue.poll(),
                "poll that waits gives " + queue.poll(NOT_LONG));
        return new Result(put, full, taken, empty);
    }

    private int fill(int self) throws InterruptedException {
        int put = 0;
        while (queue.offer(self)) {
            put++;
            out.accept("filler-" + self + " puts one, room for " + queue.remainingCapacity());
            nap.take(1);
        }
        out.accept("filler-" + self + " finds it full");
        return put;
    }

    private static String thrownBy(Class<? extends RuntimeException> expected, Runnable call) {
        try {
            call.run();
            return "nothing";
        } catch (RuntimeException refused) {
            return expected.cast(refused).getClass().getSimpleName();
        }
    }
}
