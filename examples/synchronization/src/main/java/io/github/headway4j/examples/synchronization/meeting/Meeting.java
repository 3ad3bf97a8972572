// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.meeting;

import io.github.headway4j.examples.synchronization.Crew;
import io.github.headway4j.examples.threads.life.Nap;
import io.github.headway4j.primitives.Barrier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Four threads work, each for one to ten seconds as chance will have it, meet at a {@link Barrier}, and all go on
 * together; again and again if there are more rounds.
 */
public final class Meeting {
    /** How many threads meet in the course. */
    public static final int THREADS = 4;

    private static final int LONGEST_SECONDS = 10;
    private static final int SHORTEST_SECONDS = 1;

    private final int rounds;
    private final Duration second;
    private final Point point;
    private final AtomicIntegerArray worked;
    private final LongAdder tooEarly = new LongAdder();
    private final List<String> firstRound = Collections.synchronizedList(new ArrayList<>());
    private final List<Integer> arrivals = Collections.synchronizedList(new ArrayList<>());

    /** Where the threads meet. */
    private interface Point {
        int await() throws InterruptedException, BrokenBarrierException, TimeoutException;
    }

    /**
     * How it went.
     *
     * @param rounds how often the threads met
     * @param firstRound what happened in the first round, in this order
     * @param arrivals the arrival indexes of the first round, in the order in which the threads went on
     * @param tooEarly how often a thread went on before another one had come
     * @param elapsed how long it took
     */
    public record Result(int rounds, List<String> firstRound, List<Integer> arrivals, long tooEarly, Duration elapsed) {
        /** Copies the lists. */
        public Result {
            firstRound = List.copyOf(firstRound);
            arrivals = List.copyOf(arrivals);
        }
    }

    private Meeting(int threads, int rounds, Duration second, Point point) {
        if (rounds < 1) {
            throw new IllegalArgumentException("expected at least one round, not " + rounds);
        }
        this.rounds = rounds;
        this.second = second;
        this.point = point;
        this.worked = new AtomicIntegerArray(threads);
    }

    /**
     * Runs the program.
     *
     * @param args the length of a second in milliseconds; may be left out
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        Duration second = Nap.second(args);
        IntConsumer silent = percent -> {};
        System.out.println("With a barrier:");
        atBarrier(THREADS, 1, second, silent).firstRound().forEach(line -> System.out.println("    " + line));
        System.out.println("Without one:");
        withoutBarrier(THREADS, 1, second, silent).firstRound().forEach(line -> System.out.println("    " + line));
    }

    /**
     * Lets threads meet at a barrier.
     *
     * @param threads how many threads
     * @param rounds how often they meet
     * @param second how long a second of work is
     * @param progress gets the percentage of the rounds, from the calling thread
     * @return how it went
     * @throws InterruptedException if the caller is interrupted; the threads have ended by then
     */
    public static Result atBarrier(int threads, int rounds, Duration second, IntConsumer progress)
            throws InterruptedException {
        Barrier barrier = new Barrier(threads);
        return new Meeting(threads, rounds, second, barrier::await).run(progress);
    }

    /**
     * Lets threads go on without waiting for each other.
     *
     * @param threads how many threads
     * @param rounds how often they would meet
     * @param second how long a second of work is
     * @param progress gets the percentage of the rounds, from the calling thread
     * @return how it went
     * @throws InterruptedException if the caller is interrupted; the threads have ended by then
     */
    public static Result withoutBarrier(int threads, int rounds, Duration second, IntConsumer progress)
            throws InterruptedException {
        return new Meeting(threads, rounds, second, () -> 0).run(progress);
    }

    private Result run(IntConsumer progress) throws InterruptedException {
        List<Callable<Void>> workers = IntStream.range(0, worked.length())
                .<Callable<Void>>mapToObj(self -> () -> work(self))
                .toList();
        long start = System.nanoTime();
        Crew.run("worker", workers, () -> progress.accept((int) (100L * worked.get(0) / rounds)));
        progress.accept(100);
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        return new Result(rounds, firstRound, arrivals, tooEarly.sum(), elapsed);
    }

    private Void work(int self) throws InterruptedException, BrokenBarrierException, TimeoutException {
        Random random = new Random();
        for (int round = 1; round <= rounds; round++) {
            double seconds = SHORTEST_SECONDS + random.nextDouble() * (LONGEST_SECONDS - SHORTEST_SECONDS);
            TimeUnit.NANOSECONDS.sleep((long) (seconds * second.toNanos()));
            if (round == 1) {
                firstRound.add("worker " + self + " arrives");
            }
            worked.set(self, round);
            int arrival = point.await();
            if (round == 1) {
                arrivals.add(arrival);
                firstRound.add("worker " + self + " goes on");
            }
            for (int other = 0; other < worked.length(); other++) {
                if (worked.get(other) < round) {
                    tooEarly.increment();
                }
            }
        }
        return null;
    }
}
