// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.lockedset;

import com.google.common.util.concurrent.Uninterruptibles;
import io.github.headway4j.primitives.LockedSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Several threads book seats for guests, and each asks first whether there is a seat left.
 *
 * <p>A set whose every method takes a lock is not enough for that: between the question and the answer others book too.
 * {@link LockedSet#atomically} makes one step of both, and reading does not wait for it.
 */
public final class GuestList {
    /** How many seats there are. */
    public static final int SEATS = 10;

    private static final int THREADS = 4;
    private static final int EVENINGS = 200;

    private GuestList() {}

    /**
     * How the evenings went.
     *
     * @param evenings how many evenings
     * @param overbooked on how many of them there were more guests than seats
     * @param mostGuests the most guests on an evening
     * @param wrongAnswers on how many evenings somebody was promised a seat and is not in the set, or the other way
     *     round
     * @param elapsed how long it took
     */
    public record Result(int evenings, int overbooked, int mostGuests, int wrongAnswers, Duration elapsed) {}

    /**
     * Shows the set, and books without and with one step for both.
     *
     * @param args not used
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        LockedSet<String> guests = new LockedSet<>();
        System.out.println("add Ada: " + guests.add("Ada") + ", once more: " + guests.add("Ada"));
        System.out.println("contains Ada: " + guests.contains("Ada"));
        System.out.println("remove Ada: " + guests.remove("Ada") + ", contains Ada: " + guests.contains("Ada"));

        IntConsumer silent = percent -> {};
        print("synchronizedSet, in two steps", inTwoSteps(THREADS, EVENINGS, silent));
        print("LockedSet, atomically", atomically(THREADS, EVENINGS, silent));
    }

    private static void print(String how, Result result) {
        System.out.printf(
                "%s: %d of %d evenings overbooked, at most %d guests on %d seats%n",
                how, result.overbooked(), result.evenings(), result.mostGuests(), SEATS);
    }

    /**
     * Books with a set of the JDK that locks in every method: asks, then adds.
     *
     * @param threads how many threads book, at least one
     * @param evenings how many times {@value #SEATS} seats are booked, at least once
     * @param progress gets the percentage done, from the calling thread
     * @return how the evenings went
     * @throws InterruptedException if the caller is interrupted; the threads have ended by then
     */
    public static Result inTwoSteps(int threads, int evenings, IntConsumer progress) throws InterruptedException {
        return run(threads, evenings, progress, () -> {
            Set<String> guests = Collections.synchronizedSet(new HashSet<>());
            return new Evening(guests, guest -> bookIfFree(guests, guest));
        });
    }

    /**
     * Books with a locked set: asks and adds in one step.
     *
     * @param threads how many threads book, at least one
     * @param evenings how many times {@value #SEATS} seats are booked, at least once
     * @param progress gets the percentage done, from the calling thread
     * @return how the evenings went
     * @throws InterruptedException if the caller is interrupted; the threads have ended by then
     */
    public static Result atomically(int threads, int evenings, IntConsumer progress) throws InterruptedException {
        return run(threads, evenings, progress, () -> {
            LockedSet<String> guests = new LockedSet<>();
            return new Evening(guests, guest -> guests.atomically(all -> bookIfFree(all, guest)));
        });
    }

    private static Result run(int threads, int evenings, IntConsumer progress, Supplier<Evening> opening)
            throws InterruptedException {
        if (threads < 1 || evenings < 1) {
            throw new IllegalArgumentException(
                    "expected at least one thread and one evening, not " + threads + " and " + evenings);
        }
        int overbooked = 0;
        int mostGuests = 0;
        int wrongAnswers = 0;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        long start = System.nanoTime();
        try {
            for (int evening = 0; evening < evenings; evening++) {
                Evening open = opening.get();
                Set<String> promised = open.bookAll(pool, threads);
                overbooked += open.guests.size() > SEATS ? 1 : 0;
                mostGuests = Math.max(mostGuests, open.guests.size());
                wrongAnswers += promised.equals(open.guests) ? 0 : 1;
                progress.accept(100 * (evening + 1) / evenings);
            }
        } finally {
            pool.shutdownNow();
            Uninterruptibles.awaitTerminationUninterruptibly(pool);
        }
        return new Result(evenings, overbooked, mostGuests, wrongAnswers, Duration.ofNanos(System.nanoTime() - start));
    }

    private static boolean bookIfFree(Set<String> guests, String guest) {
        if (guests.size() >= SEATS) {
            return false;
        }
        LockSupport.parkNanos(1); // as when the operating system takes the processor away just here
        return guests.add(guest);
    }

    /**
     * One evening.
     *
     * @param guests who has a seat
     * @param booking tries to book for a guest, and says whether there was a seat
     */
    private record Evening(Set<String> guests, Predicate<String> booking) {

        /** Lets the threads book until no seat is left, and returns whom they promised one. */
        Set<String> bookAll(ExecutorService pool, int threads) throws InterruptedException {
            List<Callable<Set<String>>> clerks = new ArrayList<>();
            CountDownLatch allThere = new CountDownLatch(threads);
            for (int thread = 0; thread < threads; thread++) {
                String clerk = "guest of clerk " + thread + ", number ";
                clerks.add(() -> {
                    allThere.countDown();
                    allThere.await();
                    Set<String> promised = new HashSet<>();
                    while (booking.test(clerk + promised.size())) {
                        promised.add(clerk + promised.size());
                    }
                    return promised;
                });
            }
            Set<String> promised = new HashSet<>();
            for (Future<Set<String>> answer : pool.invokeAll(clerks)) {
                try {
                    promised.addAll(answer.get());
                } catch (ExecutionException e) {
                    throw new IllegalStateException("expected the clerk to succeed", e.getCause());
                }
            }
            return promised;
        }
    }
}
