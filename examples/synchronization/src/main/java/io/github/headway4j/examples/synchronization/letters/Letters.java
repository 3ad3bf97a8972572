// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.letters;

import io.github.headway4j.examples.synchronization.Crew;
import io.github.headway4j.primitives.Held;
import io.github.headway4j.primitives.Mutex;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Five threads print P Y T H O N letter by letter, with random pauses: jumbled at first, then in order, because each
 * holds a {@link Mutex} for its whole word.
 */
public final class Letters {

    /** What each thread prints. */
    public static final String WORD = "PYTHON";

    private static final int THREADS = 5;
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(20);

    private final Mutex mutex = new Mutex();
    private final List<Letter> printed = new CopyOnWriteArrayList<>();
    private final boolean locking;
    private final long longestPauseNanos;
    private final Consumer<Letter> out;
    private final CountDownLatch allThere;

    /**
     * A printed letter.
     *
     * @param thread the number of the thread that printed it, from 0
     * @param letter the letter
     */
    public record Letter(int thread, char letter) {}

    private Letters(int threads, Duration longestPause, boolean locking, Consumer<Letter> out) {
        this.longestPauseNanos = longestPause.toNanos();
        this.locking = locking;
        this.out = out;
        this.allThere = new CountDownLatch(threads);
    }

    /**
     * Prints without and with a lock.
     *
     * @param args not used
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        Consumer<Letter> out = letter -> System.out.print(letter.letter() + " ");
        System.out.println("Without a lock:");
        run(THREADS, LONGEST_PAUSE, false, out);
        System.out.printf("%nWith a lock:%n");
        run(THREADS, LONGEST_PAUSE, true, out);
        System.out.println();
    }

    /**
     * Lets threads print the word.
     *
     * @param threads how many threads
     * @param longestPause the longest pause before a letter
     * @param locking whether each thread holds the mutex for its whole word
     * @param out told each letter by the thread that prints it
     * @return the letters in the order in which they were printed
     * @throws InterruptedException if the caller is interrupted; the threads then end too
     */
    public static List<Letter> run(int threads, Duration longestPause, boolean locking, Consumer<Letter> out)
            throws InterruptedException {
        return new Letters(threads, longestPause, locking, out).run(threads);
    }

    private List<Letter> run(int threads) throws InterruptedException {
        List<Thread> started = new ArrayList<>();
        for (int number = 0; number < threads; number++) {
            int thread = number;
            started.add(new Thread(() -> print(thread), "printer-" + thread));
        }
        started.forEach(Thread::start);
        try {
            for (Thread thread : started) {
                thread.join();
            }
        } finally {
            Crew.sendHome(started);
        }
        return List.copyOf(printed);
    }

    @SuppressWarnings("try") // the mutex is only held
    private void print(int thread) {
        try {
            allThere.countDown();
            allThere.await();
            if (locking) {
                try (Held held = mutex.holdInterruptibly()) {
                    spell(thread);
                }
            } else {
                spell(thread);
            }
        } catch (InterruptedException sentHome) {
            Thread.currentThread().interrupt();
        }
    }

    private void spell(int thread) throws InterruptedException {
        Random random = new Random();
        for (char character : WORD.toCharArray()) {
            TimeUnit.NANOSECONDS.sleep((long) (random.nextDouble() * longestPauseNanos));
            Letter letter = new Letter(thread, character);
            printed.add(letter);
            out.accept(letter);
        }
    }
}
