// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.events;

import io.github.headway4j.examples.synchronization.Crew;
import io.github.headway4j.examples.threads.life.Nap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Two threads each start four threads. The main thread sets the outer event, which stops the two; each of them sets an
 * event of its own, which stops its four, and joins them. When the main thread has joined the two, all ten are over.
 *
 * <p>One event for all would stop them in any order: a thread could be over while those that it started still use what
 * it gave them.
 */
public final class NestedEvents {
    private static final int OUTER = 2;
    private static final int INNER = 4;
    private static final int SECONDS = 3;

    private final Supplier<Signal> signals;
    private final Duration rest;
    private final Consumer<String> out;
    private final List<Thread> all = new CopyOnWriteArrayList<>();
    private final List<Duration> lastRests = new CopyOnWriteArrayList<>();
    private final List<String> ends = new CopyOnWriteArrayList<>();

    /**
     * What came of it.
     *
     * @param ends the threads in the order in which they ended; the threads of A are
     * @param reaction how long after the outer signal all were over
     * @param lastRests how long each thread rested before it saw that its signal is set
     */
    public record Result(List<String> ends, Duration reaction, List<Duration> lastRests) {
        /** Copies the lists. */
        public Result {
            ends = List.copyOf(ends);
            lastRests = List.copyOf(lastRests);
        }
    }

    private NestedEvents(Supplier<Signal> signals, Duration rest, Consumer<String> out) {
        this.signals = signals;
        this.rest = rest;
        this.out = out;
    }

    /**
     * Runs the program.
     *
     * @param args the length of a second in milliseconds; may be left out
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        Duration second = Nap.second(args);
        Result result = run(
                Signal::ofEvent,
                second,
                () -> TimeUnit.NANOSECONDS.sleep(SECONDS * second.toNanos()),
                System.out::println);
        System.out.printf(
                "All %d are over, %,d us after the outer event%n",
                result.ends().size(), result.reaction().toNanos() / 1_000);
    }

    /**
     * Starts the threads and stops them, once each has come to rest.
     *
     * @param signals makes the outer signal and those of the two threads
     * @param rest how long each thread rests between two looks, longer than nothing
     * @param work what the calling thread does before it sets the outer signal
     * @param out told when a thread ends, by that thread
     * @return what came of it
     * @throws InterruptedException if the caller is interrupted; all threads have ended by then
     */
    public static Result run(Supplier<Signal> signals, Duration rest, PollingThread.Work work, Consumer<String> out)
            throws InterruptedException {
        if (rest.isNegative() || rest.isZero()) {
            throw new IllegalArgumentException("expected a rest that is longer than nothing, not " + rest);
        }
        return new NestedEvents(signals, rest, out).run(work);
    }

    private Result run(PollingThread.Work work) throws InterruptedException {
        Signal outer = signals.get();
        List<Thread> threads = new ArrayList<>();
        for (int number = 0; number < OUTER; number++) {
            String name = Character.toString('A' + number);
            threads.add(start(name, () -> startFour(name, outer)));
        }
        try {
            work.run();
            awaitRest();
            long start = System.nanoTime();
            outer.set();
            join(threads);
            return new Result(ends, Duration.ofNanos(System.nanoTime() - start), lastRests);
        } finally {
            Crew.sendHome(threads);
        }
    }

    /** Waits until each thread has been seen at rest. */
    private void awaitRest() throws InterruptedException {
        Set<Thread> rested = new HashSet<>();
        Crew.until("all threads at rest", () -> {
            all.stream()
                    .filter(thread -> thread.getState() == Thread.State.TIMED_WAITING)
                    .forEach(rested::add);
            return rested.size() == OUTER * (1 + INNER);
        });
    }

    /** The life of one of the two. */
    private void startFour(String name, Signal outer) throws InterruptedException {
        Signal inner = signals.get();
        List<Thread> threads = new ArrayList<>();
        for (int number = 0; number < INNER; number++) {
            threads.add(start(name + "-" + number, () -> awaitSet(inner)));
        }
        try {
            awaitSet(outer);
            inner.set();
            join(threads);
        } finally {
            Crew.sendHome(threads);
        }
    }

    private void awaitSet(Signal signal) throws InterruptedException {
        AtomicLong lastRest = new AtomicLong();
        while (!PollingThread.timedRest(signal, rest, lastRest)) {
            Thread.onSpinWait(); // here would be a bit of work
        }
        lastRests.add(Duration.ofNanos(lastRest.get()));
    }

    private Thread start(String name, PollingThread.Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (InterruptedException sentHome) {
                        Thread.currentThread().interrupt();
                    }
                    ends.add(name);
                    out.accept(name + " is over");
                },
                name);
        all.add(thread);
        thread.start();
        return thread;
    }

    private static void join(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
