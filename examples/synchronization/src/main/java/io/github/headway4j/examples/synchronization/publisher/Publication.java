// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.publisher;

import io.github.headway4j.examples.synchronization.Crew;
import io.github.headway4j.primitives.Guarded;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntConsumer;

/**
 * Numbers on their way from a publisher to subscribers, over a list that is {@link Guarded}: whoever changes it wakes
 * those who wait for what it has become. There is no signal that could be forgotten, or sent to the wrong one.
 */
public final class Publication {
    private static final int LARGEST = 1_000;

    /** The list, and whether nothing more will come. Only reached under the lock. */
    private static final class Board {
        private final Deque<Integer> numbers = new ArrayDeque<>();
        private boolean over;

        boolean hasNews() {
            return over || !numbers.isEmpty();
        }

        /** The next number; empty if there is none. */
        Optional<Integer> next() {
            return Optional.ofNullable(numbers.poll());
        }
    }

    /**
     * What a subscriber saw in one look.
     *
     * @param number the number that he took, if there was one
     * @param over whether nothing more will come
     */
    private record Glance(Optional<Integer> number, boolean over) {}

    /** How a subscriber gets the next number. */
    private interface Taking {
        Optional<Integer> next() throws InterruptedException;
    }

    /**
     * What came of it.
     *
     * @param published the numbers in the order of publication
     * @param taken for each subscriber, what he took, in this order
     * @param looks how often somebody looked whether there is a number
     * @param busy how long the subscribers kept processors busy, added up; zero if the JVM cannot tell
     * @param elapsed how long it took
     */
    public record Result(
            List<Integer> published, List<List<Integer>> taken, long looks, Duration busy, Duration elapsed) {
        /** Copies the lists. */
        public Result {
            published = List.copyOf(published);
            taken = List.copyOf(taken);
        }
    }

    private final Guarded<Board> board = Guarded.of(new Board());
    private final LongAdder looks = new LongAdder();
    private final LongAdder busyNanos = new LongAdder();

    private Publication() {}

    /**
     * Publishes for subscribers who wait until there is a number.
     *
     * @param numbers how many numbers are published
     * @param subscribers how many take them, at least one
     * @param longestPause the longest pause before a number; the pauses are random
     * @param random decides on numbers and pauses
     * @param progress gets the percentage published, from the calling thread, which is the publisher
     * @return what came of it
     * @throws InterruptedException if the caller is interrupted; the subscribers have ended by then
     */
    public static Result guarded(
            int numbers, int subscribers, Duration longestPause, Random random, IntConsumer progress)
            throws InterruptedException {
        Publication publication = new Publication();
        return publication.run(publication::await, numbers, subscribers, longestPause, random, progress);
    }

    /**
     * Publishes for subscribers who look for a number again and again.
     *
     * @param numbers how many numbers are published
     * @param subscribers how many take them, at least one
     * @param longestPause the longest pause before a number; the pauses are random
     * @param random decides on numbers and pauses
     * @param progress gets the percentage published, from the calling thread, which is the publisher
     * @return what came of it
     * @throws InterruptedException if the caller is interrupted; the subscribers have ended by then
     */
    public static Result polling(
            int numbers, int subscribers, Duration longestPause, Random random, IntConsumer progress)
            throws InterruptedException {
        Publication publication = new Publication();
        return publication.run(publication::poll, numbers, subscribers, longestPause, random, progress);
    }

    private Optional<Integer> await() throws InterruptedException {
        return board.awaitThen(this::look, Board::next);
    }

    private Optional<Integer> poll() throws InterruptedException {
        while (true) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            Glance glance = board.with(seen -> {
                looks.increment();
                return new Glance(seen.next(), seen.over);
            });
            if (glance.number().isPresent() || glance.over()) {
                return glance.number();
            }
            Thread.yield();
        }
    }

    private boolean look(Board seen) {
        looks.increment();
        return seen.hasNews();
    }

    private Result run(
            Taking taking, int numbers, int subscribers, Duration longestPause, Random random, IntConsumer progress)
            throws InterruptedException {
        if (subscribers < 1) {
            throw new IllegalArgumentException("expected at least one subscriber, not " + subscribers);
        }
        List<FutureTask<List<Integer>>> tasks = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int number = 0; number < subscribers; number++) {
            FutureTask<List<Integer>> task = new FutureTask<>(() -> takeAll(taking));
            tasks.add(task);
            threads.add(new Thread(task, "subscriber-" + number));
        }
        long start = System.nanoTime();
        try {
            threads.forEach(Thread::start);
            List<Integer> published = publish(numbers, longestPause, random, progress);
            List<List<Integer>> taken = new ArrayList<>();
            for (FutureTask<List<Integer>> task : tasks) {
                taken.add(task.get());
            }
            return new Result(
                    published,
                    taken,
                    looks.sum(),
                    Duration.ofNanos(busyNanos.sum()),
                    Duration.ofNanos(System.nanoTime() - start));
        } catch (ExecutionException e) {
            throw new IllegalStateException("expected the subscribers to succeed", e.getCause());
        } finally {
            Crew.sendHome(threads);
        }
    }

    private List<Integer> publish(int numbers, Duration longestPause, Random random, IntConsumer progress)
            throws InterruptedException {
        List<Integer> published = new ArrayList<>();
        while (published.size() < numbers) {
            TimeUnit.NANOSECONDS.sleep((long) (random.nextDouble() * longestPause.toNanos()));
            int number = random.nextInt(LARGEST + 1);
            published.add(number);
            board.use(open -> open.numbers.add(number));
            progress.accept(100 * published.size() / numbers);
        }
        board.use(open -> open.over = true);
        return published;
    }

    private List<Integer> takeAll(Taking taking) throws InterruptedException {
        List<Integer> taken = new ArrayList<>();
        Optional<Integer> next = taking.next();
        while (next.isPresent()) {
            taken.add(next.get());
            next = taking.next();
        }
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        if (clock.isCurrentThreadCpuTimeSupported()) {
            busyNanos.add(clock.getCurrentThreadCpuTime());
        }
        return taken;
    }
}
