// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.events;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
    private static final Duration DEFAULT_SECOND = Duration.ofMillis(100);
    private static final int SECONDS = 3;

    private final Supplier<Signal> signals;
    private final Duration rest;
    private final Consumer<String> out;
    private final List<String> ends = Collections.synchronizedList(new ArrayList<>());

    /**
     * What came of it.
     *
     * @param ends the threads in the order in which they ended; the threads of A are
     * @param reaction how long after the outer signal all were over
     */
    public record Result(List<String> ends, Duration reaction) {
        /** Copies the list. */
        public Result {
            ends = List.copyOf(ends);
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
        Duration second = args.length > 0 ? Duration.ofMillis(Long.parseLong(args[0])) : DEFAULT_SECOND;
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
     * Starts the threads and stops them.
     *
     * @param signals makes the outer signal and those of the two threads
     * @param rest how long each thread rests between two looks
     * @param work what the calling thread does before it sets the outer signal
     * @param out told when a thread ends, by that thread
     * @return what came of it
     * @throws InterruptedException if the caller is interrupted; all threads are then interrupted too
     */
    public static Result run(Supplier<Signal> signals, Duration rest, PollingThread.Work work, Consumer<String> out)
            throws InterruptedException {
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
            long start = System.nanoTime();
            outer.set();
            join(threads);
            return new Result(ends, Duration.ofNanos(System.nanoTime() - start));
        } finally {
            threads.forEach(Thread::interrupt);
        }
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
            threads.forEach(Thread::interrupt);
        }
    }

    private void awaitSet(Signal signal) throws InterruptedException {
        while (!signal.rest(rest)) {
            Thread.onSpinWait(); // here would be a bit of work
        }
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
        thread.start();
        return thread;
    }

    private static void join(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
