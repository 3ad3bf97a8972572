// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.events;

import io.github.headway4j.examples.synchronization.Crew;
import io.github.headway4j.examples.threads.life.Nap;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A thread polls once a second whether the main thread, which does so after ten seconds, has set an event.
 *
 * <p>With an {@link io.github.headway4j.primitives.Event}, the pause between two looks is a wait for it: the thread ends
 * the moment that it is set. A thread that sleeps between two looks at a variable sleeps to the end first.
 */
public final class PollingThread {
    private static final int SECONDS = 10;

    private PollingThread() {}

    /** What the main thread does before it sets the event. */
    @FunctionalInterface
    public interface Work {

        /**
         * Does it.
         *
         * @throws InterruptedException if the main thread is interrupted
         */
        void run() throws InterruptedException;
    }

    /**
     * What came of it.
     *
     * @param looks how often the thread saw that the signal is not set
     * @param reaction how long after the signal the thread was over
     * @param lastRest how long the thread rested before it saw that the signal is set
     */
    public record Result(int looks, Duration reaction, Duration lastRest) {}

    /**
     * Runs the program with an event and with a variable.
     *
     * @param args the length of a second in milliseconds; may be left out
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        Duration second = Nap.second(args);
        Work work = () -> TimeUnit.NANOSECONDS.sleep(SECONDS * second.toNanos());
        print("an event", run(Signal.ofEvent(), second, work, System.out::println));
        print("a variable", run(Signal.ofVariable(), second, work, System.out::println));
    }

    private static void print(String how, Result result) {
        System.out.printf(
                "%s: over after %d looks, %,d us after it was set%n",
                how, result.looks(), result.reaction().toNanos() / 1_000);
    }

    /**
     * Lets a thread poll. The signal is set while it is at rest.
     *
     * @param signal what it polls
     * @param rest how long it rests between two looks, longer than nothing
     * @param work what the calling thread does before it sets the signal
     * @param out told what the thread says, by itself
     * @return what came of it
     * @throws InterruptedException if the caller is interrupted; the thread has ended by then
     */
    public static Result run(Signal signal, Duration rest, Work work, Consumer<String> out)
            throws InterruptedException {
        if (rest.isNegative() || rest.isZero()) {
            throw new IllegalArgumentException("expected a rest that is longer than nothing, not " + rest);
        }
        AtomicInteger looks = new AtomicInteger();
        AtomicLong lastRest = new AtomicLong();
        Thread thread = new Thread(
                () -> {
                    try {
                        while (!timedRest(signal, rest, lastRest)) {
                            out.accept("not set yet, look " + looks.incrementAndGet());
                        }
                    } catch (InterruptedException sentHome) {
                        Thread.currentThread().interrupt();
                    }
                },
                "poller");
        thread.start();
        try {
            work.run();
            Crew.until("the thread at rest", () -> thread.getState() == Thread.State.TIMED_WAITING);
            long start = System.nanoTime();
            signal.set();
            thread.join();
            return new Result(
                    looks.get(), Duration.ofNanos(System.nanoTime() - start), Duration.ofNanos(lastRest.get()));
        } finally {
            Crew.sendHome(List.of(thread));
        }
    }

    /** Rests, and says how long it was. */
    static boolean timedRest(Signal signal, Duration rest, AtomicLong rested) throws InterruptedException {
        long start = System.nanoTime();
        boolean set = signal.rest(rest);
        rested.set(System.nanoTime() - start);
        return set;
    }
}
