// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.events;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A thread polls once a second whether the main thread, which does so after ten seconds, has set an event.
 *
 * <p>With an {@link io.github.headway4j.primitives.Event}, the pause between two looks is a wait for it: the thread ends
 * the moment that it is set. A thread that sleeps between two looks at a variable sleeps to the end first.
 */
public final class PollingThread {
    private static final Duration DEFAULT_SECOND = Duration.ofMillis(100);
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
     */
    public record Result(int looks, Duration reaction) {}

    /**
     * Runs the program with an event and with a variable.
     *
     * @param args the length of a second in milliseconds; may be left out
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        Duration second = args.length > 0 ? Duration.ofMillis(Long.parseLong(args[0])) : DEFAULT_SECOND;
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
     * Lets a thread poll.
     *
     * @param signal what it polls
     * @param rest how long it rests between two looks
     * @param work what the calling thread does before it sets the signal
     * @param out told what the thread says, by itself
     * @return what came of it
     * @throws InterruptedException if the caller is interrupted; the thread is then interrupted too
     */
    public static Result run(Signal signal, Duration rest, Work work, Consumer<String> out)
            throws InterruptedException {
        AtomicInteger looks = new AtomicInteger();
        Thread thread = new Thread(
                () -> {
                    try {
                        while (!signal.rest(rest)) {
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
            long start = System.nanoTime();
            signal.set();
            thread.join();
            return new Result(looks.get(), Duration.ofNanos(System.nanoTime() - start));
        } finally {
            thread.interrupt();
        }
    }
}
