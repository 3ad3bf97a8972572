// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.queues;

import io.github.headway4j.examples.synchronization.Crew;
import io.github.headway4j.examples.threads.life.Nap;
import io.github.headway4j.primitives.Held;
import io.github.headway4j.primitives.Mutex;
import io.github.headway4j.queues.TaskQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Threads that take items from a queue until nothing is left, and report each when they are done with it, while
 * somebody waits for the last report. In which order they take them is the queue's business.
 *
 * <p>They take turns at taking, by a mutex, only so that what is printed is in the order of taking. Do not copy that:
 * the queue needs no mutex, and a worker's loop is {@link TaskQueue#forEachTask}, as that of the carrier in
 * {@link io.github.headway4j.examples.queues.several.PostOffice}.
 *
 * @param <E> the type of the items
 */
public final class Subscribers<E extends Object> {
    private final TaskQueue<E> queue;
    private final Nap nap;
    private final Consumer<Call<E>> out;
    private final Mutex turn = new Mutex();
    private final AtomicInteger done = new AtomicInteger();
    // under the mutex
    private final List<Call<E>> calls = new ArrayList<>();
    private long underWayWhenEmpty;

    /**
     * An item was taken.
     *
     * @param subscriber the number of the thread that took it, from 0
     * @param item the item
     * @param <E> the type of the item
     */
    public record Call<E extends Object>(int subscriber, E item) {
        @Override
        public String toString() {
            return "subscriber-" + subscriber + " takes " + item;
        }
    }

    /**
     * How it went.
     *
     * @param calls who took what, in the order of taking
     * @param underWayWhenEmpty how many items were taken and not done at the moment when the last was taken
     * @param doneAtJoin how many items were done when the wait for all of them ended
     * @param <E> the type of the items
     */
    public record Result<E extends Object>(List<Call<E>> calls, long underWayWhenEmpty, int doneAtJoin) {
        /** Copies the list. */
        public Result {
            calls = List.copyOf(calls);
        }

        /**
         * Tells what was taken.
         *
         * @return the items in the order of taking
         */
        public List<E> items() {
            return calls.stream().map(Call::item).toList();
        }
    }

    private Subscribers(TaskQueue<E> queue, Nap nap, Consumer<Call<E>> out) {
        this.queue = queue;
        this.nap = nap;
        this.out = out;
    }

    /**
     * Puts all items, and then lets threads take them, each of which works for a second on each.
     *
     * @param queue an empty queue with room for all items
     * @param items the items
     * @param subscribers how many threads, at least one
     * @param nap how they work
     * @param out told who takes what, in the order of taking, by the thread that takes it
     * @param <E> the type of the items
     * @return how it went
     * @throws InterruptedException if the caller is interrupted; the threads have ended by then
     */
    public static <E extends Object> Result<E> serve(
            TaskQueue<E> queue, List<E> items, int subscribers, Nap nap, Consumer<Call<E>> out)
            throws InterruptedException {
        if (subscribers < 1) {
            throw new IllegalArgumentException("expected at least one subscriber, not " + subscribers);
        }
        queue.putAll(items);
        return new Subscribers<>(queue, nap, out).run(subscribers);
    }

    private Result<E> run(int subscribers) throws InterruptedException {
        List<Callable<Integer>> tasks = new ArrayList<>();
        for (int number = 0; number < subscribers; number++) {
            int self = number;
            tasks.add(() -> subscribe(self));
        }
        tasks.add(this::doneWhenAllIsDone);
        int doneAtJoin = Crew.run("subscriber", tasks, () -> {}).get(subscribers);
        return new Result<>(calls, underWayWhenEmpty, doneAtJoin);
    }

    private int doneWhenAllIsDone() throws InterruptedException {
        queue.join();
        return done.get();
    }

    private int subscribe(int self) throws InterruptedException {
        int served = 0;
        for (E item = next(self); item != null; item = next(self)) {
            try {
                nap.take(1);
                done.incrementAndGet();
            } finally {
                queue.taskDone();
            }
            served++;
        }
        return served;
    }

    /** Asks whether there is an item and takes it, in one step; the mutex is for the order of what is told. */
    @SuppressWarnings("try") // the mutex is only held
    private @Nullable E next(int self) throws InterruptedException {
        try (Held held = turn.holdInterruptibly()) {
            E item = queue.poll();
            if (item != null) {
                Call<E> call = new Call<>(self, item);
                calls.add(call);
                if (queue.isEmpty()) {
                    underWayWhenEmpty = queue.unfinishedTasks();
                }
                out.accept(call);
            }
            return item;
        }
    }
}
